import Crypto
import Foundation
public import Values

/// The public keys and names of a nation's institutions, from statements that its key authority signed.
public struct KeyDirectory: Sendable {
    private struct Entry: Sendable {
        let statement: KeyStatement
        let verifier: TokenVerifier
        let sealing: Curve25519.KeyAgreement.PublicKey
    }
    private let entries: [InstitutionID: Entry]

    /// - Parameter authority: the key authority's public key, P-256 X9.63.
    /// - Throws: ``KeyError/statementRefused`` when any statement is not the authority's.
    public init(_ statements: [SignedToken<KeyStatement>], authority: [UInt8]) async throws {
        guard let key = try? P256.Signing.PublicKey(x963Representation: authority) else { throw KeyError.malformedKey }
        let verifier = try await TokenVerifier(key: key)
        var entries: [InstitutionID: Entry] = [:]
        for statement in statements {
            guard let content = try? await verifier.verify(statement).content else { throw KeyError.statementRefused }
            entries[content.institution] = try await Self.entry(content)
        }
        self.entries = entries
    }

    private static func entry(_ statement: KeyStatement) async throws -> Entry {
        guard let signing = try? [UInt8](base64URL: statement.signingKey),
            let sealing = try? [UInt8](base64URL: statement.sealingKey),
            let signingKey = try? P256.Signing.PublicKey(x963Representation: signing),
            let sealingKey = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: sealing)
        else { throw KeyError.malformedKey }
        return try await Entry(
            statement: statement, verifier: TokenVerifier(key: signingKey), sealing: sealingKey)
    }

    /// Every institution of the nation.
    public var institutions: [InstitutionID] { entries.keys.sorted { $0.text < $1.text } }

    /// The statement of an institution, for its names and ``KeyStatement/thumbprint``.
    public func statement(of institution: InstitutionID, at now: Instant) throws(KeyError) -> KeyStatement {
        try entry(of: institution, at: now).statement
    }

    /// Checks a token that `institution` should have signed.
    public func verify<Content: TokenContent>(
        _ token: SignedToken<Content>, by institution: InstitutionID, at now: Instant
    ) async throws -> VerifiedToken<Content> {
        try await entry(of: institution, at: now).verifier.verify(token)
    }

    /// Seals bytes for `institution`, bound to `context` (HPKE base mode, RFC 9180: X25519, HKDF-SHA256,
    /// ChaCha20-Poly1305; `context` is the `info`).
    public func seal(
        _ bytes: [UInt8], for institution: InstitutionID, context: [UInt8], at now: Instant
    ) throws -> SealedBytes {
        var sender = try HPKE.Sender(
            recipientKey: entry(of: institution, at: now).sealing, ciphersuite: SealedBytes.suite, info: Data(context))
        return try SealedBytes(
            encapsulatedKey: Array(sender.encapsulatedKey), ciphertext: Array(sender.seal(Data(bytes))))
    }

    private func entry(of institution: InstitutionID, at now: Instant) throws(KeyError) -> Entry {
        guard let entry = entries[institution], entry.statement.notBefore <= now, now < entry.statement.notAfter else {
            throw .noStatement(institution)
        }
        return entry
    }
}

/// Bytes sealed for one institution (HPKE, RFC 9180).
public struct SealedBytes: Hashable, Sendable, Codable {
    static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly
    let encapsulatedKey: [UInt8]
    let ciphertext: [UInt8]

    private enum CodingKeys: String, CodingKey { case encapsulatedKey, ciphertext }

    init(encapsulatedKey: [UInt8], ciphertext: [UInt8]) {
        self.encapsulatedKey = encapsulatedKey
        self.ciphertext = ciphertext
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        encapsulatedKey = try [UInt8](base64URL: container.decode(String.self, forKey: .encapsulatedKey))
        ciphertext = try [UInt8](base64URL: container.decode(String.self, forKey: .ciphertext))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(encapsulatedKey.base64URL, forKey: .encapsulatedKey)
        try container.encode(ciphertext.base64URL, forKey: .ciphertext)
    }
}

extension InstitutionKeyPair {
    /// Opens what was sealed for this institution in the same context.
    ///
    /// - Throws: ``KeyError/cannotOpen``, whatever was wrong.
    public func open(_ sealed: SealedBytes, context: [UInt8]) throws(KeyError) -> [UInt8] {
        do {
            var recipient = try HPKE.Recipient(
                privateKey: sealing, ciphersuite: SealedBytes.suite, info: Data(context),
                encapsulatedKey: Data(sealed.encapsulatedKey))
            return try Array(recipient.open(Data(sealed.ciphertext)))
        } catch { throw .cannotOpen }
    }
}
