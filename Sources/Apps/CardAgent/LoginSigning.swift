import CardChip
import CardReader
import JPKIValidation
import Values
import Web

/// What a card signs to answer a request: one message per audience, made here and never taken from outside.
struct LoginSigning: Sendable {
    /// What came of it.
    enum Outcome: Sendable {
        /// One evidence per audience, in the request's order.
        case signed([LoginEvidence])
        /// The PIN is wrong; so many tries are left.
        case wrong(triesLeft: Int)
        /// The PIN is locked.
        case locked
        /// The card holds no 利用者証明用電子証明書. No try was used.
        case noCertificate
    }

    /// The messages, in the order of the request's audiences.
    let challenges: [LoginChallenge]

    /// The messages of a request at a moment. Throws `malformedNonce`, which ``RequestCheck`` has ruled out.
    init(_ request: CheckedRequest, at now: Instant) throws(AgentError) {
        do {
            challenges = try request.audiences.map { audience in
                try LoginChallenge(
                    audience: audience.text, relyingParty: request.relyingParty.text,
                    origin: request.origin.description, purpose: request.purpose, nonce: request.nonce, time: now)
            }
        } catch { throw .malformedNonce }
    }

    /// One try of the PIN and, if it is right, the signatures under it. The certificate is read first: a card without
    /// one loses no try. Throws `CardError`, `JPKIValidationError`.
    func sign(with pin: Pin, on transport: any CardTransport) throws -> Outcome {
        let card = try JPKICard(transport)
        guard try card.hasCertificate(.authentication) else { return .noCertificate }
        let certificate = try UnverifiedUserCertificate(der: card.certificate(.authentication))
        switch try card.verify(pin) {
        case .locked: return .locked
        case .wrong(let triesLeft): return .wrong(triesLeft: triesLeft)
        case .verified:
            return .signed(
                try challenges.map { challenge in
                    let signature = try card.sign(message: challenge.bytes, with: .authentication)
                    return try LoginEvidence(challenge: challenge, signature: signature, certificate: certificate)
                })
        }
    }
}
