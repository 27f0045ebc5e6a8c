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
        let question = ExchangeAsker.Question(
            exchange: exchange, provider: inquiry.provider, kind: inquiry.kind, period: inquiry.period,
            basis: .clause(inquiry.citation), code: code)
        let permit = try await asker.permit(for: question, clock: clock)
        let check = InclusionCheck(of: permit.content, as: exchange, at: now)
        try await database.write { try $0.insert(check) }
        return try await asker.content(under: permit, clock: clock)
    }

    private func end(_ exchange: ExchangeID, outcome: String, reason: String) async throws {
        let now = clock.now()
        try await database.write { try $0.end(exchange, outcome: outcome, reason: reason, at: now) }
    }

    private static func surfaced(_ error: any Error) -> any ProblemConvertible {
        switch error {
        case let known as any ProblemConvertible: known
        case let refused as ExchangeError: GatewayError(.init(refused))
        case is WireError: GatewayError(.noAnswer)
        default: Problem.busy
        }
    }
}

extension GatewayError.Code {
    init(_ error: ExchangeError) {
        self =
            switch error {
            case .signatureRefused: .answerNotSigned
            case .permitNotAsAsked: .permitNotAsAsked
            case .answerNotAsAsked: .answerNotAsAsked
            case .answerUnreadable: .answerUnreadable
            }
    }
}
