public import InstitutionKeys
public import Values
public import Wire

/// What the asker signs for the provider, beside the permit.
public struct ProvisionRequest: TokenContent {
    public static let tokenType = "provision-request+jwt"
    public let asker: InstitutionID
    public let provider: InstitutionID
    public let kind: InformationKindID
    public let period: InformationPeriod
    /// The digest of the ``Permit``.
    public let permit: TokenDigest
    public let requestedAt: Instant

    public init(
        asker: InstitutionID, provider: InstitutionID, kind: InformationKindID, period: InformationPeriod,
        permit: TokenDigest, requestedAt: Instant
    ) {
        self.asker = asker
        self.provider = provider
        self.kind = kind
        self.period = period
        self.permit = permit
        self.requestedAt = requestedAt
    }
}

/// The provider's signed answer (情報提供): whose exchange, which request, and contents that only the asker opens.
public struct ProvisionAnswer: TokenContent {
    public static let tokenType = "provision-answer+jwt"
    /// The provider's name for the exchange, as in the permit.
    public let exchange: ExchangeID
    public let provider: InstitutionID
    /// The digest of the ``ProvisionRequest``.
    public let request: TokenDigest
    /// A ``ProvisionContent`` as JSON, sealed for the asker in the context of ``sealContext(exchange:request:)``.
    public let content: SealedBytes
    public let answeredAt: Instant

    public init(
        exchange: ExchangeID, provider: InstitutionID, request: TokenDigest, content: SealedBytes, answeredAt: Instant
    ) {
        self.exchange = exchange
        self.provider = provider
        self.request = request
        self.content = content
        self.answeredAt = answeredAt
    }

    /// What the content is bound to.
    public static func sealContext(exchange: ExchangeID, request: TokenDigest) -> [UInt8] {
        Array("madoguchi-provision-v1".utf8) + exchange.bytes + request.bytes
    }
}

/// What an answer says.
public enum ProvisionContent: Codable, Sendable, Equatable {
    /// The copies (副本) held for the person, of the kind and period asked for.
    case documents([InformationDocument])
    /// The provider holds nothing of this kind and period for the person.
    case notHeld
    /// The law or a protection measure keeps it from this asker (不開示; 番号法23条2項). Says no more than that.
    case notDisclosed
}

/// Asking a provider's gateway.
public enum ProvisionContract {
    /// Answers a permit and a signed request, once; a repeat of the same request gets the same answer.
    public static let provide = Endpoint<Provide, Provided>(
        "agency-gateway/provide", "Answers a permitted request with the copy, sealed for the asker.")
}

public struct Provide: Codable, Sendable, Equatable {
    public let permit: SignedToken<Permit>
    public let request: SignedToken<ProvisionRequest>
    public init(permit: SignedToken<Permit>, request: SignedToken<ProvisionRequest>) {
        self.permit = permit
        self.request = request
    }
}

public struct Provided: Codable, Sendable, Equatable {
    public let answer: SignedToken<ProvisionAnswer>
    public init(answer: SignedToken<ProvisionAnswer>) { self.answer = answer }
}
