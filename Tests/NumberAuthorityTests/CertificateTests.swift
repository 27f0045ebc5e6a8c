import Contracts
import NumberContracts
import NumberValues
import TestSupport
import Testing
import Values
import Wire

@Suite struct CertificateTests {
    @Test("a certificate is registered once, and a repeat changes nothing", arguments: TestEngine.available)
    func repeated(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            let holder = try await authority.enterHolder()
            #expect(try await authority.register(Cards.shared.get().holder, of: holder.number) == nil)
            #expect(try await authority.count("SELECT count(*) AS n FROM held_certificate") == 1)
            let acts = try await authority.acts().filter { $0.hasPrefix("certificate") }
            #expect(acts == ["certificate-registered by card-office"])
        }
    }

    @Test("somebody else's certificate is not registered", arguments: TestEngine.available)
    func takenByOther(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            _ = try await authority.enterHolder()
            let other = try await authority.enter(code(2))
            #expect(try await authority.register(Cards.shared.get().holder, of: other) == "certificate-taken")
        }
    }

    @Test("a replaced certificate is never registered again, by nobody", arguments: TestEngine.available)
    func replacedStays(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            let cards = try Cards.shared.get()
            let holder = try await authority.enterHolder()
            #expect(try await authority.register(cards.other, of: holder.number, replaces: cards.holder) == nil)
            let other = try await authority.enter(code(2))
            #expect(try await authority.register(cards.holder, of: holder.number) == "certificate-taken")
            #expect(try await authority.register(cards.holder, of: other) == "certificate-taken")
        }
    }

    @Test("replacing somebody else's certificate ends nothing", arguments: TestEngine.available)
    func replacingOthers(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            let cards = try Cards.shared.get()
            _ = try await authority.enterHolder()
            let other = try await authority.enter(code(2))
            _ = try await authority.register(cards.other, of: other, replaces: cards.holder)
            let login = PresentLogin(acquisition: .random(), evidence: try authority.evidence())
            #expect(try await authority.refusal(AcquisitionContract.presentLogin, login, as: "portal") == nil)
        }
    }

    @Test("a certificate of nobody's number is not registered", arguments: TestEngine.available)
    func unknownNumber(engine: TestEngine) async throws {
        try await withAuthority(engine) { (authority: Authority) async throws in
            #expect(try await authority.register(Cards.shared.get().holder, of: numbers(1)[0]) == "unknown-number")
        }
    }
}
