public import InstitutionKeys
public import PersonCodes
public import Values
public import Wire

/// The asker's side of an exchange, alike for the portal and for an agency: permit, provision, and the answer opened.
public struct ExchangeAsker: Sendable {
    private let identity: InstitutionID
    private let keys: InstitutionKeyPair
    private let signer: TokenSigner
    private let directory: KeyDirectory
    private let client: EndpointClient

    /// - Parameter identity: the name under which the asker's keys stand in the directory.
    public init(
        identity: InstitutionID, keys: InstitutionKeyPair, directory: KeyDirectory, network: any WireNetwork
    ) async throws {
        self.identity = identity
        self.keys = keys
        signer = try await keys.signer()
        self.directory = directory
        client = EndpointClient(network)
    }

    /// What is asked for, under the asker's own name for the exchange.
    public struct Question: Sendable {
        /// The asker's own name for the exchange, never used before.
        public let exchange: ExchangeID
        /// The gateway that is asked.
        public let provider: InstitutionID
        /// Which kind of information.
        public let kind: InformationKindID
        /// For which period.
        public let period: InformationPeriod
        /// Why it may be asked.
        public let basis: ExchangeBasis
        /// The asker's own code for the person.
        public let code: InstitutionCode

        /// That question.
        public init(
            exchange: ExchangeID, provider: InstitutionID, kind: InformationKindID, period: InformationPeriod,
            basis: ExchangeBasis, code: InstitutionCode
        ) {
            self.exchange = exchange
            self.provider = provider
            self.kind = kind
            self.period = period
            self.basis = basis
            self.code = code
        }
    }

    /// How long the provider has to answer.
    public static let provisionTimeout = Duration.seconds(10)

    /// Asks, and opens what comes back.
    ///
    /// - Throws: the core's or the provider's `Problem`, `WireError`, or ``ExchangeError`` when a permit or an answer
    ///   is not what it should be.
    public func ask(_ question: Question, clock: any NationClock) async throws -> ProvisionContent {
        let permit = try await permit(for: question, clock: clock)
        let content = permit.content
        let request = try await signer.sign(
            ProvisionRequest(
                asker: identity, provider: content.provider, kind: content.kind, period: content.period,
                permit: permit.digest, requestedAt: clock.now()))
        let own = try await directory.verify(request, by: identity, at: clock.now())
        let provided = try await client.call(
            ProvisionContract.provide, of: content.provider.text, Provide(permit: permit.token, request: request),
            timeout: Self.provisionTimeout)
        return try await open(provided.answer, to: own.digest, under: content, at: clock.now())
    }

    private func permit(for question: Question, clock: any NationClock) async throws -> VerifiedToken<Permit> {
        let request = try await signer.sign(
            PermitRequest(
                exchange: question.exchange, asker: identity, provider: question.provider, kind: question.kind,
                period: question.period, basis: question.basis, code: question.code, requestedAt: clock.now()))
        let own = try await directory.verify(request, by: identity, at: clock.now())
        let granted = try await client.call(
            PermitContract.request, of: InstitutionID.linkageCore.text, RequestPermit(request: request))
        let permit = try await verified(granted.permit, by: .linkageCore, at: clock.now())
        let content = permit.content
        guard content.request == own.digest, content.asker == identity, content.provider == question.provider,
            content.kind == question.kind, content.period == question.period
        else { throw ExchangeError.permitForAnotherRequest }
        return permit
    }

    private func open(
        _ answer: SignedToken<ProvisionAnswer>, to request: TokenDigest, under permit: Permit, at now: Instant
    ) async throws -> ProvisionContent {
        let answer = try await verified(answer, by: permit.provider, at: now).content
        guard answer.exchange == permit.exchange, answer.provider == permit.provider, answer.request == request else {
            throw ExchangeError.answerToAnotherRequest
        }
        let context = ProvisionAnswer.sealContext(exchange: answer.exchange, request: answer.request)
        guard let bytes = try? keys.open(answer.content, context: context),
            let content = try? WireJSON.decode(ProvisionContent.self, from: bytes)
        else { throw ExchangeError.answerNotForUs }
        if case .documents(let documents) = content {
            guard documents.allSatisfy({ $0.kind == permit.kind }) else { throw ExchangeError.answerToAnotherRequest }
        }
        return content
    }

    private func verified<Content: TokenContent>(
        _ token: SignedToken<Content>, by signer: InstitutionID, at now: Instant
    ) async throws -> VerifiedToken<Content> {
        do { return try await directory.verify(token, by: signer, at: now) } catch {
            throw ExchangeError.signatureRefused
        }
    }
}

/// Why an asker does not believe what it got. Fails closed: nothing of the answer is used.
public enum ExchangeError: String, Error, Equatable, Sendable {
    case signatureRefused, permitForAnotherRequest, answerToAnotherRequest, answerNotForUs
}
