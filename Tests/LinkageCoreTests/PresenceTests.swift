import Contracts
import InstitutionKeys
import LinkageCore
import PersonCodes
import TestSupport
import Testing
import Values
import Wire

@Suite("Presence")
struct PresenceTests {
    @Test("a presence states code, session and thirty minutes")
    func content() async throws {
        try await withWorld(.sqlite) { world in
            let login = try await world.login(world.person(), session: 9)
            let presence = try await world.directory.verify(login.presence, by: .linkageCore, at: World.start).content
            #expect(presence.code == login.code)
            #expect(presence.session.bytes == [UInt8](repeating: 9, count: 32))
            #expect(presence.purpose == "login")
            #expect(presence.expiresAt - presence.issuedAt == .seconds(1_800))
        }
    }

    @Test("after logout a presence opens nothing", arguments: TestEngine.available)
    func ended(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            _ = try await world.call(PresenceContract.end, EndPresence(presence: login.presence), as: .portal)
            _ = try await world.call(PresenceContract.end, EndPresence(presence: login.presence), as: .portal)
            #expect(try await use(login.presence, world) == "presence-ended")
            #expect(try await world.refusal(of: world.selfRequest(login)) == "presence-ended")
        }
    }

    @Test("the presence of one login is not ended by another's logout")
    func otherLogout() async throws {
        try await withWorld(.sqlite) { world in
            let first = try await world.login(world.person())
            let second = try await world.login(world.person())
            _ = try await world.call(PresenceContract.end, EndPresence(presence: second.presence), as: .portal)
            #expect(try await use(first.presence, world) == nil)
        }
    }

    @Test("after thirty minutes a presence opens nothing", arguments: TestEngine.available)
    func expired(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            world.clock.advance(by: .seconds(1_799))
            #expect(try await use(login.presence, world) == nil)
            world.clock.advance(by: .seconds(1))
            #expect(try await use(login.presence, world) == "presence-expired")
            #expect(try await world.refusal(of: world.selfRequest(login)) == "presence-expired")
            try await world.service.sweep()
            #expect(try await use(login.presence, world) == "presence-unknown")
        }
    }

    @Test("a presence that the core did not sign opens nothing")
    func foreignSignature() async throws {
        try await withWorld(.sqlite) { world in
            let login = try await world.login(world.person())
            let content = try await world.directory.verify(login.presence, by: .linkageCore, at: World.start).content
            let forged = try await world.sign(content, as: .portal)
            #expect(try await use(forged, world) == "presence-not-ours")
            #expect(try await world.refusal(of: world.selfRequest((login.code, forged))) == "presence-not-ours")
            let end = try await world.refusal(PresenceContract.end, EndPresence(presence: forged), as: .portal)
            #expect(end == "presence-not-ours")
        }
    }

    /// What a signed token says otherwise than the row.
    enum Change: String, CaseIterable, Sendable {
        case id, code, session, purpose, issuedAt, expiresAt
    }

    @Test("a signed presence that differs from its row in any field opens nothing", arguments: Change.allCases)
    func changed(change: Change) async throws {
        try await withWorld(.sqlite) { world in
            let login = try await world.login(world.person())
            let other = try await world.login(world.person(2), session: 6)
            let own = try await world.directory.verify(login.presence, by: .linkageCore, at: World.start).content
            let alien = try await world.directory.verify(other.presence, by: .linkageCore, at: World.start).content
            let token = try await world.sign(altered(own, alien, change), as: .linkageCore)
            let expected = change == .id ? "presence-unknown" : "presence-of-another"
            #expect(try await use(token, world) == expected)
        }
    }

    @Test("a presence of one person carries no request about another", arguments: TestEngine.available)
    func otherCode(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            let other = try await world.login(world.person(2))
            let request = world.selfRequest((other.code, login.presence))
            #expect(try await world.refusal(of: request) == "presence-of-another")
        }
    }

    @Test("nobody but the portal ends a presence or reads a history")
    func callers() async throws {
        try await withWorld(.sqlite) { world in
            let login = try await world.login(world.person())
            let end = EndPresence(presence: login.presence)
            let list = ListHistory(presence: login.presence, before: nil, limit: 10)
            for caller in [world.city, .numberAuthority] {
                #expect(try await world.refusal(PresenceContract.end, end, as: caller) == "caller-not-allowed")
                #expect(try await world.refusal(HistoryContract.list, list, as: caller) == "caller-not-allowed")
            }
        }
    }

    private func use(_ presence: PresenceToken, _ world: World) async throws -> String? {
        let list = ListHistory(presence: presence, before: nil, limit: 10)
        return try await world.refusal(HistoryContract.list, list, as: .portal)
    }

    private func altered(_ own: Presence, _ alien: Presence, _ change: Change) -> Presence {
        Presence(
            id: change == .id ? .random() : own.id, code: change == .code ? alien.code : own.code,
            session: change == .session ? alien.session : own.session,
            purpose: change == .purpose ? "sign" : own.purpose,
            issuedAt: change == .issuedAt ? own.issuedAt - .seconds(1) : own.issuedAt,
            expiresAt: change == .expiresAt ? own.expiresAt + .seconds(1) : own.expiresAt)
    }
}
