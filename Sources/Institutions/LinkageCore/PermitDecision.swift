import Contracts
import InstitutionKeys
import PersonCodes
import Values

/// What the core knows about a request before it opens its transaction: a request signed by its caller, whose code was
/// converted.
struct PermitEvidence: Sendable {
    let request: PermitRequest
    let digest: TokenDigest
    /// The presence, where the basis is one and it bears our signature.
    let presence: Presence?
    /// ``KeyStatement/thumbprint`` of the asker.
    let askerKeys: String
    /// The portal's code for the person: under it the entry stands.
    let subject: InstitutionCode
    /// The provider's code for the person; nil when there is no such provider.
    let providerCode: InstitutionCode?
}

/// What the transaction found.
struct PermitState: Sendable {
    /// The exchange that already bears the asker's exchange id.
    let prior: StoredExchange?
    let priorPermit: StoredPermit?
    /// The row of the presence that the request names.
    let presence: PresenceRecord?
}

/// Whether an exchange may happen (番号法21条2項). Reads nothing but what it is given.
enum PermitDecision: Equatable {
    /// A new entry and a permit.
    case grant
    /// A new entry that says why not.
    case refuse(LinkageError.Code)
    /// The same request within its permit's life.
    case signAgain(StoredExchange, StoredPermit)
    /// The same request, refused before; or one that may not even be entered.
    case repeatRefusal(LinkageError.Code)

    static func decide(
        _ evidence: PermitEvidence, _ state: PermitState, clauses: [PermissionClause], at now: Instant
    ) -> PermitDecision {
        if let prior = state.prior { return again(evidence, prior, state.priorPermit, at: now) }
        if let refusal = refusal(evidence, state, clauses, at: now) { return .refuse(refusal) }
        return .grant
    }

    private static func again(
        _ evidence: PermitEvidence, _ prior: StoredExchange, _ permit: StoredPermit?, at now: Instant
    ) -> PermitDecision {
        guard prior.request == evidence.digest else { return .repeatRefusal(.exchangeReused) }
        if let refusal = prior.refusal { return .repeatRefusal(refusal) }
        guard let permit, now < permit.expiresAt else { return .repeatRefusal(.permitOver) }
        return .signAgain(prior, permit)
    }

    private static func refusal(
        _ evidence: PermitEvidence, _ state: PermitState, _ clauses: [PermissionClause], at now: Instant
    ) -> LinkageError.Code? {
        let request = evidence.request
        guard now - Permit.skew <= request.requestedAt, request.requestedAt <= now + Permit.skew else {
            return .requestNotCurrent
        }
        guard evidence.providerCode != nil else { return .providerUnknown }
        switch request.basis {
        case .presence:
            guard request.asker == .portal else { return .basisNotAllowed }
            return PresenceDecision.refusal(evidence.presence, state.presence, for: request.code, at: now)
        case .clause(let citation):
            guard request.asker != .portal else { return .basisNotAllowed }
            return refusal(request, citation, clauses, on: now.civilDate)
        }
    }

    private static func refusal(
        _ request: PermitRequest, _ citation: ClauseCitation, _ clauses: [PermissionClause], on day: CivilDate
    ) -> LinkageError.Code? {
        guard let clause = clauses.first(where: { $0.id == citation.clause }) else { return .clauseUnknown }
        guard clause.isInForce(on: day) else { return .clauseNotInForce }
        guard clause.covers(request, citation) else { return .clauseDoesNotCover }
        return nil
    }
}

extension ExchangeBasis {
    /// What the entry and the permit say: `presence`, or the clause with its affair and procedure.
    var words: (basis: String, affair: String, procedure: String) {
        switch self {
        case .presence: ("presence", "", "")
        case .clause(let citation): (citation.clause, citation.affair, citation.procedure)
        }
    }

    /// Whether a citation's fields have 1 to 500 bytes, without control characters.
    var isWellFormed: Bool {
        guard case .clause(let citation) = self else { return true }
        return [citation.clause, citation.affair, citation.procedure].allSatisfy { text in
            (1...500).contains(text.utf8.count) && !text.unicodeScalars.contains { $0.value < 0x20 }
        }
    }
}
