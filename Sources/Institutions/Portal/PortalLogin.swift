public import Contracts
import Crypto
public import InstitutionKeys
import JPKIValidation
import Logging
import PortableSQL
public import Values
import Wire

/// A citizen who is logged in: what the portal keeps in her session, and nowhere else.
public struct SignedInCitizen: Codable, Sendable, Redacting {
    let presence: PresenceToken
    let content: Presence
    /// Five digits of the municipality in the certificate's subject: where her records are asked for first.
    public let municipality: String?
    /// When the session began.
    public let signedInAt: Instant

    /// When the presence ends by itself.
    public var presenceEnds: Instant { content.expiresAt }
}

extension PortalService {
    /// Begins a login in a browser.
    ///
    /// - Parameter cookieHash: SHA-256 of the browser's fresh pre-login cookie.
    public func beginLogin(cookieHash: [UInt8]) async throws -> LoginReference {
        let attempt = LoginAttempt(
            reference: .random(), nonce: randomBytes(32), cookieHash: cookieHash, begunAt: clock.now(),
            handleHash: nil, usedAt: nil)
        try await database.write { try $0.insert(attempt) }
        return attempt.reference
    }

    /// What a card agent is asked to sign, under the reference that its browser brought.
    ///
    /// - Throws: ``PortalError``.
    public func requestObject(_ reference: LoginReference) async throws -> SignedToken<LoginRequestObject> {
        let now = clock.now()
        let attempt = try await database.read { try $0.attempt(reference) }
        guard let attempt else { throw PortalError.loginUnknown }
        if let refusal = attempt.refusalOfSignature(at: now) { throw refusal }
        return try await signer.sign(
            LoginRequestObject(
                relyingParty: .portal, purpose: LoginPurpose.login, origin: configuration.origin,
                callback: configuration.origin + "/login/callback", resume: configuration.origin + "/login/resume",
                nonce: ContractBytes(attempt.nonce), audiences: [.portal, .numberAuthority],
                agentPort: configuration.agentPort, issuedAt: attempt.begunAt,
                expiresAt: attempt.begunAt + LoginAttempt.lifetime))
    }

    /// Takes what a card has signed, and gives the handle that opens one session in the browser that began.
    ///
    /// - Throws: ``PortalError``; then the attempt is as before.
    public func acceptSignature(_ callback: LoginCallback) async throws -> LoginHandle {
        let now = clock.now()
        guard let reference = try? LoginReference(callback.reference), callback.evidence.count == 2 else {
            throw PortalError.loginUnknown
        }
        let attempt = try await database.read { try $0.attempt(reference) }
        guard let attempt else { throw PortalError.loginUnknown }
        if let refusal = attempt.refusalOfSignature(at: now) { throw refusal }
        try await verify(callback.evidence[0], attempt, at: now)
        let handle = randomBytes(32)
        try await database.write { writer in
            guard let current = try writer.attempt(reference) else { throw PortalError.loginUnknown }
            if let refusal = current.refusalOfSignature(at: now) { throw refusal }
            try writer.sign(reference, handleHash: sha256(handle), evidence: callback.evidence[1])
        }
        return LoginHandle(handle: handle.base64URL)
    }

    private func verify(_ evidence: LoginEvidence, _ attempt: LoginAttempt, at now: Instant) async throws {
        let expected = LoginExpectation(
            audience: InstitutionID.portal.text, relyingParty: InstitutionID.portal.text, origin: configuration.origin,
            purpose: LoginPurpose.login, nonce: attempt.nonce)
        if case .failure(let report) = await validator.verify(
            evidence, expecting: expected, askingBy: client, at: now)
        {
            logger.notice(
                "login refused",
                metadata: [
                    "indication": "\(report.indication.rawValue)", "check": "\(report.failedCheck?.rawValue ?? "-")",
                ])
            throw report.indication == .indeterminate && report.subIndication == .tryLater
                ? PortalError.loginUnavailable : PortalError.evidenceRefused
        }
    }

    /// Opens a session for the browser that began the login, if the handle is that login's. Counts once, whatever
    /// comes of it.
    ///
    /// - Throws: ``PortalError``.
    public func signIn(handle: String, cookieHash: [UInt8]) async throws -> SignedInCitizen {
        let now = clock.now()
        guard let bytes = try? [UInt8](base64URL: handle) else { throw PortalError.loginUnknown }
        let evidence = try await database.write { writer in
            guard let (attempt, evidence) = try writer.attempt(handleHash: sha256(bytes)) else {
                throw PortalError.loginUnknown
            }
            if let refusal = attempt.refusalOfSession(cookieHash: cookieHash, at: now) { throw refusal }
            guard let evidence else { throw PortalError.damagedRecord }
            try writer.use(attempt.reference, at: now)
            return evidence
        }
        do { return try await present(evidence, at: now) } catch let error as Problem {
            throw error.status >= 500 ? PortalError.loginUnavailable : PortalError.evidenceRefused
        } catch is WireError {
            throw PortalError.loginUnavailable
        }
    }

    /// Has the number authority find the person and the core state her presence.
    private func present(_ evidence: LoginEvidence, at now: Instant) async throws -> SignedInCitizen {
        let purpose = AcquisitionPurpose.login(
            session: ContractBytes(sha256(randomBytes(32))), purpose: LoginPurpose.login)
        let core = InstitutionID.linkageCore.text
        let opened = try await client.call(
            AcquisitionContract.open, of: core, OpenAcquisition(purpose: purpose),
            key: LoginReference.random().text)
        _ = try await client.call(
            AcquisitionContract.presentLogin, of: InstitutionID.numberAuthority.text,
            PresentLogin(acquisition: opened.acquisition, evidence: evidence))
        let collected = try await client.call(
            AcquisitionContract.collect, of: core, CollectCode(acquisition: opened.acquisition),
            key: opened.acquisition.text)
        guard let presence = collected.presence,
            let content = try? await directory.verify(presence, by: .linkageCore, at: clock.now()).content,
            content.code == collected.code
        else { throw PortalError.evidenceRefused }
        try await database.write { try $0.openAccount(collected.code, on: now.civilDate) }
        return SignedInCitizen(
            presence: presence, content: content, municipality: evidence.certificate.claimedMunicipality,
            signedInAt: now)
    }

    /// Ends a presence. The session ends in any case: a core that does not answer lets the presence run out.
    public func signOut(_ citizen: SignedInCitizen) async {
        do {
            _ = try await client.call(
                PresenceContract.end, of: InstitutionID.linkageCore.text, EndPresence(presence: citizen.presence),
                key: citizen.content.id.text, timeout: .seconds(3))
        } catch {
            logger.notice("presence not ended", metadata: ["error": "\(type(of: error))"])
        }
    }
}

/// Random bytes from the system, for secrets.
func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
}

func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
