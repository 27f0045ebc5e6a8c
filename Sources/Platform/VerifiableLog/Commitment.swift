import Crypto

/// What the log holds of an entry: SHA-256(domain ‖ 32 random bytes ‖ entry). It reveals nothing of the entry, and
/// the entry can be deleted without touching the tree.
///
/// The domain is written with its length before it (UInt32, big-endian), so that no two triples give the same bytes.
public struct Commitment: Hashable, Sendable {
    /// The 32 bytes of the hash, which are the contents of the leaf.
    public let bytes: [UInt8]

    /// Takes a stored commitment. Throws `wrongLength`.
    public init(bytes: [UInt8]) throws(VerifiableLogError) {
        guard bytes.count == LogHash.byteCount else {
            throw VerifiableLogError(.wrongLength, "a commitment has 32 bytes")
        }
        self.bytes = bytes
    }

    /// Reads canonical base64. Throws `malformed` or `wrongLength`.
    public init(base64 text: String) throws(VerifiableLogError) { try self.init(bytes: Base64.decode(text)) }

    /// Commits to an entry.
    ///
    /// - Parameters:
    ///   - domain: what kind of entry this is, such as "example.org/log entry v1"; part of what is committed to.
    ///   - blinding: random bytes used for this entry only and kept with it.
    ///   - entry: the entry's bytes, as `EntryEncoder` makes them.
    public init(domain: String, blinding: Blinding, entry: [UInt8]) {
        var hasher = SHA256()
        hasher.update(data: EntryEncoder().adding(domain).bytes)
        hasher.update(data: blinding.bytes)
        hasher.update(data: entry)
        self.bytes = [UInt8](hasher.finalize())
    }

    /// The tree's hash of this leaf: SHA-256(0x00 ‖ commitment).
    public var leafHash: LogHash { .leaf(bytes) }
    /// The 32 bytes in standard base64.
    public var base64: String { Base64.encode(bytes) }
}

extension Commitment: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(base64: decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(base64)
    }
}

/// The 32 random bytes of one commitment. Without them the entry cannot be guessed from the commitment, so they are
/// kept, shown and deleted together with the entry.
public struct Blinding: Hashable, Sendable {
    /// The length in bytes.
    public static let byteCount = 32
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// Takes stored bytes. Throws `wrongLength`.
    public init(bytes: [UInt8]) throws(VerifiableLogError) {
        guard bytes.count == Self.byteCount else {
            throw VerifiableLogError(.wrongLength, "a blinding has 32 bytes")
        }
        self.bytes = bytes
    }

    /// New bytes from the system's randomness.
    public static func random() -> Blinding {
        var generator = SystemRandomNumberGenerator()
        return Blinding(known: (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    private init(known bytes: [UInt8]) { self.bytes = bytes }
}

extension Blinding: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Blinding(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
