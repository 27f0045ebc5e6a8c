/// 住所: an address as the register holds it, and the municipality whose register it is.
public struct Address: Hashable, Sendable, Redacting {
    /// The whole address from the prefecture on, at most 200 characters, as registered.
    public let text: String
    /// The municipality; nil where only the text is known, as from a card or a certificate.
    public let municipality: MunicipalityCode?

    /// The address of a text. Outer spaces go. Throws `wrongLength` for none or over 200 characters,
    /// `wrongCharacter` for control characters.
    public init(text: String, municipality: MunicipalityCode?) throws(ValueError) {
        let trimmed = TextNormalization.trimmed(TextNormalization.register(text))
        guard (1...200).contains(trimmed.unicodeScalars.count) else {
            throw ValueError(.wrongLength, "an address has 1 to 200 characters")
        }
        guard trimmed.unicodeScalars.allSatisfy({ !TextNormalization.isControl($0) }) else {
            throw ValueError(.wrongCharacter, "an address has no control characters")
        }
        self.text = trimmed
        self.municipality = municipality
    }

    /// Whether both write the same address: widths, spaces, hyphens of any kind, and 丁目, 番, 号 against hyphens do not
    /// count. The municipality's code is not compared: a card does not carry it.
    public func matches(_ other: Address) -> Bool {
        AddressComparison.key(text) == AddressComparison.key(other.text)
    }
}

extension Address: Codable {
    private enum CodingKeys: String, CodingKey { case text, municipality }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let text = try container.decode(String.self, forKey: .text)
        let municipality = try container.decodeIfPresent(MunicipalityCode.self, forKey: .municipality)
        do {
            try self.init(text: text, municipality: municipality)
        } catch {
            throw DecodingError.dataCorrupted(error.context(at: decoder.codingPath))
        }
    }
}
