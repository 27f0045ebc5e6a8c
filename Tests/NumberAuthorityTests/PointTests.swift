import Contracts
import JPKIValidation
import NumberContracts
import NumberValues
import PKI
import Synchronization
import TestSupport
import Testing
import Values
import Wire

extension Authority {
    /// What the holder's card signs, with one thing changed.
    func evidence(
        audience: String = "number-authority", relyingParty: String = "portal", origin: String = Authority.origin,
        purpose: String = "login", nonce: UInt8 = 5, at time: Instant = Authority.start, key: CAKey? = nil,
        certificate: ParsedCertificate? = nil
    ) throws -> LoginEvidence {
        let challenge = try LoginChallenge(
            audience: audience, relyingParty: relyingParty, origin: origin, purpose: purpose,
            nonce: [UInt8](repeating: nonce, count: 32), time: time)
        return try LoginEvidence(
            challenge: challenge, signature: (key ?? Keys.holder.get()).sign(challenge.bytes),
            certificate: UnverifiedUserCertificate(der: (certificate ?? Cards.shared.get().holder).der))
    }

    func present(_ evidence: LoginEvidence, for acquisition: AcquisitionID = .random()) async throws -> String? {
        try await refusal(
            AcquisitionContract.presentLogin, PresentLogin(acquisition: acquisition, evidence: evidence), as: "portal")
    }

    func submit(_ number: IndividualNumber, for acquisition: AcquisitionID) async throws -> String? {
        try await refusal(
            NumberContract.submitAcquisition,
            SubmitAcquisition(acquisition: acquisition, number: NumberField(number)), as: "agency-register-pension")
    }
}

@Suite struct PointTests {
    @Test("one person is one point, by number or by card, and another person another", arguments: TestEngine.available)
    func onePoint(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            let holder = try await authority.enterHolder()
            let other = try await authority.enter(code(2))
            let acquisitions = (0..<4).map { _ in AcquisitionID.random() }
            #expect(try await authority.submit(holder.number, for: acquisitions[0]) == nil)
            #expect(try await authority.submit(holder.number, for: acquisitions[1]) == nil)
            #expect(try await authority.present(authority.evidence(), for: acquisitions[2]) == nil)
            #expect(try await authority.submit(other, for: acquisitions[3]) == nil)
            let points = acquisitions.map { authority.point(under: $0) }
            #expect(try points[0] == authority.point(of: holder.code))
            #expect(points[0] == points[1] && points[1] == points[2])
            #expect(try points[3] == authority.point(of: code(2)) && points[3] != points[0])
        }
    }

    @Test("nobody's number makes no point", arguments: TestEngine.available)
    func unknownNumber(engine: TestEngine) async throws {
        try await withAuthority(engine) { (authority: Authority) async throws in
            #expect(try await authority.submit(numbers(1)[0], for: .random()) == "unknown-number")
            #expect(authority.neighbours.points.withLock { $0.isEmpty })
        }
    }

    @Test("the core's refusal reaches who asked", arguments: TestEngine.available)
    func coreRefuses(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            let holder = try await authority.enterHolder()
            authority.neighbours.refusal.withLock { $0 = .acquisitionGone }
            #expect(try await authority.submit(holder.number, for: .random()) == "acquisition-gone")
            #expect(try await authority.present(authority.evidence()) == "acquisition-gone")
        }
    }

    static let others: [@Sendable (Authority) throws -> LoginEvidence] = [
        { try $0.evidence(audience: "portal") }, { try $0.evidence(relyingParty: "other") },
        { try $0.evidence(origin: "http://portal.localhost:8081") }, { try $0.evidence(purpose: "transfer") },
        { try $0.evidence(at: Authority.start - .seconds(300)) },
        { try $0.evidence(at: Authority.start + .seconds(61)) }, { try $0.evidence(key: Keys.other.get()) },
        { try $0.evidence(certificate: Cards.shared.get().other) },
    ]

    @Test(
        "evidence for another audience, party, origin or purpose, old or of another key is refused",
        arguments: TestEngine.available, others.indices)
    func otherEvidence(engine: TestEngine, index: Int) async throws {
        try await withAuthority(engine) { authority in
            _ = try await authority.enterHolder()
            #expect(try await authority.present(Self.others[index](authority)) == "login-refused")
            #expect(authority.neighbours.points.withLock { $0.isEmpty })
            #expect(try await authority.count("SELECT count(*) AS n FROM presented_login") == 0)
        }
    }

    @Test("a certificate that nobody holds, or that was replaced, opens nothing", arguments: TestEngine.available)
    func unknownCertificate(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            let cards = try Cards.shared.get()
            let other = try authority.evidence(key: Keys.other.get(), certificate: cards.other)
            #expect(try await authority.present(other) == "unknown-certificate")
            let holder = try await authority.enterHolder()
            _ = try await authority.register(cards.other, of: holder.number, replaces: cards.holder)
            #expect(try await authority.present(authority.evidence()) == "unknown-certificate")
            #expect(try await authority.present(other) == nil)
        }
    }

    @Test(
        "a revoked card is refused, and an unknown status leaves the login to be tried again",
        arguments: TestEngine.available)
    func status(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            _ = try await authority.enterHolder()
            authority.network.remove("jpki")
            #expect(try await authority.present(authority.evidence()) == "status-unavailable")
            authority.network.serve(authority.neighbours.jpki(authority.clock), as: "jpki")
            #expect(try await authority.present(authority.evidence()) == nil)
            let serial = try Cards.shared.get().holder.serial.bytes
            authority.neighbours.revoked.withLock { _ = $0.insert(serial) }
            #expect(try await authority.present(authority.evidence(nonce: 6)) == "login-refused")
        }
    }

    @Test(
        "a login counts for one acquisition, and for that one as often as it is sent",
        arguments: TestEngine.available)
    func reused(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            _ = try await authority.enterHolder()
            let evidence = try authority.evidence()
            let acquisition = AcquisitionID.random()
            authority.network.remove("linkage-core")
            #expect(try await authority.present(evidence, for: acquisition) == "neighbour-unavailable")
            authority.network.serve(authority.neighbours.core(), as: "linkage-core")
            #expect(try await authority.present(evidence, for: acquisition) == nil)
            #expect(try await authority.present(evidence, for: acquisition) == nil)
            #expect(try await authority.present(evidence) == "login-used")
            let acts = try await authority.acts().filter { $0.hasPrefix("acquisition") }
            #expect(acts == ["acquisition-login by portal"])
        }
    }

    @Test("of 50 acquisitions at once one login completes exactly one", arguments: TestEngine.available)
    func oneOfFifty(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            _ = try await authority.enterHolder()
            let evidence = try authority.evidence()
            let refusals = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<50 { group.addTask { try await authority.present(evidence) } }
                return try await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(refusals.filter { $0 == nil }.count == 1)
            #expect(refusals.filter { $0 == "login-used" }.count == 49)
            #expect(authority.neighbours.points.withLock { $0.count } == 1)
        }
    }
}
