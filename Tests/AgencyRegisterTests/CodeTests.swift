import AgencyRegister
import Contracts
import NumberValues
import PortableSQL
import Synchronization
import TestSupport
import Testing
import Values
import Wire

@Suite struct CodeTests {
    @Test("three messages, in order, make a person's link", arguments: TestEngine.available)
    func threeMessages(engine: TestEngine) async throws {
        try await withRegister(engine) { register in
            let id = try await register.service.enrol(number(), Register.items(), by: "clerk-1")
            #expect(try await register.link(number()) == .opening)
            #expect(try await register.service.relay().deliverDue() == 3)
            #expect(register.neighbours.told == ["open-acquisition", "submit-acquisition", "collect-code"])
            let state = register.neighbours.state.withLock { ($0.acquisitions, $0.numbers) }
            #expect(Array(state.0.values) == [id] && Array(state.1.values) == [number()])
            #expect(Array(state.0.keys) == Array(state.1.keys))
            #expect(try await register.link(number()) == .linked)
            #expect(try await register.service.linkCounts() == [.linked: 1])
        }
    }

    @Test("each message that is refused for now waits, and the rest with it", arguments: TestEngine.available)
    func waits(engine: TestEngine) async throws {
        try await withRegister(engine) { register in
            let steps: [(String, LinkState)] = [
                ("open-acquisition", .opening), ("submit-acquisition", .submitted), ("collect-code", .collecting),
            ]
            for (act, _) in steps { register.neighbours.refuse(act, .busy) }
            try await register.service.enrol(number(), Register.items(), by: "clerk-1")
            for (act, state) in steps {
                try await register.service.relay().deliverDue()
                #expect(register.neighbours.told.last == act)
                #expect(try await register.link(number()) == state)
                register.clock.advance(by: .seconds(2))
            }
            try await register.service.relay().deliverDue()
            #expect(try await register.link(number()) == .linked)
            #expect(register.neighbours.state.withLock { $0.acquisitions.count } == 1)
        }
    }

    @Test(
        "an acquisition that is over is opened anew", arguments: TestEngine.available,
        ["submit-acquisition", "collect-code"])
    func expired(engine: TestEngine, act: String) async throws {
        try await withRegister(engine) { register in
            register.neighbours.refuse(act, .acquisitionGone)
            try await register.service.enrol(number(), Register.items(), by: "clerk-1")
            try await register.service.relay().deliverDue()
            let told = register.neighbours.told
            #expect(told.filter { $0 == "open-acquisition" }.count == 2 && told.last == "collect-code")
            #expect(register.neighbours.state.withLock { $0.acquisitions.count } == 2)
            #expect(try await register.link(number()) == .linked)
            #expect(try await register.count("SELECT count(*) AS n FROM outbox WHERE delivered_at IS NULL") == 0)
        }
    }

    @Test("two relays at once walk a person through once", arguments: TestEngine.available)
    func twoRelays(engine: TestEngine) async throws {
        try await withRegister(engine) { register in
            try await register.service.enrol(number(), Register.items(), by: "clerk-1")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { _ = try await register.service.relay().deliverDue() } }
                try await group.waitForAll()
            }
            register.clock.advance(by: .seconds(2))
            try await register.service.relay().deliverDue()
            #expect(try await register.link(number()) == .linked)
            #expect(try await register.count("SELECT count(*) AS n FROM outbox") == 3)
        }
    }

    @Test("of 50 entries of one number at once there is one person", arguments: TestEngine.available)
    func fifty(engine: TestEngine) async throws {
        try await withRegister(engine) { register in
            let items = try Register.items()
            let ids = try await withThrowingTaskGroup(of: AgencyPersonID.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await register.service.enrol(number(), items, by: "clerk-1") }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await register.count("SELECT count(*) AS n FROM outbox") == 1)
        }
    }
}
