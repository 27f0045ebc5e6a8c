import Crypto

/// The person point (個人を表す点) `M`: the element from which all of one person's institution codes are made.
///
/// `M = from_hash(HMAC-SHA-512(k, resident code))`. Whoever holds `M` and the code factors can link everything
/// about the person, so it is passed once, sealed, from the number authority to the exchange core and never stored.
public struct PersonPoint: Hashable, Sendable, RedactedValue {
    let element: GroupElement

    init(_ element: GroupElement) { self.element = element }

    /// Reads the 32 bytes that `bytes` gave. Throws `wrongLength`, `identityElement` or `invalidElement`.
    public init(bytes: [UInt8]) throws(PersonCodesError) {
        self.element = try GroupElement(encoding: bytes)
    }

    /// Reads the text that `base64URL` gave. Throws as `init(bytes:)` does.
    public init(base64URL text: String) throws(PersonCodesError) {
        try self.init(bytes: Base64URL.decode(text))
    }

    /// The canonical encoding, 32 bytes, to be sealed before it travels.
    public var bytes: [UInt8] { element.bytes }
    /// The canonical encoding as base64url, 43 characters.
    public var base64URL: String { Base64URL.encode(element.bytes) }
}

/// The key `k` that turns resident codes (住民票コード) into person points. It never leaves the number authority.
public struct PersonPointKey: Sendable, RedactedValue {
    /// The fewest secret bytes that are accepted.
    public static let minimumByteCount = 32
    /// The most secret bytes that are accepted: one block of SHA-512.
    public static let maximumByteCount = 128
    /// The most bytes of input to the HMAC.
    public static let maximumInputByteCount = 1024

    private let key: SymmetricKey

    /// Takes a stored key of 32 to 128 bytes. Throws `unacceptableInput` for another length or a key of zeros.
    public init(secretBytes: [UInt8]) throws(PersonCodesError) {
        self.key = try SecretBytes.key(
            secretBytes, Self.minimumByteCount...Self.maximumByteCount, "the person point key has 32 to 128 bytes")
    }

    /// A new key of 64 bytes from the system's randomness.
    public static func random() throws(PersonCodesError) -> PersonPointKey {
        try PersonPointKey(secretBytes: Sodium.randomBytes(64))
    }

    /// The key for the institution's key folder, and for nothing else.
    public var secretBytesForKeyFolder: [UInt8] { SecretBytes.copy(key) }

    /// The point of the person whose resident code's digits these bytes are.
    ///
    /// - Parameter input: 1 to 1,024 bytes that the caller has normalised: other bytes are another person.
    public func point(for input: [UInt8]) throws(PersonCodesError) -> PersonPoint {
        guard (1...Self.maximumInputByteCount).contains(input.count) else {
            throw PersonCodesError(.unacceptableInput, "the input of a person point has 1 to 1,024 bytes")
        }
        var digest = [UInt8](HMAC<SHA512>.authenticationCode(for: input, using: key))
        defer { Sodium.wipe(&digest) }
        return PersonPoint(try GroupElement(uniformBytes: digest))
    }
}

/// How secrets of free length come in and go out.
enum SecretBytes {
    /// Wraps the bytes if their count is in range and they are not all zero.
    static func key(
        _ bytes: [UInt8], _ range: ClosedRange<Int>, _ refusal: String
    ) throws(PersonCodesError) -> SymmetricKey {
        guard range.contains(bytes.count), !bytes.allSatisfy({ $0 == 0 }) else {
            throw PersonCodesError(.unacceptableInput, refusal)
        }
        return SymmetricKey(data: bytes)
    }

    static func copy(_ key: SymmetricKey) -> [UInt8] { key.withUnsafeBytes { [UInt8]($0) } }
}
