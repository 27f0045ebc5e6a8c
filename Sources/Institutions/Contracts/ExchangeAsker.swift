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

    /// How long the provider has to answer, all tries together.
    public static let provisionTimeout = Duration.seconds(10)

    /// Asks the core for a permit, and checks that it is for what was asked and for our keys.
    ///
    /// - Throws: the core's `Problem`, `WireError`, ``ExchangeError``.
    public func permit(for question: Question, clock: any NationClock) async throws -> VerifiedToken<Permit> {
        let request = PermitRequest(
            exchange: question.exchange, asker: identity, provider: question.provider, kind: question.kind,
            period: question.period, basis: question.basis, code: question.code, requestedAt: clock.now())
        let token = try await signer.sign(request)
        let granted = try await again(within: WireLimits.answerTimeout) { timeout in
            try await client.call(
                PermitContract.request, of: InstitutionID.linkageCore.text, RequestPermit(request: token),
                timeout: timeout)
        }
        let now = clock.now()
        let asked = try await directory.verify(token, by: identity, at: now).digest
        let ourKeys = try directory.statement(of: identity, at: now).thumbprint
        let permit = try await verified(granted.permit, by: .linkageCore, at: now)
        guard permit.content.answers(request, asked, keys: ourKeys) else { throw ExchangeError.permitNotAsAsked }
        return permit
    }

    /// Asks the provider under a permit, and opens its answer.
    ///
    /// - Throws: the provider's `Problem`, `WireError`, ``ExchangeError``.
    public func content(under permit: VerifiedToken<Permit>, clock: any NationClock) async throws -> ProvisionContent {
        let provider = permit.content.provider
        let token = try await signer.sign(
            ProvisionRequest(
                asker: identity, provider: provider, kind: permit.content.kind, period: permit.content.period,
                permit: permit.digest, requestedAt: clock.now()))
        let provided = try await again(within: Self.provisionTimeout) { timeout in
            try await client.call(
                ProvisionContract.provide, of: provider.text, Provide(permit: permit.token, request: token),
                timeout: timeout)
        }
        let now = clock.now()
        let asked = try await directory.verify(token, by: identity, at: now).digest
        let answer = try await verified(provided.answer, by: provider, at: now).content
        guard answer.answers(asked, under: permit.content) else { throw ExchangeError.answerNotAsAsked }
        return try opened(answer, under: permit.content)
    }

    private func opened(_ answer: ProvisionAnswer, under permit: Permit) throws -> ProvisionContent {
        let context = ProvisionAnswer.sealContext(exchange: answer.exchange, request: answer.request)
        guard let bytes = try? keys.open(answer.content, context: context),
            let content = try? WireJSON.decode(ProvisionContent.self, from: bytes)
        else { throw ExchangeError.answerUnreadable }
        guard content.fits(permit) else { throw ExchangeError.answerNotAsAsked }
        return content
    }

    private func verified<Content: TokenContent>(
        _ token: SignedToken<Content>, by signer: InstitutionID, at now: Instant
    ) async throws -> VerifiedToken<Content> {
        do { return try await directory.verify(token, by: signer, at: now) } catch {
            throw ExchangeError.signatureRefused
        }
    }

    /// Calls again when the connection broke, three times in all: only calls that act once. A repeat of the same
    /// request gets the same answer.
    private func again<Answer>(
        within limit: Duration, _ call: (_ timeout: Duration) async throws -> Answer
    ) async throws -> Answer {
        let end = ContinuousClock.now + limit
        for _ in 1..<3 {
            do { return try await call(end - ContinuousClock.now) } catch WireError.unreachable { continue }
        }
        return try await call(end - ContinuousClock.now)
    }
}

/// Why an asker does not believe what it got. Fails closed: nothing of the answer is used.
public enum ExchangeError: String, Error, Equatable, Sendable {
    /// The permit is not the core's, or the answer not the provider's.
    case signatureRefused = "signature-refused"
    /// The permit is for another request, or for other keys than ours.
    case permitNotAsAsked = "permit-not-as-asked"
    /// The answer belongs to another request, or its contents to another kind or period.
    case answerNotAsAsked = "answer-not-as-asked"
    /// The contents were not sealed for us, or were changed.
    case answerUnreadable = "answer-unreadable"
}

// Whether what came back is what was asked for. Each reads nothing but what it is given.

extension Permit {
    func answers(_ request: PermitRequest, _ digest: TokenDigest, keys: String) -> Bool {
        asker == request.asker && provider == request.provider && kind == request.kind && period == request.period
            && basis == request.basis.text && self.request == digest && askerKeys == keys
    }
}

extension ProvisionAnswer {
    func answers(_ request: TokenDigest, under permit: Permit) -> Bool {
        exchange == permit.exchange && provider == permit.provider && self.request == request
    }
}

extension ProvisionContent {
    /// Whether every document is of the kind and period asked for.
    func fits(_ permit: Permit) -> Bool {
        guard case .documents(let documents) = self else { return true }
        return documents.allSatisfy { document in
            document.kind == permit.kind && (permit.period == .all || document.period == permit.period)
        }
    }
}
