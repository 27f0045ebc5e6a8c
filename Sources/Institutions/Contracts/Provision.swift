public import InstitutionKeys
public import Values
public import Wire

/// What the asker signs for the provider, beside the permit.
public struct ProvisionRequest: TokenContent {
    /// The JWS type.
    public static let tokenType = "provision-request+jwt"
    /// Who asks, and has signed.
    public let asker: InstitutionID
    /// Who is to answer.
    public let provider: InstitutionID
    /// Which kind of information, as in the permit.
    public let kind: InformationKindID
    /// For which period, as in the permit.
    public let period: InformationPeriod
    /// The digest of the ``Permit``.
    public let permit: TokenDigest
    /// When the asker asked, by its clock.
    public let requestedAt: Instant

    /// That request.
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
    /// The JWS type.
    public static let tokenType = "provision-answer+jwt"
    /// The provider's name for the exchange, as in the permit.
    public let exchange: ExchangeID
    /// Who answers, and has signed.
    public let provider: InstitutionID
    /// The digest of the ``ProvisionRequest``.
    public let request: TokenDigest
    /// A ``ProvisionContent`` as JSON, sealed for the asker in the context of ``sealContext(exchange:request:)``.
    public let content: SealedBytes
    /// When the provider answered, by its clock.
    public let answeredAt: Instant

    /// That answer.
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

/// A permit and a request on their way to the provider.
public struct Provide: Codable, Sendable, Equatable {
    /// As the core signed it.
    public let permit: SignedToken<Permit>
    /// As the asker signed it, naming the permit's digest.
    public let request: SignedToken<ProvisionRequest>

    /// That request under that permit.
    public init(permit: SignedToken<Permit>, request: SignedToken<ProvisionRequest>) {
        self.permit = permit
        self.request = request
    }
}

/// The provider's answer on its way back.
public struct Provided: Codable, Sendable, Equatable {
    /// As the provider signed it.
    public let answer: SignedToken<ProvisionAnswer>

    /// That answer.
    public init(answer: SignedToken<ProvisionAnswer>) { self.answer = answer }
}
