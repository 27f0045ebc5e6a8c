import Contracts
import JPKIValidation
import PKI
import PortableSQL
import Synchronization
import TestSupport
import Testing
import Values
import Wire

@testable import Portal

@Suite struct LoginTests {
    // MARK: - The attempt alone

    private func attempt(signed: Bool = false, used: Bool = false) -> LoginAttempt {
        LoginAttempt(
            reference: .random(), nonce: [], cookieHash: World.cookie, begunAt: Citizen.noon,
            handleHash: signed ? [1] : nil, usedAt: used ? Citizen.noon : nil)
    }

    @Test("an attempt is signed once, used once, by one browser, within five minutes")
    func states() {
        let last = Citizen.noon + .seconds(300) - .microseconds(1)
        let over = Citizen.noon + .seconds(300)
        #expect(attempt().refusalOfSignature(at: last) == nil)
        #expect(attempt().refusalOfSignature(at: over) == .loginExpired)
        #expect(attempt(signed: true).refusalOfSignature(at: last) == .loginUsed)
        #expect(attempt().refusalOfSession(cookieHash: World.cookie, at: last) == .loginUnknown)
        #expect(attempt(signed: true).refusalOfSession(cookieHash: World.cookie, at: last) == nil)
        #expect(attempt(signed: true).refusalOfSession(cookieHash: World.cookie, at: over) == .loginExpired)
        #expect(attempt(signed: true).refusalOfSession(cookieHash: [1], at: last) == .otherBrowser)
        #expect(attempt(signed: true, used: true).refusalOfSession(cookieHash: World.cookie, at: last) == .loginUsed)
    }

    // MARK: - The way to a session

