import Crypto

/// The secret Ed25519 key with which a log signs its checkpoints.
public struct LogKey: Sendable {
    /// The length of the stored secret in bytes.
    public static let seedByteCount = 32
    private let key: Curve25519.Signing.PrivateKey
    /// What others need to check this key's signatures.
    public let verifier: NoteVerifier

    /// Takes a stored seed of 32 bytes (RFC 8032 §5.1.5). Throws `malformed` or `wrongLength`.
    public init(name: String, seed: [UInt8]) throws(VerifiableLogError) {
        guard seed.count == Self.seedByteCount,
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        else {
            throw VerifiableLogError(.wrongLength, "an Ed25519 seed has 32 bytes")
        }
        try self.init(name, key)
    }

    private init(_ name: String, _ key: Curve25519.Signing.PrivateKey) throws(VerifiableLogError) {
        self.key = key
        self.verifier = try NoteVerifier(name: name, publicKey: [UInt8](key.publicKey.rawRepresentation))
    }

    /// A new key from the system's randomness. Throws `malformed` for a name that notes do not allow.
    public static func random(name: String) throws(VerifiableLogError) -> LogKey {
        try LogKey(name, Curve25519.Signing.PrivateKey())
    }

    /// The seed for the key folder, and for nothing else.
    public var seedForKeyFolder: [UInt8] { [UInt8](key.rawRepresentation) }

    /// Signs a text that ends in a newline. Throws `malformed` for a text that no note can hold.
    public func sign(_ text: String) throws(VerifiableLogError) -> SignedNote {
        guard let bytes = try? key.signature(for: [UInt8](text.utf8)) else {
            throw VerifiableLogError(.signatureRefused, "the key could not sign")
        }
        let signature = SignedNote.Signature(name: verifier.name, keyID: verifier.keyID, bytes: [UInt8](bytes))
        return try SignedNote(SignedNote(text: text, signatures: [signature]).rendered)
    }
}

extension LogKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "LogKey(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
