public import InstitutionKeys
public import JPKIValidation
public import Values

/// What a relying party asks a card agent to sign, itself signed by the relying party under a key that the nation's
/// register of relying parties knows. The agent believes nothing that does not stand here.
public struct LoginRequestObject: TokenContent {
    /// The JWS type.
    public static let tokenType = "login-request+jwt"
    /// Shown to the person, beside its registered names.
    public let relyingParty: InstitutionID
    /// `login`.
    public let purpose: String
    /// Scheme, host and port of the relying party's pages.
    public let origin: String
    /// Where the agent posts ``LoginCallback``; same origin.
    public let callback: String
    /// Where the agent sends the browser with the handle: `resume?h=…`; same origin.
    public let resume: String
    /// 32 random bytes.
    public let nonce: ContractBytes
    /// Who must each get a signed message of their own: the relying party and `number-authority`.
    public let audiences: [InstitutionID]
    /// The port at which the agent listens on 127.0.0.1.
    public let agentPort: Int
    /// When the login began.
    public let issuedAt: Instant
    /// Five minutes later.
    public let expiresAt: Instant

    /// What is to be signed, as the relying party states it.
    public init(
        relyingParty: InstitutionID, purpose: String, origin: String, callback: String, resume: String,
        nonce: ContractBytes, audiences: [InstitutionID], agentPort: Int, issuedAt: Instant, expiresAt: Instant
    ) {
        self.relyingParty = relyingParty
        self.purpose = purpose
        self.origin = origin
        self.callback = callback
        self.resume = resume
        self.nonce = nonce
        self.audiences = audiences
        self.agentPort = agentPort
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }
}

/// What the agent posts to the callback, as JSON.
public struct LoginCallback: Codable, Sendable, Equatable {
    /// The reference under which the agent fetched the request object.
    public let reference: String
    /// One per audience, in the request object's order.
    public let evidence: [LoginEvidence]

    /// What was signed, under that reference.
    public init(reference: String, evidence: [LoginEvidence]) {
        self.reference = reference
        self.evidence = evidence
    }
}

/// What the callback answers.
public struct LoginHandle: Codable, Sendable, Equatable {
    /// 256 random bits, base64url; good once, for two minutes, in the browser that began.
    public let handle: String

    /// That handle.
    public init(handle: String) { self.handle = handle }
}

/// What a citizen may be asked to sign for.
public enum LoginPurpose {
    /// Logging in at the portal.
    public static let login = "login"
}
