public import InstitutionKeys
public import PersonCodes
public import Values
public import Wire

/// Phantom of an exchange's names.
public enum ExchangeKind {}
/// One side's name for an exchange: 128 random bits. Each side has its own; only the core knows the pair.
public typealias ExchangeID = Identifier<ExchangeKind>

/// Why an exchange may happen.
public enum ExchangeBasis: Codable, Sendable, Equatable {
    /// The citizen herself asks at the portal.
    case presence(PresenceToken)
    /// An agency asks under a permission clause (番号法19条8号, 別表第二; 利用特定個人情報の提供に関する命令).
    case clause(ClauseCitation)

    /// How a permit and the log name it: `presence`, or the clause's id.
    public var text: String {
        switch self {
        case .presence: "presence"
        case .clause(let citation): citation.clause
        }
    }
}

/// The clause, affair and procedure that an agency names when it asks.
public struct ClauseCitation: Codable, Sendable, Equatable {
    /// The id of a row of the core's clause table.
    public let clause: String
    /// The administrative affair (事務).
    public let affair: String
    /// The procedure within the affair (事務手続).
    public let procedure: String

    /// That clause, for that affair and procedure.
    public init(clause: String, affair: String, procedure: String) {
        self.clause = clause
        self.affair = affair
        self.procedure = procedure
    }
}

/// A request for a permit, signed by the asker (情報提供の求め; 番号法21条).
public struct PermitRequest: TokenContent {
    /// The JWS type.
    public static let tokenType = "permit-request+jwt"
    /// The asker's own name for the exchange; unique for ever at this asker.
    public let exchange: ExchangeID
    /// Who asks, and has signed.
    public let asker: InstitutionID
    /// The gateway that is to answer.
    public let provider: InstitutionID
    /// Which kind of information.
    public let kind: InformationKindID
    /// For which period.
    public let period: InformationPeriod
    /// Why it may be asked.
    public let basis: ExchangeBasis
    /// The asker's code for the person.
    public let code: InstitutionCode
    /// When the asker asked, by its clock.
    public let requestedAt: Instant

    /// That request.
    public init(
        exchange: ExchangeID, asker: InstitutionID, provider: InstitutionID, kind: InformationKindID,
        period: InformationPeriod, basis: ExchangeBasis, code: InstitutionCode, requestedAt: Instant
    ) {
        self.exchange = exchange
        self.asker = asker
        self.provider = provider
        self.kind = kind
        self.period = period
        self.basis = basis
        self.code = code
        self.requestedAt = requestedAt
    }
}

/// The core's permit for one exchange (情報提供許可証): what the provider answers to, once.
public struct Permit: TokenContent {
    /// The JWS type.
    public static let tokenType = "permit+jwt"
    /// The provider's name for the exchange, drawn by the core.
    public let exchange: ExchangeID
    /// Who may ask.
    public let asker: InstitutionID
    /// Who is to answer.
    public let provider: InstitutionID
    /// Which kind of information.
    public let kind: InformationKindID
    /// For which period.
    public let period: InformationPeriod
    /// `presence`, or the clause's id.
    public let basis: String
    /// The digest of the ``PermitRequest`` that this permit answers.
    public let request: TokenDigest
    /// Where the exchange stands in the log, and the leaf's hash there (32 bytes).
    public let leafIndex: UInt64
    /// SHA-256 of the leaf (RFC 9162 §2.1.1), 32 bytes.
    public let leafHash: ContractBytes
    /// ``KeyStatement/thumbprint`` of the asker: for these keys, and no others, the provider answers.
    public let askerKeys: String
    /// The provider's code for the person, sealed for the provider in the context of ``sealContext``.
    public let sealedCode: SealedBytes
    /// When the core granted it.
    public let issuedAt: Instant
    /// ``lifetime`` later; a reader allows ``skew``.
    public let expiresAt: Instant

    /// 60 seconds.
    public static let lifetime = Duration.seconds(60)
    /// 5 seconds.
    public static let skew = Duration.seconds(5)

    /// That permit.
    public init(
        exchange: ExchangeID, asker: InstitutionID, provider: InstitutionID, kind: InformationKindID,
        period: InformationPeriod, basis: String, request: TokenDigest, leafIndex: UInt64, leafHash: ContractBytes,
        askerKeys: String, sealedCode: SealedBytes, issuedAt: Instant, expiresAt: Instant
    ) {
        self.exchange = exchange
        self.asker = asker
        self.provider = provider
        self.kind = kind
        self.period = period
        self.basis = basis
        self.request = request
        self.leafIndex = leafIndex
        self.leafHash = leafHash
        self.askerKeys = askerKeys
        self.sealedCode = sealedCode
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }

    /// What the sealed code is bound to: everything about the exchange that the permit states in the clear.
    public static func sealContext(
        exchange: ExchangeID, asker: InstitutionID, provider: InstitutionID, kind: InformationKindID,
        period: InformationPeriod, request: TokenDigest, leafHash: ContractBytes
    ) -> [UInt8] {
        let fields: [[UInt8]] = [
            Array("madoguchi-permit-v1".utf8), exchange.bytes, Array(asker.text.utf8), Array(provider.text.utf8),
            Array(kind.text.utf8), Array(period.text.utf8), request.bytes, leafHash.bytes,
        ]
        return fields.flatMap { field in
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: field.count).bigEndian, Array.init) + field
        }
    }

    /// ``sealContext(exchange:asker:provider:kind:period:request:leafHash:)`` of this permit.
    public var sealContext: [UInt8] {
        Self.sealContext(
            exchange: exchange, asker: asker, provider: provider, kind: kind, period: period, request: request,
            leafHash: leafHash)
    }
}

/// Asking the core for a permit.
public enum PermitContract {
    /// Answers with a permit, or refuses with a problem; both stand in the log.
    public static let request = Endpoint<RequestPermit, GrantedPermit>(
        "linkage-core/request-permit", "Asks for a permit for one exchange.")
}

/// A request for a permit on its way to the core.
public struct RequestPermit: Codable, Sendable, Equatable {
    /// As the asker signed it.
    public let request: SignedToken<PermitRequest>

    /// That request.
    public init(request: SignedToken<PermitRequest>) { self.request = request }
}

/// The core's answer.
public struct GrantedPermit: Codable, Sendable, Equatable {
    /// As the core signed it.
    public let permit: SignedToken<Permit>

    /// That permit.
    public init(permit: SignedToken<Permit>) { self.permit = permit }
}
