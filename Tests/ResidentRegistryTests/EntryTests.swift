import NumberValues
import PortableSQL
import TestSupport
import Testing
import Values

@testable import ResidentRegistry

@Suite struct EntryTests {
    @Test("a household that moves in is in the register at once, without numbers", arguments: TestEngine.available)
    func movesIn(engine: TestEngine) async throws {
        try await withRegistry(engine) { registry in
            let members = [try Registry.person(), try Registry.person(.child, born: "2020-05-05")]
            let (household, ids) = try await registry.service.moveIn(registry.moveIn(members), by: "clerk-1")
            #expect(ids.count == 2)
            for (id, member) in zip(ids, members) {
                let resident = try #require(try await registry.service.resident(id))
                #expect(resident.household == household && resident.number == nil)
                #expect(try resident.items == member.items(at: registry.address()))
                #expect(resident.relationship == member.relationship && resident.citizenship == .japanese)
                #expect(try resident.residentSince == CivilDate("2026-11-10"))
                #expect(try await registry.events(of: id) == ["move-in by clerk-1"])
            }
            #expect(try await registry.service.residents().map(\.id) == ids)
        }
    }

    @Test("a newborn is entered into her household, with her birth date as first day", arguments: TestEngine.available)
    func isBorn(engine: TestEngine) async throws {
        try await withRegistry(engine) { registry in
            let (household, _) = try await registry.service.moveIn(
                registry.moveIn([Registry.person()]), by: "clerk-1")
            let child = try Registry.person(.child, born: "2026-11-17")
            let id = try await registry.service.birth(Birth(household: household, child: child), by: "clerk-2")
            let resident = try #require(try await registry.service.resident(id))
            #expect(try resident.residentSince == CivilDate("2026-11-17") && resident.household == household)
            #expect(try await registry.events(of: id) == ["birth by clerk-2"])
        }
    }

    static let moveIns: [(RegistryError, @Sendable (Registry) throws -> MoveIn)] = [
        (
            .addressElsewhere,
            { registry in
                let elsewhere = try registry.address(MunicipalityCode(fiveDigits: "99301"))
                return try MoveIn(
                    address: elsewhere, members: [Registry.person()], movedOn: CivilDate("2026-11-10"))
            }
        ),
        (.householdSize, { try $0.moveIn([]) }),
        (
            .householdSize,
            { registry in
                let others = try (0..<50).map { _ in try Registry.person(.cohabitant) }
                return try registry.moveIn([Registry.person()] + others)
            }
        ),
        (.headOfHousehold, { try $0.moveIn([Registry.person(.child)]) }),
        (.headOfHousehold, { try $0.moveIn([Registry.person(), Registry.person()]) }),
        (.dateInFuture, { try $0.moveIn([Registry.person()], on: "2026-11-19") }),
        (
            .bornAfterEvent,
            {
                try $0.moveIn([Registry.person(), Registry.person(.child, born: "2026-11-11")])
            }
        ),
        (
            .codeTwice,
            { registry in
                let code = randomCode(seed: 3)
                return try registry.moveIn([Registry.person(code: code), Registry.person(.spouse, code: code)])
            }
        ),
    ]

