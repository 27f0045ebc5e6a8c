import Contracts
import Foundation
import InstitutionKeys
import LinkageCore
import PersonCodes
import PortableSQL
import TestSupport
import Testing
import Values
import Wire

@Suite("Requests that come again, or at once")
struct RepeatTests {
    @Test("the same request within a minute gets the same permit, then none", arguments: TestEngine.available)
    func again(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            let token = try await world.sign(world.selfRequest(login), as: .portal)
            let first = try await world.permit(for: token, as: .portal)
            world.clock.advance(by: .seconds(59))
            let second = try await world.permit(for: token, as: .portal)
            #expect(first.digest == second.digest)
            world.clock.advance(by: .seconds(1))
            let over = try await world.refusal(PermitContract.request, RequestPermit(request: token), as: .portal)
            #expect(over == "permit-over")
            try await world.service.sweep()
            let swept = try await world.refusal(PermitContract.request, RequestPermit(request: token), as: .portal)
            #expect(swept == "permit-over")
            #expect(try await world.count(.exchange) == 1)
        }
    }

    @Test("another request under a used exchange id is refused for ever", arguments: TestEngine.available)
    func reused(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            let first = world.selfRequest(login)
            _ = try await world.permit(for: first)
            let other = world.selfRequest(login, kind: .household, exchange: first.exchange)
            #expect(try await world.refusal(of: other) == "exchange-reused")
            world.clock.advance(by: .seconds(900))
            let later = world.selfRequest(login, exchange: first.exchange)
            #expect(try await world.refusal(of: later) == "exchange-reused")
            #expect(try await world.count(.exchange) == 1)
            #expect(try await world.count(.refusedCall) == 2)
        }
    }

    @Test("two askers may use the same exchange id", arguments: TestEngine.available)
    func ofTwoAskers(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            let code = try await world.code(of: world.person(), at: world.pension)
            let first = world.selfRequest(login)
            #expect(try await world.refusal(of: first) == nil)
            #expect(try await world.refusal(of: world.agencyRequest(code, exchange: first.exchange)) == nil)
        }
    }

    @Test("fifty copies of one request at once make one entry and one permit", arguments: TestEngine.available)
    func sameAtOnce(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            let token = try await world.sign(world.selfRequest(login), as: .portal)
            let permits = try await atOnce { _ in try await world.permit(for: token, as: .portal) }
            #expect(Set(permits.map(\.digest)).count == 1)
            #expect(try await world.count(.exchange) == 1)
            #expect(try await world.count(.leaf) == 1)
        }
    }

    @Test("of fifty requests at once under one exchange id, one is permitted", arguments: TestEngine.available)
    func differentAtOnce(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            let exchange = ExchangeID.random()
            let kinds = InformationKind.all.map(\.id)
            let refusals = try await atOnce { index in
                try await world.refusal(of: world.selfRequest(login, kind: kinds[index], exchange: exchange))
            }
            #expect(refusals.filter { $0 == nil }.count == 1)
            #expect(refusals.filter { $0 == "exchange-reused" }.count == 49)
            #expect(try await world.count(.leaf) == 1)
        }
    }

    @Test(
        "running numbers of an asker have no gap, refusals included, at fifty at once", arguments: TestEngine.available)
    func runningNumbers(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            let code = try await world.code(of: world.person(), at: world.pension)
            let bad = ClauseCitation(clause: "none", affair: "a", procedure: "b")
            _ = try await atOnce { index in
                try await world.refusal(of: world.agencyRequest(code, citation: index % 3 == 0 ? bad : nil))
            }
            let other = try await world.code(of: world.person(2), at: world.pension)
            #expect(try await world.refusal(of: world.agencyRequest(other)) == nil)
            let entries = try await world.history(login.presence)
            #expect(entries.map(\.runningNumber).sorted() == Array(1...50))
            #expect(entries.filter { $0.outcome == .refused }.count == 17)
            #expect(Set(entries.map(\.recordedAt)).count == 50)
        }
    }

    @Test(
        "when the log cannot be written there is no permit, and the asker knows within two seconds",
        arguments: TestEngine.available)
    func logUnavailable(engine: TestEngine) async throws {
        try await withTestDatabase(engine) { place in
            let database = try place.open(limits: LinkageService.databaseLimits)
            let other = try place.open()
            let world = try await World(database)
            let login = try await world.login(world.person())
            _ = try await world.permit(for: world.selfRequest(login))
            try await whileHeld(other) {
                let request = world.selfRequest(login)
                let start = ContinuousClock.now
                let refusal = try await world.refusal(of: request)
                #expect(refusal == "log-unavailable")
                #expect(ContinuousClock.now - start < .seconds(2))
            }
            #expect(try await world.count(.exchange) == 1)
            await other.close()
            await database.close()
        }
    }

    /// Runs `body` while another connection holds the log's edge for four seconds.
    private func whileHeld(_ database: Database, _ body: @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await database.write { writer in
                    try writer.execute("UPDATE log_edge SET size = size")
                    Thread.sleep(forTimeInterval: 4)
                }
            }
            try await Task.sleep(for: .milliseconds(300))
            try await body()
            try await group.waitForAll()
        }
    }
}
