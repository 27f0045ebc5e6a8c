import Contracts
import InstitutionKeys
import PersonCodes
import Values

/// What a provider could establish about a permit and a request before its transaction; nil is what failed.
struct ProvisionEvidence: Sendable {
    let caller: InstitutionID
    /// This gateway.
    let provider: InstitutionID
    /// The permit, if the core signed it.
    let permit: VerifiedToken<Permit>?
    /// The request, if the caller signed it.
    let request: VerifiedToken<ProvisionRequest>?
    /// ``KeyStatement/thumbprint`` of the caller as the directory has it.
    let callerKeys: String?
    /// What the permit's sealed code opened to, in the permit's own context.
    let code: InstitutionCode?
}

/// A permit and a request that belong together, to this gateway and to the caller. Made by ``ProvisionDecision`` alone.
struct VerifiedProvision: Sendable {
    let permit: Permit
    let request: ProvisionRequest
    let requestDigest: TokenDigest
    let code: InstitutionCode

    fileprivate init(permit: Permit, request: VerifiedToken<ProvisionRequest>, code: InstitutionCode) {
        self.permit = permit
        self.request = request.content
        requestDigest = request.digest
        self.code = code
    }
}

/// An answer that was given before.
struct StoredProvision: Sendable, Equatable {
    let asker: InstitutionID
    let request: TokenDigest
    let answeredAt: Instant
    /// Nil once the permit's life is over.
    let answer: SealedBytes?
}

/// Whether a provider answers (番号法22条1項). Reads nothing but what it is given.
enum ProvisionDecision: Sendable {
    case answer(VerifiedProvision)
    /// The same request within the permit's life.
    case again(StoredProvision, ExchangeID, TokenDigest)
    case refuse(GatewayError.Code)

    static func decide(
        _ evidence: ProvisionEvidence, _ prior: StoredProvision?, at now: Instant
    ) -> ProvisionDecision {
        do throws(GatewayError) {
            let verified = try verify(evidence, at: now)
            guard let prior else { return .answer(verified) }
            guard prior.asker == evidence.caller, prior.request == verified.requestDigest, prior.answer != nil else {
                return .refuse(.exchangeReused)
            }
            return .again(prior, verified.permit.exchange, verified.requestDigest)
        } catch { return .refuse(error.code) }
    }

    static func verify(
        _ evidence: ProvisionEvidence, at now: Instant
    ) throws(GatewayError) -> VerifiedProvision {
        guard let permitToken = evidence.permit else { throw GatewayError(.permitNotByCore) }
        let permit = permitToken.content
        guard permit.asker == evidence.caller else { throw GatewayError(.permitOfAnotherAsker) }
        guard permit.provider == evidence.provider else { throw GatewayError(.permitOfAnotherProvider) }
        guard isCurrent(permit, at: now) else { throw GatewayError(.permitNotCurrent) }
        guard permit.askerKeys == evidence.callerKeys else { throw GatewayError(.askerKeysDiffer) }
        guard let request = evidence.request else { throw GatewayError(.requestNotByCaller) }
        guard request.content.permit == permitToken.digest else { throw GatewayError(.requestOfAnotherPermit) }
        guard agree(request.content, permit, at: now) else { throw GatewayError(.requestDiffersFromPermit) }
        guard let code = evidence.code else { throw GatewayError(.sealedCodeUnreadable) }
        return VerifiedProvision(permit: permit, request: request, code: code)
    }

    private static func isCurrent(_ permit: Permit, at now: Instant) -> Bool {
        let life = permit.expiresAt - permit.issuedAt
        return life > .zero && life <= Permit.lifetime && permit.issuedAt <= now + Permit.skew
            && now < permit.expiresAt + Permit.skew
    }

    private static func agree(_ request: ProvisionRequest, _ permit: Permit, at now: Instant) -> Bool {
        request.asker == permit.asker && request.provider == permit.provider && request.kind == permit.kind
            && request.period == permit.period && permit.issuedAt - Permit.skew <= request.requestedAt
            && request.requestedAt <= now + Permit.skew
    }
}

/// What of the answer stands in the log: never its contents.
enum ExchangeResult: String, Sendable {
    case documents
    case notHeld = "not-held"
    case notDisclosed = "not-disclosed"

    init(_ content: ProvisionContent) {
        self =
            switch content {
            case .documents: .documents
            case .notHeld: .notHeld
            case .notDisclosed: .notDisclosed
            }
    }
}
