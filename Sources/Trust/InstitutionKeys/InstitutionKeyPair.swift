import Crypto
import Foundation
public import Values

/// An institution's two private keys: P-256 for what it signs, X25519 for what is sealed for it.
///
/// Secret: redacts itself, and leaves only by ``secretBytes(for:)``.
public struct InstitutionKeyPair: Sendable, CustomStringConvertible, CustomReflectable {
    let signing: P256.Signing.PrivateKey
    let sealing: Curve25519.KeyAgreement.PrivateKey

    /// Fresh keys.
    public init() {
        signing = P256.Signing.PrivateKey()
        sealing = Curve25519.KeyAgreement.PrivateKey()
    }

    /// Keys from the 64 bytes of ``secretBytes(for:)``.
    public init(secretBytes: [UInt8]) throws(KeyError) {
        guard secretBytes.count == 64 else { throw .malformedKey }
        do {
            signing = try P256.Signing.PrivateKey(rawRepresentation: secretBytes.prefix(32))
            sealing = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secretBytes.suffix(32))
        } catch { throw .malformedKey }
    }

    /// Why secret bytes leave this value.
    public enum Purpose: Sendable { case keyFile }

    /// 32 bytes of the signing key, 32 of the sealing key.
    public func secretBytes(for purpose: Purpose) -> [UInt8] {
        Array(signing.rawRepresentation) + Array(sealing.rawRepresentation)
    }

    /// Signs as this institution.
    public func signer() async throws -> TokenSigner { try await TokenSigner(key: signing) }

    /// The public halves, stated under the institution's name for `validity`.
    public func statement(
        for institution: InstitutionID, nameJapanese: String, nameEnglish: String, validity: Range<Instant>
    ) -> KeyStatement {
        KeyStatement(
            institution: institution, nameJapanese: nameJapanese, nameEnglish: nameEnglish,
            signingKey: Array(signing.publicKey.x963Representation).base64URL,
            sealingKey: Array(sealing.publicKey.rawRepresentation).base64URL,
            notBefore: validity.lowerBound, notAfter: validity.upperBound)
    }

    public var description: String { "InstitutionKeyPair(redacted)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// What is wrong with keys or key statements.
public enum KeyError: Error, Equatable, Sendable {
    case malformedKey
    /// The statement is not signed by the nation's authority, or not what it should be.
    case statementRefused
    /// No statement for this institution holds at this time.
    case noStatement(InstitutionID)
    /// What was sealed was not sealed for us, or was changed.
    case cannotOpen
}

/// An institution's public keys and names, signed by the nation's key authority.
public struct KeyStatement: TokenContent {
    /// The JWS type.
    public static let tokenType = "key-statement+jwt"
    /// Whose keys they are.
    public let institution: InstitutionID
    /// The institution's name in Japanese.
    public let nameJapanese: String
    /// The institution's name in English.
    public let nameEnglish: String
    /// P-256, X9.63 uncompressed, base64url.
    public let signingKey: String
    /// X25519, 32 bytes, base64url.
    public let sealingKey: String
    /// From this moment the keys hold.
    public let notBefore: Instant
    /// From this moment they do not.
    public let notAfter: Instant

    /// SHA-256 over both public keys: what a permit names.
    public var thumbprint: String {
        Array(SHA256.hash(data: Data((signingKey + "." + sealingKey).utf8))).base64URL
    }
}

/// The key that signs every institution's key statement. Secret: redacts itself.
public struct KeyAuthority: Sendable, CustomStringConvertible, CustomReflectable {
    private let key: P256.Signing.PrivateKey

    /// A fresh key.
    public init() { key = P256.Signing.PrivateKey() }

    /// A key from the 32 bytes of ``secretBytes(for:)``.
    public init(secretBytes: [UInt8]) throws(KeyError) {
        do { key = try P256.Signing.PrivateKey(rawRepresentation: secretBytes) } catch { throw .malformedKey }
    }

    /// The private key, 32 bytes.
    public func secretBytes(for purpose: InstitutionKeyPair.Purpose) -> [UInt8] { Array(key.rawRepresentation) }

    /// P-256, X9.63 uncompressed: what every institution is configured with.
    public var publicKey: [UInt8] { Array(key.publicKey.x963Representation) }

    /// Signs a statement.
    public func sign(_ statement: KeyStatement) async throws -> SignedToken<KeyStatement> {
        try await TokenSigner(key: key).sign(statement)
    }

    public var description: String { "KeyAuthority(redacted)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
