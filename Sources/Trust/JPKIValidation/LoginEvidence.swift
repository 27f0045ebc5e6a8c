public import Values

/// A login as the card agent hands it over (ログイン証拠): challenge, signature, certificate. Nothing in it is trusted yet.
///
/// As JSON: the challenge's fields, the time in microseconds since 1970, octets as base64url without padding.
public struct LoginEvidence: Sendable, Hashable {
    /// Octets of an RSA-2048 signature.
    public static let signatureOctets = 256

    /// What was signed, as claimed.
    public let challenge: LoginChallenge
    /// RSASSA-PKCS1-v1_5 with SHA-256 over the challenge's bytes, 256 octets.
    public let signature: [UInt8]
    /// The 利用者証明用電子証明書.
    public let certificate: UnverifiedUserCertificate

    /// Throws `unusableSignature` when the signature has not 256 octets.
    public init(
        challenge: LoginChallenge, signature: [UInt8], certificate: UnverifiedUserCertificate
    ) throws(JPKIValidationError) {
        guard signature.count == Self.signatureOctets else {
            throw JPKIValidationError(.unusableSignature, "a signature of another length")
        }
        self.challenge = challenge
        self.signature = signature
        self.certificate = certificate
    }
}

extension LoginEvidence: Redacting {}

extension LoginEvidence: Codable {
    private enum CodingKeys: String, CodingKey {
        case audience, relyingParty, origin, purpose, nonce, time, signature, certificate
    }

    /// Decodes through the same checks as the initialisers.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        func octets(_ key: CodingKeys) throws -> [UInt8] {
            try [UInt8](base64URL: fields.decode(String.self, forKey: key))
        }
        let challenge = try LoginChallenge(
            audience: fields.decode(String.self, forKey: .audience),
            relyingParty: fields.decode(String.self, forKey: .relyingParty),
            origin: fields.decode(String.self, forKey: .origin),
            purpose: fields.decode(String.self, forKey: .purpose), nonce: octets(.nonce),
            time: Instant(microseconds: fields.decode(Int64.self, forKey: .time)))
        try self.init(
            challenge: challenge, signature: octets(.signature),
            certificate: UnverifiedUserCertificate(der: octets(.certificate)))
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(challenge.audience, forKey: .audience)
        try fields.encode(challenge.relyingParty, forKey: .relyingParty)
        try fields.encode(challenge.origin, forKey: .origin)
        try fields.encode(challenge.purpose, forKey: .purpose)
        try fields.encode(challenge.nonce.base64URL, forKey: .nonce)
        try fields.encode(challenge.time.microseconds, forKey: .time)
        try fields.encode(signature.base64URL, forKey: .signature)
        try fields.encode(certificate.der.base64URL, forKey: .certificate)
    }
}
