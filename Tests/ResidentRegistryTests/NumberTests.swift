import NumberValues
import PortableSQL
import ResidentRegistry
import Synchronization
import TestSupport
import Testing
import Values
import Wire

@Suite struct NumberTests {
    @Test("the number comes by the outbox, and then the register is told, once", arguments: TestEngine.available)
    func numberArrives(engine: TestEngine) async throws {
        try await withRegistry(engine) { registry in
            let code = randomCode(seed: 11)
            let (_, ids) = try await registry.service.moveIn(
                registry.moveIn([Registry.person(code: code)]), by: "clerk-1")
            #expect(try await registry.service.relay().deliverDue() == 2)
            let state = registry.neighbours.state.withLock { ($0.told, $0.numbers[code], $0.enrolled) }
            let resident = try #require(try await registry.service.resident(ids[0]))
            #expect(resident.number != nil && resident.number == state.1)
            #expect(state.0 == ["assign", "enrol"] && state.2 == [resident.number].compactMap { $0 })
            let events = try await registry.events(of: ids[0])
            #expect(events == ["move-in by clerk-1", "number-assigned by number-authority"])
            #expect(try await registry.service.relay().deliverDue() == 0)
            let bodies = try await registry.count("SELECT count(*) AS n FROM outbox WHERE body IS NOT NULL")
            #expect(bodies == 0, "a delivered message keeps nobody's items")
        }
    }

    @Test("while the authority is away the resident waits without a number", arguments: TestEngine.available)
    func authorityAway(engine: TestEngine) async throws {
        try await withRegistry(engine) { registry in
            let (_, ids) = try await registry.service.moveIn(registry.moveIn([Registry.person()]), by: "clerk-1")
            registry.network.remove("number-authority")
            #expect(try await registry.service.relay().deliverDue() == 0)
            #expect(try await registry.service.resident(ids[0])?.number == nil)
            registry.network.serve(registry.neighbours.authority, as: "number-authority")
            #expect(try await registry.service.relay().deliverDue() == 0, "it is not yet time to try again")
            registry.clock.advance(by: .seconds(1))
            #expect(try await registry.service.relay().deliverDue() == 2)
            #expect(try await registry.service.resident(ids[0])?.number != nil)
        }
    }

    @Test("an answer that was lost comes again, and is the same number", arguments: TestEngine.available)
    func lostAnswer(engine: TestEngine) async throws {
        try await withRegistry(engine) { registry in
            registry.neighbours.state.withLock { $0.lostAnswers = 1 }
            let (_, ids) = try await registry.service.moveIn(registry.moveIn([Registry.person()]), by: "clerk-1")
            #expect(try await registry.service.relay().deliverDue() == 0)
            registry.clock.advance(by: .seconds(1))
            #expect(try await registry.service.relay().deliverDue() == 2)
            let state = registry.neighbours.state.withLock { ($0.told, Array($0.numbers.values)) }
            #expect(state.0 == ["assign", "assign", "enrol"])
            #expect(try await [registry.service.resident(ids[0])?.number] == state.1)
        }
    }

    @Test("two relays at once take an answer over once", arguments: TestEngine.available)
    func twoRelays(engine: TestEngine) async throws {
        try await withRegistry(engine) { registry in
            let (_, ids) = try await registry.service.moveIn(registry.moveIn([Registry.person()]), by: "clerk-1")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask { _ = try await registry.service.relay().deliverDue() }
                }
                try await group.waitForAll()
            }
            try await registry.service.relay().deliverDue()
            #expect(try await registry.count("SELECT count(*) AS n FROM outbox") == 2)
            #expect(try await registry.events(of: ids[0]).count == 2)
        }
    }

    @Test("an answer that is no number is not taken, and holds nobody else up", arguments: TestEngine.available)
    func garbledAnswer(engine: TestEngine) async throws {
        try await withRegistry(engine) { registry in
            let bad = randomCode(seed: 21)
            registry.neighbours.state.withLock { $0.garbled = [bad] }
            let members = [try Registry.person(code: bad), try Registry.person(.spouse)]
            let (_, ids) = try await registry.service.moveIn(registry.moveIn(members), by: "clerk-1")
            #expect(try await registry.service.relay().deliverDue() == 2)
            #expect(try await registry.service.resident(ids[0])?.number == nil)
            #expect(try await registry.service.resident(ids[1])?.number != nil)
            registry.neighbours.state.withLock { $0.garbled = [] }
            registry.clock.advance(by: .seconds(1))
            try await registry.service.relay().deliverDue()
            #expect(try await registry.service.resident(ids[0])?.number != nil)
        }
    }
}
