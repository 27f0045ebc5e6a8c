/// An institution's code (符号) encrypted for that institution: 64 bytes, base64url on the wire.
public struct EncryptedCode: Hashable, Sendable, RedactedValue {
    let ciphertext: CodeCiphertext

    init(_ ciphertext: CodeCiphertext) { self.ciphertext = ciphertext }

    /// Encrypts a code for its reader with fresh randomness.
    public init(_ code: InstitutionCode, for reader: CodeEncryptionPublicKey) throws(PersonCodesError) {
        self.ciphertext = try CodeCiphertext(of: code.element, for: reader)
    }

    /// Reads 64 bytes. Throws `wrongLength`, `identityElement` or `invalidElement`.
    public init(bytes: [UInt8]) throws(PersonCodesError) { self.ciphertext = try CodeCiphertext(bytes: bytes) }

    /// Reads base64url. Throws as `init(bytes:)` does.
    public init(base64URL text: String) throws(PersonCodesError) { try self.init(bytes: Base64URL.decode(text)) }

    /// The two elements' encodings, 64 bytes.
    public var bytes: [UInt8] { ciphertext.bytes }
    /// The bytes as base64url, 86 characters.
    public var base64URL: String { Base64URL.encode(bytes) }

    /// Other bytes with the same contents.
    public func rerandomised(for reader: CodeEncryptionPublicKey) throws(PersonCodesError) -> EncryptedCode {
        EncryptedCode(try ciphertext.rerandomised(for: reader))
    }
}

extension EncryptedCode: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(base64URL: decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(base64URL)
    }
}

/// A partial code under encryption, between the two operators.
public struct EncryptedPartialCode: Hashable, Sendable, RedactedValue {
    let ciphertext: CodeCiphertext

    init(_ ciphertext: CodeCiphertext) { self.ciphertext = ciphertext }

    /// Reads 64 bytes. Throws `wrongLength`, `identityElement` or `invalidElement`.
    public init(bytes: [UInt8]) throws(PersonCodesError) { self.ciphertext = try CodeCiphertext(bytes: bytes) }

    /// Reads base64url. Throws as `init(bytes:)` does.
    public init(base64URL text: String) throws(PersonCodesError) { try self.init(bytes: Base64URL.decode(text)) }

    /// The two elements' encodings, 64 bytes.
    public var bytes: [UInt8] { ciphertext.bytes }
    /// The bytes as base64url, 86 characters.
    public var base64URL: String { Base64URL.encode(bytes) }
}

/// The public key under which codes are encrypted for one reader: a ristretto255 element `K = x·G`.
public struct CodeEncryptionPublicKey: Hashable, Sendable, Codable {
    let element: GroupElement

    init(_ element: GroupElement) { self.element = element }

    /// Reads 32 bytes. Throws `wrongLength`, `identityElement` or `invalidElement`.
    public init(bytes: [UInt8]) throws(PersonCodesError) { self.element = try GroupElement(encoding: bytes) }

    /// Reads base64url. Throws as `init(bytes:)` does.
    public init(base64URL text: String) throws(PersonCodesError) { try self.init(bytes: Base64URL.decode(text)) }

    public init(from decoder: any Decoder) throws {
        try self.init(base64URL: decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(base64URL)
    }

    /// The canonical encoding, 32 bytes.
    public var bytes: [UInt8] { element.bytes }
    /// The canonical encoding as base64url.
    public var base64URL: String { Base64URL.encode(element.bytes) }
}

/// The secret key `x` with which a reader opens codes encrypted for it.
public struct CodeEncryptionKey: Sendable, RedactedValue {
    private let scalar: Scalar
    /// The key that others encrypt with.
    public let publicKey: CodeEncryptionPublicKey

    private init(_ scalar: Scalar) throws(PersonCodesError) {
        self.scalar = scalar
        self.publicKey = CodeEncryptionPublicKey(try GroupElement(generatorTimes: scalar))
    }

    /// Takes a stored key: 32 bytes, little-endian, reduced, not zero. Throws `wrongLength` or `invalidScalar`.
    public init(secretBytes: [UInt8]) throws(PersonCodesError) { try self.init(Scalar(encoding: secretBytes)) }

    /// A new key from the system's randomness.
    public static func random() throws(PersonCodesError) -> CodeEncryptionKey {
        try CodeEncryptionKey(Scalar.random())
    }

    /// The key for the reader's key folder, and for nothing else.
    public var secretBytesForKeyFolder: [UInt8] { scalar.copiedBytes }

    /// The code inside. A ciphertext for another reader gives another, meaningless code and no error.
    public func decrypt(_ encrypted: EncryptedCode) throws(PersonCodesError) -> InstitutionCode {
        InstitutionCode(try encrypted.ciphertext.opened(with: scalar))
    }
}
