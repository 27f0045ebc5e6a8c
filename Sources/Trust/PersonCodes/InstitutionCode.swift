/// An institution's code (符号) for one person: 32 bytes that mean nothing at any other institution.
///
/// A validated ristretto255 element, never the identity. Travels as base64url, 43 characters.
public struct InstitutionCode: Hashable, Sendable, RedactedValue {
    let element: GroupElement

    init(_ element: GroupElement) { self.element = element }

    /// Reads 32 bytes. Throws `wrongLength`, `identityElement` or `invalidElement`.
    public init(bytes: [UInt8]) throws(PersonCodesError) {
        self.element = try GroupElement(encoding: bytes)
    }

    /// Reads base64url. Throws as `init(bytes:)` does.
    public init(base64URL text: String) throws(PersonCodesError) {
        try self.init(bytes: Base64URL.decode(text))
    }

    /// The canonical encoding, 32 bytes.
    public var bytes: [UInt8] { element.bytes }
    /// The canonical encoding as base64url.
    public var base64URL: String { Base64URL.encode(element.bytes) }
}

extension InstitutionCode: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(base64URL: decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(base64URL)
    }
}

/// A code on its way from the first operator to the second: neither the old institution's nor the new one's.
///
/// Known to the two operators only, for the time of one exchange; never stored.
public struct PartialCode: Hashable, Sendable, RedactedValue {
    let element: GroupElement

    init(_ element: GroupElement) { self.element = element }

    /// Reads 32 bytes. Throws `wrongLength`, `identityElement` or `invalidElement`.
    public init(bytes: [UInt8]) throws(PersonCodesError) {
        self.element = try GroupElement(encoding: bytes)
    }

    /// Reads base64url. Throws as `init(bytes:)` does.
    public init(base64URL text: String) throws(PersonCodesError) {
        try self.init(bytes: Base64URL.decode(text))
    }

    /// The canonical encoding, 32 bytes.
    public var bytes: [UInt8] { element.bytes }
    /// The canonical encoding as base64url.
    public var base64URL: String { Base64URL.encode(element.bytes) }
}
