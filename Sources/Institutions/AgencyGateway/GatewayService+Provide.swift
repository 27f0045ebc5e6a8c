public import Contracts
public import InstitutionKeys
import Logging
import PersonCodes
import PortableSQL
public import Values
import Wire

extension GatewayService {
    /// Answers a permitted request from the copies (情報提供), sealed for the asker and signed.
    ///
    /// The same request within the permit's life gets the stored answer, signed anew; every refusal is recorded.
    /// - Throws: ``GatewayError``.
    public func provide(_ call: Provide, to caller: InstitutionID) async throws -> SignedToken<ProvisionAnswer> {
        let now = clock.now()
        let evidence = await evidence(call, caller, at: now)
        let transaction = ProvisionTransaction(service: self, evidence: evidence, now: now)
        let answer = try await database.write { try transaction.run($0) }
        return try await signer.sign(answer.get())
    }

    private func evidence(_ call: Provide, _ caller: InstitutionID, at now: Instant) async -> ProvisionEvidence {
        let permit = try? await directory.verify(call.permit, by: .linkageCore, at: now)
        let code = permit.flatMap { permit in
            try? InstitutionCode(bytes: keys.open(permit.content.sealedCode, context: permit.content.sealContext))
        }
        return ProvisionEvidence(
            caller: caller, provider: name, permit: permit,
            request: try? await directory.verify(call.request, by: caller, at: now),
            callerKeys: try? directory.statement(of: caller, at: now).thumbprint, code: code)
    }
}

/// The one transaction of a provision: state, decision, answer, record.
struct ProvisionTransaction: Sendable {
    /// The largest content that fits into a signed answer, in bytes of JSON.
    static let contentBytes = 140_000

    let service: GatewayService
    let evidence: ProvisionEvidence
    let now: Instant

    /// The answer to sign, or the refusal that now stands in the record.
    func run(_ writer: SQLWriter) throws -> Result<ProvisionAnswer, GatewayError> {
        try writer.clearAnswers(before: now)
        let exchange = evidence.permit?.content.exchange
        let prior = try exchange.flatMap { try writer.provision($0) }
        switch ProvisionDecision.decide(evidence, prior, at: now) {
        case .refuse(let code): return try refuse(code, writer)
        case .again(let stored, let exchange, let request):
            guard let content = stored.answer else { return try refuse(.exchangeReused, writer) }
            return .success(answer(exchange, request, content, at: stored.answeredAt))
        case .answer(let provision): return try provide(provision, writer)
        }
    }

    private func refuse(_ code: GatewayError.Code, _ writer: SQLWriter) throws -> Result<ProvisionAnswer, GatewayError>
    {
        try writer.insertRefusal(of: evidence.permit?.content.exchange, by: evidence.caller, code, at: now)
        return .failure(GatewayError(code))
    }

    private func provide(
        _ provision: VerifiedProvision, _ writer: SQLWriter
    ) throws -> Result<ProvisionAnswer, GatewayError> {
        let content = try content(for: provision, writer)
        let bytes = try WireJSON.encode(content)
        guard bytes.count <= Self.contentBytes else { return try refuse(.answerTooLarge, writer) }
        let permit = provision.permit
        let sealed = try service.directory.seal(
            bytes, for: permit.asker,
            context: ProvisionAnswer.sealContext(exchange: permit.exchange, request: provision.requestDigest), at: now)
        try writer.insert(provision, ExchangeResult(content), sealed, at: now)
        try writer.insert(InclusionCheck(of: permit, as: permit.exchange, at: now))
        return .success(answer(permit.exchange, provision.requestDigest, sealed, at: now))
    }

    private func content(for provision: VerifiedProvision, _ writer: SQLWriter) throws -> ProvisionContent {
        guard let person = try writer.person(with: provision.code) else { return .notHeld }
        guard try !writer.isRestricted(person) else { return .notDisclosed }
        let copies = try writer.copies(of: person, provision.permit.kind, provision.permit.period)
        return copies.isEmpty ? .notHeld : .documents(copies)
    }

    private func answer(
        _ exchange: ExchangeID, _ request: TokenDigest, _ content: SealedBytes, at time: Instant
    ) -> ProvisionAnswer {
        ProvisionAnswer(
            exchange: exchange, provider: service.name, request: request, content: content, answeredAt: time)
    }
}
