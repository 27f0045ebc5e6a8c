import Crypto

/// A SHA-256 value in the tree: of a leaf, of an interior node, or the root. 32 bytes.
///
/// Source: RFC 9162 §2.1.1.
public struct LogHash: Hashable, Sendable {
    /// The length of every hash in the tree, in bytes.
    public static let byteCount = 32
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// Takes 32 bytes. Throws `wrongLength`.
    public init(bytes: [UInt8]) throws(VerifiableLogError) {
        guard bytes.count == Self.byteCount else { throw VerifiableLogError(.wrongLength, "a hash has 32 bytes") }
        self.bytes = bytes
    }

    /// Reads canonical base64 of 32 bytes. Throws `malformed` or `wrongLength`.
    public init(base64 text: String) throws(VerifiableLogError) {
        try self.init(bytes: Base64.decode(text))
    }

    init(_ digest: SHA256.Digest) { self.bytes = [UInt8](digest) }

    /// The root of the tree without leaves: SHA-256 of nothing.
    public static let emptyRoot = LogHash(SHA256.hash(data: [UInt8]()))

    /// The hash of a leaf: SHA-256(0x00 ‖ contents).
    public static func leaf(_ contents: [UInt8]) -> LogHash {
        var hasher = SHA256()
        hasher.update(data: [0x00])
        hasher.update(data: contents)
        return LogHash(hasher.finalize())
    }

    /// The hash of an interior node: SHA-256(0x01 ‖ left ‖ right).
    public static func node(_ left: LogHash, _ right: LogHash) -> LogHash {
        var hasher = SHA256()
        hasher.update(data: [0x01])
        hasher.update(data: left.bytes)
        hasher.update(data: right.bytes)
        return LogHash(hasher.finalize())
    }

    /// The 32 bytes in standard base64, 44 characters.
    public var base64: String { Base64.encode(bytes) }
}

extension LogHash: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(base64: decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(base64)
    }
}

extension LogHash: CustomStringConvertible {
    public var description: String { base64 }
}
