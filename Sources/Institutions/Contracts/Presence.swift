public import InstitutionKeys
public import PersonCodes
public import Values
public import Wire

/// Phantom of a presence's name.
public enum PresenceKind {}
/// Names one login's presence: 128 random bits drawn by the core.
public typealias PresenceID = Identifier<PresenceKind>

/// The core's statement that a citizen is logged in at the portal now: the basis of every request that she makes for
/// her own records (番号法附則6条3項).
public struct Presence: TokenContent {
    /// The JWS type.
    public static let tokenType = "presence+jwt"
    /// Its name at the core.
    public let id: PresenceID
    /// The portal's code for the citizen.
    public let code: InstitutionCode
    /// SHA-256 of the portal's session, 32 bytes.
    public let session: ContractBytes
    /// What the citizen logged in for, as the card agent showed it: `login`.
    public let purpose: String
    /// When the citizen logged in.
    public let issuedAt: Instant
    /// At most ``lifetime`` later.
    public let expiresAt: Instant

    /// 30 minutes.
    public static let lifetime = Duration.seconds(30 * 60)

    /// That presence.
    public init(
        id: PresenceID, code: InstitutionCode, session: ContractBytes, purpose: String, issuedAt: Instant,
        expiresAt: Instant
    ) {
        self.id = id
        self.code = code
        self.session = session
        self.purpose = purpose
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }
}

/// A presence as the core signed it.
public typealias PresenceToken = SignedToken<Presence>

/// What the portal does with a presence besides asking under it.
public enum PresenceContract {
    /// Logout: the presence opens nothing any more.
    public static let end = Endpoint<EndPresence, Acknowledgement>(
        "linkage-core/end-presence", "Ends a presence at logout.")
}

/// A logout.
public struct EndPresence: Codable, Sendable, Equatable {
    /// The presence that ends.
    public let presence: PresenceToken

    /// The end of that presence.
    public init(presence: PresenceToken) { self.presence = presence }
}