    @Test(
        "a move-in that does not hold is refused, and nothing is written", arguments: TestEngine.available,
        moveIns.indices)
    func refusedMoveIn(engine: TestEngine, index: Int) async throws {
        try await withRegistry(engine) { registry in
            let (refusal, moveIn) = Self.moveIns[index]
            await #expect(throws: refusal) {
                try await registry.service.moveIn(moveIn(registry), by: "clerk-1")
            }
            let written = try await registry.written()
            #expect(written == [0, 0, 0, 0])
        }
    }

    @Test("the largest household and a move of today are entered")
    func largestHousehold() async throws {
        try await withRegistry(.sqlite) { registry in
            let others = try (0..<49).map { _ in try Registry.person(.cohabitant) }
            let (_, ids) = try await registry.service.moveIn(
                registry.moveIn([Registry.person()] + others, on: "2026-11-18"), by: "clerk-1")
            #expect(ids.count == 50)
        }
    }

    static let births: [(RegistryError, @Sendable (HouseholdID) throws -> Birth)] = [
        (
            .unknownHousehold,
            { _ in
                Birth(household: .random(), child: try Registry.person(.child, born: "2026-11-17"))
            }
        ),
        (.headOfHousehold, { Birth(household: $0, child: try Registry.person(born: "2026-11-17")) }),
        (.dateInFuture, { Birth(household: $0, child: try Registry.person(.child, born: "2026-11-19")) }),
        (
            .codeTwice,
            {
                Birth(
                    household: $0,
                    child: try Registry.person(.child, born: "2026-11-17", code: randomCode(seed: 4)))
            }
        ),
    ]

    @Test(
        "a birth that does not hold is refused, and nothing is written", arguments: TestEngine.available,
        births.indices)
    func refusedBirth(engine: TestEngine, index: Int) async throws {
        try await withRegistry(engine) { registry in
            let (household, _) = try await registry.service.moveIn(
                registry.moveIn([Registry.person()]), by: "clerk-1")
            let before = try await registry.written()
            let (refusal, birth) = Self.births[index]
            await #expect(throws: refusal) { try await registry.service.birth(birth(household), by: "clerk-1") }
            #expect(try await registry.written() == before)
        }
    }

    @Test("a resident code that is in the register is not entered again", arguments: TestEngine.available)
    func codeInUse(engine: TestEngine) async throws {
        try await withRegistry(engine) { registry in
            let code = randomCode(seed: 5)
            _ = try await registry.service.moveIn(registry.moveIn([Registry.person(code: code)]), by: "clerk-1")
            let before = try await registry.written()
            await #expect(throws: RegistryError.codeTwice) {
                try await registry.service.moveIn(
                    registry.moveIn([Registry.person(), Registry.person(.spouse, code: code)]), by: "clerk-1")
            }
            #expect(try await registry.written() == before)
        }
    }

    @Test("of 50 entries of one code at once exactly one is made", arguments: TestEngine.available)
    func oneOfFifty(engine: TestEngine) async throws {
        try await withRegistry(engine) { registry in
            let moveIn = try registry.moveIn([Registry.person(code: randomCode(seed: 6))])
            let entered = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<50 {
                    group.addTask { (try? await registry.service.moveIn(moveIn, by: "clerk-1")) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(entered == 1)
            #expect(try await registry.written() == [1, 1, 1, 1])
        }
    }

    @Test("the schema, too, lets a household have one head only", arguments: TestEngine.available)
    func oneHead(engine: TestEngine) async throws {
        try await withRegistry(engine) { registry in
            let (household, _) = try await registry.service.moveIn(
                registry.moveIn([Registry.person()]), by: "clerk-1")
            let items = try Registry.person().items(at: registry.address())
            let second = Resident(
                id: .random(), household: household, code: randomCode(seed: 7), number: nil, items: items,
                relationship: .head, citizenship: .japanese, residentSince: try CivilDate("2026-11-10"))
            let error = await #expect(throws: SQLError.self) {
                try await registry.database.write { try $0.insert(second) }
            }
            #expect(error?.code == .uniqueViolation)
        }
    }

    @Test("an unknown resident is nobody, and nobody's record shows itself")
    func redaction() async throws {
        try await withRegistry(.sqlite) { registry in
            #expect(try await registry.service.resident(.random()) == nil)
            let (_, ids) = try await registry.service.moveIn(registry.moveIn([Registry.person()]), by: "clerk-1")
            let resident = try #require(try await registry.service.resident(ids[0]))
            var dumped = ""
            dump(resident, to: &dumped)
            dump(try Registry.person(), to: &dumped)
            for shown in ["\(resident)", String(reflecting: resident), dumped] {
                #expect(!shown.contains("住基") && !shown.contains("1990"))
            }
        }
    }
}
