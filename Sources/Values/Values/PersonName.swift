/// 氏名: a person's name as the register holds it.
///
/// Kanji keep the shape that the register gives them: variation selectors (IVS) and compatibility ideographs stay.
/// Spellings are compared by `matches(_:)` only. Names alone never identify a person.
public struct PersonName: Hashable, Sendable, Redacting {
    /// 氏.
    public let family: String
    /// 名; empty for a person with one name only.
    public let given: String
    /// 氏のフリガナ in full-width katakana, nil while the register has none.
    public let familyKana: String?
    /// 名のフリガナ in full-width katakana, nil while the register has none.
    public let givenKana: String?
    /// ローマ字: the name in Latin letters, nil if none is registered.
    public let latin: String?
    /// 旧氏: a former family name that stands beside the present one, nil if none is registered.
    public let formerFamily: String?

    /// The name of its parts. Outer spaces go, kana become full-width katakana.
    /// Throws `wrongLength` for an empty family name or a part over 100 characters, `wrongCharacter` for control
    /// characters, U+3000 inside a part, kana that are none, or Latin letters that are none.
    public init(
        family: String, given: String, familyKana: String? = nil, givenKana: String? = nil,
        latin: String? = nil, formerFamily: String? = nil
    ) throws(ValueError) {
        self.family = try Self.part(family)
        self.given = try given.isEmpty ? "" : Self.part(given)
        self.familyKana = try Self.kana(familyKana)
        self.givenKana = try Self.kana(givenKana)
        self.latin = try Self.latinLetters(latin)
        self.formerFamily = if let formerFamily { try Self.part(formerFamily) } else { nil }
    }

    /// The name of one text, family and given name parted by one U+3000, as on the chip and in certificates.
    public init(full: String) throws(ValueError) {
        let parts = full.split(separator: "\u{3000}", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        try self.init(family: parts[0], given: parts.count > 1 ? parts[1] : "")
    }

    /// Family and given name parted by U+3000, as on the chip and in certificates.
    public var full: String { given.isEmpty ? family : "\(family)\u{3000}\(given)" }

    /// Family and given name in katakana parted by U+3000; nil unless there is a family name in kana.
    public var fullKana: String? {
        familyKana.map { family in givenKana.map { "\(family)\u{3000}\($0)" } ?? family }
    }

    /// Whether both write the same family and given name.
    ///
    /// Widths, case, spaces and variation selectors do not count, compatibility ideographs count as the unified ones;
    /// different kanji (邉, 邊) do. Kana, Latin letters and former name are not compared: a card does not carry them.
    public func matches(_ other: PersonName) -> Bool {
        TextNormalization.comparisonKey(full) == TextNormalization.comparisonKey(other.full)
    }
}

// MARK: - Parts

extension PersonName {
    private static let maximumCharacters = 100

    private static func part(_ text: String) throws(ValueError) -> String {
        let trimmed = TextNormalization.trimmed(TextNormalization.register(text))
        guard (1...maximumCharacters).contains(trimmed.unicodeScalars.count) else {
            throw ValueError(.wrongLength, "a part of a name has 1 to \(maximumCharacters) characters")
        }
        guard trimmed.unicodeScalars.allSatisfy({ !TextNormalization.isControl($0) && $0 != "\u{3000}" }) else {
            throw ValueError(.wrongCharacter, "a character that a part of a name cannot have")
        }
        return trimmed
    }

    private static func kana(_ text: String?) throws(ValueError) -> String? {
        guard let text else { return nil }
        let kana = try part(TextNormalization.katakana(text))
        guard kana.unicodeScalars.allSatisfy({ (0x30A1...0x30FC).contains($0.value) || $0 == " " }) else {
            throw ValueError(.wrongCharacter, "the reading of a name is written in kana")
        }
        return kana
    }

    private static func latinLetters(_ text: String?) throws(ValueError) -> String? {
        guard let text else { return nil }
        let letters = try part(text)
        guard letters.unicodeScalars.allSatisfy(isLatin) else {
            throw ValueError(.wrongCharacter, "the Latin name has letters, spaces and - ' . , only")
        }
        return letters
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || " -'.,".unicodeScalars.contains(scalar))
    }
}

// MARK: - JSON

extension PersonName: Codable {
    private enum CodingKeys: String, CodingKey { case family, given, familyKana, givenKana, latin, formerFamily }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) throws -> String? { try container.decodeIfPresent(String.self, forKey: key) }
        let family = try container.decode(String.self, forKey: .family)
        let given = try container.decode(String.self, forKey: .given)
        let (familyKana, givenKana) = (try text(.familyKana), try text(.givenKana))
        let (latin, formerFamily) = (try text(.latin), try text(.formerFamily))
        do {
            try self.init(
                family: family, given: given, familyKana: familyKana, givenKana: givenKana, latin: latin,
                formerFamily: formerFamily)
        } catch {
            throw DecodingError.dataCorrupted(error.context(at: decoder.codingPath))
        }
    }
}
