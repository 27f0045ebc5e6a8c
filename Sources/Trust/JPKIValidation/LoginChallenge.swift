import Crypto
public import Values

/// What a card signs to log its holder in (ログインの署名対象): who is asked for, by whom, why, when, once.
///
/// The signed bytes are seven fields, each preceded by its length as a 32-bit big-endian number, so that no boundary
/// can be moved: the domain `madoguchi-login-v1`, the audience, the relying party, the origin, the purpose (UTF-8),
/// the nonce (32 octets) and the time (microseconds since 1970, 64-bit big-endian). Source: design, Login.
public struct LoginChallenge: Sendable, Hashable {
    /// The first field: no other thing that a card signs begins so.
    public static let domain = "madoguchi-login-v1"
    /// Octets of a nonce.
    public static let nonceOctets = 32
    /// Most octets of a text field.
    public static let maximumFieldOctets = 1_024

    /// Who is to be convinced: the institution that verifies the signature. One signature convinces one only.
    public let audience: String
    /// The registered id of the relying party that the person saw.
    public let relyingParty: String
    /// The relying party's web origin, for example `https://portal.example`.
    public let origin: String
    /// What the login is for, as shown to the person.
    public let purpose: String
    /// 32 random octets, used once.
    public let nonce: [UInt8]
    /// When the signature was asked for.
    public let time: Instant

    /// Throws `unusableChallenge` when a text is empty or over 1,024 octets, or the nonce has not 32 octets.
    public init(
        audience: String, relyingParty: String, origin: String, purpose: String, nonce: [UInt8], time: Instant
    ) throws(JPKIValidationError) {
        let texts = [audience, relyingParty, origin, purpose]
        guard texts.allSatisfy({ (1...Self.maximumFieldOctets).contains($0.utf8.count) }),
            nonce.count == Self.nonceOctets
        else { throw JPKIValidationError(.unusableChallenge, "an empty or long field, or a nonce of another length") }
        self.audience = audience
        self.relyingParty = relyingParty
        self.origin = origin
        self.purpose = purpose
        self.nonce = nonce
        self.time = time
    }

    /// The bytes that the card signs with RSASSA-PKCS1-v1_5 and SHA-256.
    public var bytes: [UInt8] {
        let texts = [Self.domain, audience, relyingParty, origin, purpose].map { Array($0.utf8) }
        let clock = withUnsafeBytes(of: time.microseconds.bigEndian) { Array($0) }
        return (texts + [nonce, clock]).flatMap { field in
            withUnsafeBytes(of: UInt32(field.count).bigEndian) { Array($0) } + field
        }
    }

    /// SHA-256 of `bytes`.
    public var sha256: [UInt8] { Array(SHA256.hash(data: bytes)) }
}
