public import Contracts
public import InstitutionKeys
import Logging
import PersonCodes
import PortableSQL
public import Values
import VerifiableLog

extension LinkageService {
    /// Permits one exchange, or refuses it; both stand in the citizen's log (情報提供許可; 番号法21条2項, 23条3項).
    ///
    /// The same request again within its permit's life gets the same permit, signed anew.
    /// - Throws: ``LinkageError``; `logUnavailable` when the log could not be written: then there is no permit.
    public func requestPermit(
        _ token: SignedToken<PermitRequest>, by caller: InstitutionID
    ) async throws -> SignedToken<Permit> {
        let now = clock.now()
        do {
            let evidence = try await evidence(token, by: caller, at: now)
            let transaction = PermitTransaction(service: self, evidence: evidence, now: now)
            let outcome = try await database.write { try transaction.run($0) }
            return try await signer.sign(outcome.get())
        } catch let error as LinkageError {
            try? await recordIfUnlogged(error.code, by: caller, at: now)
            throw error
        } catch let error where error is SQLError || error is VerifiableLogError {
            logger.error("exchange log not written", metadata: ["error": "\(type(of: error))"])
            throw LinkageError(.logUnavailable)
        }
    }

    /// Checks the caller's signature and converts the code, before the transaction.
    private func evidence(
        _ token: SignedToken<PermitRequest>, by caller: InstitutionID, at now: Instant
    ) async throws -> PermitEvidence {
        guard let verified = try? await keys.verify(token, by: caller, at: now), verified.content.asker == caller,
            let statement = try? keys.statement(of: caller, at: now)
        else { throw LinkageError(.requestNotSigned) }
        let request = verified.content
        guard request.basis.isWellFormed else { throw LinkageError(.citationMalformed) }
        return PermitEvidence(
            request: request, digest: verified.digest, presence: await presence(of: request.basis),
            askerKeys: statement.thumbprint,
            subject: try operators.convert(request.code, from: caller, to: .portal),
            providerCode: try providerCode(for: request, at: now))
    }

    private func presence(of basis: ExchangeBasis) async -> Presence? {
        guard case .presence(let token) = basis else { return nil }
        return await ours(token)
    }

    /// Nil when no agency's gateway of that name has keys, or the asker names itself.
    private func providerCode(for request: PermitRequest, at now: Instant) throws -> InstitutionCode? {
        guard request.provider.text.hasPrefix(InstitutionID.agencyGatewayPrefix), request.provider != request.asker,
            (try? keys.statement(of: request.provider, at: now)) != nil
        else { return nil }
        return try operators.convert(request.code, from: request.asker, to: request.provider)
    }

    private func recordIfUnlogged(_ code: LinkageError.Code, by caller: InstitutionID, at now: Instant) async throws {
        guard !code.isLogged else { return }
        try await database.write { try $0.insertRefusedCall(by: caller.text, code, at: now) }
    }
}

/// The one transaction of a request: state, decision, entry, leaf, running number, permit.
struct PermitTransaction: Sendable {
    let service: LinkageService
    let evidence: PermitEvidence
    let now: Instant

    /// The permit to sign, or the refusal that now stands in the log.
    func run(_ writer: SQLWriter) throws -> Result<Permit, LinkageError> {
        switch PermitDecision.decide(evidence, try state(writer), clauses: service.clauses, at: now) {
        case .signAgain(let exchange, let permit): return .success(try named(exchange, permit))
        case .repeatRefusal(let code): return .failure(LinkageError(code))
        case .refuse(let code):
            _ = try record(.refused, nil, reason: code.rawValue, writer)
            return .failure(LinkageError(code))
        case .grant:
            let exchange = try record(.permitted, .random(), reason: "", writer)
            let permit = try sealed(exchange)
            try writer.deletePermits(before: now)
            try writer.insert(permit, at: exchange.leaf)
            return .success(try named(exchange, permit))
        }
    }

    private func state(_ writer: SQLWriter) throws -> PermitState {
        let prior = try writer.exchange(evidence.request.exchange, of: evidence.request.asker)
        return PermitState(
            prior: prior, priorPermit: try prior.flatMap { try writer.livePermit(at: $0.leaf) },
            presence: try evidence.presence.flatMap { try writer.presence($0.id) })
    }

    private func record(
        _ outcome: ExchangeOutcome, _ name: ExchangeID?, reason: String, _ writer: SQLWriter
    ) throws -> StoredExchange {
        let entry = try entry(outcome, name, reason, writer)
        let blinding = Blinding.random()
        let leaf = try service.log.append(entry.commitment(blinding), in: writer)
        let exchange = StoredExchange(entry: entry, request: evidence.digest, blinding: blinding, leaf: leaf)
        try writer.insert(exchange)
        return exchange
    }

    private func entry(
        _ outcome: ExchangeOutcome, _ name: ExchangeID?, _ reason: String, _ writer: SQLWriter
    ) throws -> ExchangeEntry {
        let request = evidence.request
        let words = request.basis.words
        // A person's entries have times of their own, so that a page can end between any two.
        let earliest = try writer.lastRecorded(of: evidence.subject).map { $0 + .microseconds(1) } ?? now
        return ExchangeEntry(
            exchange: request.exchange, providerExchange: name, asker: request.asker, provider: request.provider,
            kind: request.kind, period: request.period, basis: words.basis, affair: words.affair,
            procedure: words.procedure, outcome: outcome, reason: reason, requestedAt: request.requestedAt,
            recordedAt: max(now, earliest),
            runningNumber: try writer.nextRunningNumber(of: request.asker, request.code), subject: evidence.subject)
    }

    private func sealed(_ exchange: StoredExchange) throws -> StoredPermit {
        guard let name = exchange.entry.providerExchange, let code = evidence.providerCode else {
            throw LinkageError(.providerUnknown)
        }
        let context = Permit.sealContext(
            exchange: name, asker: exchange.entry.asker, provider: exchange.entry.provider,
            kind: exchange.entry.kind, period: exchange.entry.period, request: exchange.request,
            leafHash: ContractBytes(exchange.commitment.leafHash.bytes))
        let sealedCode = try service.keys.seal(code.bytes, for: exchange.entry.provider, context: context, at: now)
        return StoredPermit(askerKeys: evidence.askerKeys, sealedCode: sealedCode, issuedAt: now)
    }

    private func named(_ exchange: StoredExchange, _ permit: StoredPermit) throws -> Permit {
        guard let name = exchange.entry.providerExchange else { throw LinkageError(.logDamaged) }
        return Permit(exchange, named: name, permit)
    }
}
