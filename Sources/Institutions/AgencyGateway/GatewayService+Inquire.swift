public import Contracts
import InstitutionKeys
import PersonCodes
import PortableSQL
import Values
import Wire

extension GatewayService {
    /// Asks another agency for a record of a person of this agency (情報照会), under a permission clause.
    ///
    /// - Throws: ``GatewayError``; the core's or the provider's `Problem`. Whatever it was stands in the inquiry's row.
    public func inquire(_ inquiry: Inquire) async throws -> InquiryResult {
        guard let code = try await database.read({ try $0.code(of: inquiry.person) }) else {
            throw GatewayError(.personHasNoCode)
        }
        let exchange = ExchangeID.random()
        let now = clock.now()
        try await database.write { try $0.insert(inquiry, as: exchange, at: now) }
        do {
            let content = try await answer(to: inquiry, as: exchange, code, at: now)
            try await end(exchange, outcome: ExchangeResult(content).rawValue, reason: "")
            return InquiryResult(exchange: exchange, content: content)
        } catch {
            let surfaced = Self.surfaced(error)
            try await end(exchange, outcome: "failed", reason: surfaced.problem.code)
            throw surfaced
        }
    }

    private func answer(
        to inquiry: Inquire, as exchange: ExchangeID, _ code: InstitutionCode, at now: Instant
    ) async throws -> ProvisionContent {
        let request = PermitRequest(
            exchange: exchange, asker: name, provider: inquiry.provider, kind: inquiry.kind, period: inquiry.period,
            basis: .clause(inquiry.citation), code: code, requestedAt: now)
        let permit = try await permit(for: request)
        let check = InclusionCheck(of: permit.content, as: exchange, at: now)
        try await database.write { try $0.insert(check) }
        return try await content(under: permit)
    }

    /// Gets the permit and checks that it is for what was asked.
    private func permit(for request: PermitRequest) async throws -> VerifiedToken<Permit> {
        let token = try await signer.sign(request)
        let granted = try await persistently {
            try await client.call(
                PermitContract.request, of: InstitutionID.linkageCore.text, RequestPermit(request: token))
        }
        let now = clock.now()
        let asked = try await directory.verify(token, by: name, at: now).digest
        let keys = try directory.statement(of: name, at: now).thumbprint
        guard let permit = try? await directory.verify(granted.permit, by: .linkageCore, at: now),
            AnswerDecision.isPermit(permit.content, for: request, asked, keys: keys)
        else { throw GatewayError(.permitNotAsAsked) }
        return permit
    }

    /// Asks the provider under a permit, and opens its answer.
    private func content(under permit: VerifiedToken<Permit>) async throws -> ProvisionContent {
        let request = ProvisionRequest(
            asker: name, provider: permit.content.provider, kind: permit.content.kind, period: permit.content.period,
            permit: permit.digest, requestedAt: clock.now())
        let token = try await signer.sign(request)
        let provider = permit.content.provider
        let provided = try await persistently {
            try await client.call(
                ProvisionContract.provide, of: provider.text, Provide(permit: permit.token, request: token))
        }
        let now = clock.now()
        let digest = try await directory.verify(token, by: name, at: now).digest
        guard let answer = try? await directory.verify(provided.answer, by: provider, at: now).content else {
            throw GatewayError(.answerNotByProvider)
        }
        guard AnswerDecision.isAnswer(answer, to: digest, under: permit.content) else {
            throw GatewayError(.answerNotAsAsked)
        }
        return try opened(answer, under: permit.content)
    }

    private func opened(_ answer: ProvisionAnswer, under permit: Permit) throws -> ProvisionContent {
        let context = ProvisionAnswer.sealContext(exchange: answer.exchange, request: answer.request)
        guard let bytes = try? keys.open(answer.content, context: context),
            let content = try? WireJSON.decode(ProvisionContent.self, from: bytes)
        else { throw GatewayError(.answerUnreadable) }
        guard AnswerDecision.isContent(content, under: permit) else { throw GatewayError(.answerNotAsAsked) }
        return content
    }

    private func end(_ exchange: ExchangeID, outcome: String, reason: String) async throws {
        let now = clock.now()
        try await database.write { try $0.end(exchange, outcome: outcome, reason: reason, at: now) }
    }

    private static func surfaced(_ error: any Error) -> any ProblemConvertible {
        if let known = error as? any ProblemConvertible { return known }
        return error is WireError ? GatewayError(.noAnswer) : Problem.busy
    }
}

/// Whether what came back is what was asked for. Reads nothing but what it is given.
enum AnswerDecision {
    static func isPermit(_ permit: Permit, for request: PermitRequest, _ digest: TokenDigest, keys: String) -> Bool {
        guard case .clause(let citation) = request.basis, permit.basis == citation.clause else { return false }
        return permit.asker == request.asker && permit.provider == request.provider && permit.kind == request.kind
            && permit.period == request.period && permit.request == digest && permit.askerKeys == keys
    }

    static func isAnswer(_ answer: ProvisionAnswer, to request: TokenDigest, under permit: Permit) -> Bool {
        answer.exchange == permit.exchange && answer.provider == permit.provider && answer.request == request
    }

    /// Whether every document is of the kind and period asked for.
    static func isContent(_ content: ProvisionContent, under permit: Permit) -> Bool {
        guard case .documents(let documents) = content else { return true }
        return documents.allSatisfy { document in
            document.kind == permit.kind && (permit.period == .all || document.period == permit.period)
        }
    }
}