    @Test("a card's login opens one session in the browser that began", arguments: TestEngine.available)
    func good(engine: TestEngine) async throws {
        try await withPortal(engine) { (portal: World) async throws in
            let handle = try await portal.signed()
            let citizen = try await portal.service.signIn(handle: handle, cookieHash: World.cookie)
            #expect(citizen.municipality == "99201" && citizen.signedInAt == portal.clock.now())
            #expect(citizen.presenceEnds == portal.clock.now() + .seconds(1800))
            #expect(try await portal.count("SELECT count(*) AS n FROM account") == 1)
            let kept = try await portal.count("SELECT count(*) AS n FROM login_attempt WHERE evidence IS NOT NULL")
            #expect(kept == 0, "the evidence is forgotten")
            await #expect(throws: PortalError.loginUsed) {
                try await portal.service.signIn(handle: handle, cookieHash: World.cookie)
            }
        }
    }

    @Test("of 50 uses of a handle at once exactly one opens a session", arguments: TestEngine.available)
    func oneOfFifty(engine: TestEngine) async throws {
        try await withPortal(engine) { (portal: World) async throws in
            let handle = try await portal.signed()
            let opened = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        (try? await portal.service.signIn(handle: handle, cookieHash: World.cookie)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(opened == 1)
            #expect(portal.behaviour.state.withLock { $0.presented } == 1)
        }
    }

    @Test("another browser gets nothing, and the first still may", arguments: TestEngine.available)
    func otherBrowser(engine: TestEngine) async throws {
        try await withPortal(engine) { (portal: World) async throws in
            let handle = try await portal.signed()
            await #expect(throws: PortalError.otherBrowser) {
                try await portal.service.signIn(handle: handle, cookieHash: [UInt8](repeating: 8, count: 32))
            }
            _ = try await portal.service.signIn(handle: handle, cookieHash: World.cookie)
        }
    }

    @Test("a handle or a reference that was never given is unknown")
    func unknown() async throws {
        try await withPortal(.sqlite) { (portal: World) async throws in
            let handle = try await portal.signed()
            let never = [UInt8](repeating: 1, count: 32).base64URL
            for other in ["", "*", String(handle.dropLast(3)), handle + "AAAA", never] {
                await #expect(throws: PortalError.loginUnknown) {
                    try await portal.service.signIn(handle: other, cookieHash: World.cookie)
                }
            }
            await #expect(throws: PortalError.loginUnknown) { try await portal.service.requestObject(.random()) }
        }
    }

    @Test("after five minutes neither signature nor handle counts", arguments: TestEngine.available)
    func expired(engine: TestEngine) async throws {
        try await withPortal(engine) { (portal: World) async throws in
            let login = try await portal.begun()
            let handle = try await portal.signed()
            portal.clock.advance(by: .seconds(300))
            await #expect(throws: PortalError.loginExpired) {
                try await portal.service.acceptSignature(portal.callback(login))
            }
            await #expect(throws: PortalError.loginExpired) { try await portal.service.requestObject(login.reference) }
            await #expect(throws: PortalError.loginExpired) {
                try await portal.service.signIn(handle: handle, cookieHash: World.cookie)
            }
        }
    }

    @Test("a signature is taken once: a replay gets no second handle", arguments: TestEngine.available)
    func replay(engine: TestEngine) async throws {
        try await withPortal(engine) { (portal: World) async throws in
            let callback = try await portal.callback(portal.begun())
            let handles = await withTaskGroup(of: String?.self) { group in
                for _ in 0..<20 { group.addTask { try? await portal.service.acceptSignature(callback).handle } }
                return await group.reduce(into: [String]()) { $0 += [$1].compactMap { $0 } }
            }
            #expect(handles.count == 1)
            await #expect(throws: PortalError.loginUsed) { try await portal.service.acceptSignature(callback) }
        }
    }

    static let others: [@Sendable (Citizen, [UInt8]) throws -> LoginEvidence] = [
        { citizen, _ in try citizen.evidence(nonce: [UInt8](repeating: 1, count: 32)) },
        { try $0.evidence(nonce: $1, audience: "number-authority") },
        { try $0.evidence(nonce: $1, origin: "http://portal.localhost:8081") },
        { try $0.evidence(nonce: $1, purpose: "transfer") },
        { try $0.evidence(nonce: $1, signedBy: CAKey.generate(.rsa2048)) },
        { try $0.evidence(nonce: $1, at: Citizen.noon - .seconds(301)) },
    ]

    @Test("evidence for anything else is refused, and the attempt is as before", arguments: others.indices)
    func otherEvidence(index: Int) async throws {
        try await withPortal(.sqlite) { (portal: World) async throws in
            let login = try await portal.begun()
            let good = try portal.callback(login)
            let bad = try Self.others[index](Citizen.shared.get(), login.nonce)
            await #expect(throws: PortalError.evidenceRefused) {
                try await portal.service.acceptSignature(
                    LoginCallback(reference: good.reference, evidence: [bad, good.evidence[1]]))
            }
            _ = try await portal.service.acceptSignature(good)
        }
    }

    @Test("a revoked card is refused; an unknown status says that logging in is not possible now")
    func status() async throws {
        try await withPortal(.sqlite) { (portal: World) async throws in
            let callback = try await portal.callback(portal.begun())
            portal.network.remove("jpki")
            await #expect(throws: PortalError.loginUnavailable) {
                try await portal.service.acceptSignature(callback)
            }
            portal.serve()
            portal.set { $0.isRevoked = true }
            await #expect(throws: PortalError.evidenceRefused) { try await portal.service.acceptSignature(callback) }
        }
    }

    static let answers: [(PortalError, @Sendable (inout Behaviour) -> Void)] = [
        (.evidenceRefused, { $0.hasPresence = false }), (.evidenceRefused, { $0.presenceCode = World.otherCode }),
        (.evidenceRefused, { $0.presenceSigner = .numberAuthority }),
        (.evidenceRefused, { $0.authorityRefusal = Problem("login-refused", status: 403, title: "No.") }),
        (.loginUnavailable, { $0.authorityRefusal = .neighbourUnavailable }),
        (.loginUnavailable, { $0.coreRefusal = .busy }),
    ]

    @Test("without a presence of that code by the core there is no session", arguments: answers.indices)
    func noPresence(index: Int) async throws {
        try await withPortal(.sqlite) { (portal: World) async throws in
            let (refusal, change) = Self.answers[index]
            portal.set(change)
            let handle = try await portal.signed()
            await #expect(throws: refusal) {
                try await portal.service.signIn(handle: handle, cookieHash: World.cookie)
            }
            #expect(try await portal.count("SELECT count(*) AS n FROM account") == 0)
        }
    }

    @Test("with a neighbour down logging in is not possible now", arguments: ["linkage-core", "number-authority"])
    func down(name: String) async throws {
        try await withPortal(.sqlite) { (portal: World) async throws in
            let handle = try await portal.signed()
            portal.network.remove(name)
            await #expect(throws: PortalError.loginUnavailable) {
                try await portal.service.signIn(handle: handle, cookieHash: World.cookie)
            }
        }
    }
}
