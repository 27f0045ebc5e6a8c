import Crypto

/// The public half of a log's or witness's key, written `name+hash+key` as `golang.org/x/mod/sumdb/note` does.
///
/// `hash` is the key id in 8 lower-case hexadecimal digits, `key` the base64 of the type 0x01 and the Ed25519 key.
public struct NoteVerifier: Hashable, Sendable, LosslessStringConvertible {
    /// The type of an Ed25519 signature of a note.
    static let ed25519Type: UInt8 = 0x01

    /// The signer's name.
    public let name: String
    /// SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), its first 4 bytes.
    public let keyID: UInt32
    /// The Ed25519 public key, 32 bytes (RFC 8032).
    public let publicKey: [UInt8]

    /// Takes a name and a key of 32 bytes. Throws `malformed` or `wrongLength`.
    public init(name: String, publicKey: [UInt8]) throws(VerifiableLogError) {
        try NoteKeyName.check(name)
        guard publicKey.count == 32, (try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)) != nil else {
            throw VerifiableLogError(.wrongLength, "an Ed25519 key has 32 bytes")
        }
        self.name = name
        self.publicKey = publicKey
        self.keyID = Self.keyID(name, publicKey)
    }

    /// Reads `name+hash+key`. Throws `malformed` when the hash is not that of the key.
    public init(verifierKey text: String) throws(VerifiableLogError) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { throw VerifiableLogError(.malformed, "a verifier key has three parts") }
        let key = try Base64.decode(parts[2])
        guard key.first == Self.ed25519Type else {
            throw VerifiableLogError(.malformed, "a verifier key of another type than Ed25519")
        }
        try self.init(name: parts[0], publicKey: [UInt8](key.dropFirst()))
        guard parts[1] == Self.hex(keyID) else {
            throw VerifiableLogError(.malformed, "a verifier key's hash is of another key")
        }
    }

    /// Reads `name+hash+key`; nil where `init(verifierKey:)` throws.
    public init?(_ description: String) {
        guard let verifier = try? NoteVerifier(verifierKey: description) else { return nil }
        self = verifier
    }

    /// `name+hash+key`.
    public var description: String {
        "\(name)+\(Self.hex(keyID))+\(Base64.encode([Self.ed25519Type] + publicKey))"
    }

    /// Throws `signatureRefused` unless the note has a signature of this key and every one of them is right.
    public func verify(_ note: SignedNote) throws(VerifiableLogError) {
        let own = note.signatures.filter { $0.name == name && $0.keyID == keyID }
        guard !own.isEmpty else { throw VerifiableLogError(.signatureRefused, "the note has no signature of this key") }
        guard own.allSatisfy({ isValid($0.bytes, of: note.text) }) else {
            throw VerifiableLogError(.signatureRefused, "the note's signature is wrong")
        }
    }

    private func isValid(_ signature: [UInt8], of text: String) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: [UInt8](text.utf8))
    }

    static func keyID(_ name: String, _ publicKey: [UInt8]) -> UInt32 {
        SHA256.hash(data: [UInt8](name.utf8) + [0x0A, ed25519Type] + publicKey)
            .prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }

    private static func hex(_ number: UInt32) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
