import AgencyRegister
import Contracts
import NumberContracts
import NumberValues
import PortableSQL
import Synchronization
import TestSupport
import Testing
import Values
import Wire

@Suite struct RecordTests {
    @Test("records go to the gateway after the link, the newest of each period", arguments: TestEngine.available)
    func copies(engine: TestEngine) async throws {
        try await withRegister(engine) { register in
            let id = try await register.service.enrol(number(), Register.items(), by: "clerk-1")
            for (year, value) in [(2025, "1"), (2026, "2"), (2025, "3")] {
                register.clock.advance(by: .seconds(1))
                try await register.service.keep(Register.document(year, value: value), of: number(), by: "clerk-1")
            }
            try await register.service.relay().deliverDue()
            #expect(
                register.neighbours.told == [
                    "open-acquisition", "submit-acquisition", "collect-code", "store-copy", "store-copy",
                ])
            register.clock.advance(by: .seconds(1))
            try await register.service.keep(Register.document(2026, value: "4"), of: number(), by: "clerk-1")
            try await register.service.relay().deliverDue()
            let copies = register.neighbours.state.withLock { $0.copies }
            #expect(copies.allSatisfy { $0.person == id })
            #expect(copies.map(\.document.items[0].value) == ["2", "3", "4"])
        }
    }

    @Test("a record of somebody whom the register does not know is not kept", arguments: TestEngine.available)
    func unknown(engine: TestEngine) async throws {
        try await withRegister(engine) { register in
            let document = try Register.document(2026)
            await #expect(throws: RegisterError.unknownPerson) {
                try await register.service.keep(document, of: number(), by: "clerk-1")
            }
            await #expect(throws: RegisterError.unknownPerson) {
                try await register.service.restrict(number(), .notDisclosed, by: "clerk-1")
            }
            let written = try await [
                register.count("SELECT count(*) AS n FROM agency_record"),
                register.count("SELECT count(*) AS n FROM outbox"),
                register.count("SELECT count(*) AS n FROM register_audit"),
            ]
            #expect(written == [0, 0, 0])
        }
    }

    @Test(
        "the flag that hides a person's copies is told before them, and lifted in order",
        arguments: TestEngine.available)
    func restriction(engine: TestEngine) async throws {
        try await withRegister(engine) { register in
            try await register.service.enrol(number(), Register.items(), by: "clerk-1")
            try await register.service.keep(Register.document(2026), of: number(), by: "clerk-1")
            register.clock.advance(by: .seconds(1))
            try await register.service.restrict(number(), .notDisclosed, by: "clerk-2")
            try await register.service.relay().deliverDue()
            #expect(
                register.neighbours.told == [
                    "open-acquisition", "restrict notDisclosed", "submit-acquisition", "collect-code", "store-copy",
                ])
            register.clock.advance(by: .seconds(1))
            try await register.service.restrict(number(), .disclosed, by: "clerk-3")
            try await register.service.relay().deliverDue()
            #expect(register.neighbours.told.last == "restrict disclosed")
            let acts = try await register.acts()
            #expect(
                acts == [
                    "entered by clerk-1", "recordKept by clerk-1", "restricted by clerk-2", "disclosed by clerk-3",
                ])
        }
    }

    @Test("changed items are taken over, and the person stays the same", arguments: TestEngine.available)
    func itemsChange(engine: TestEngine) async throws {
        try await withRegister(engine) { register in
            let first = try await register.service.enrol(number(), Register.items(), by: "clerk-1")
            let second = try await register.service.enrol(number(), Register.items("次郎"), by: "clerk-1")
            #expect(first == second)
            let person = try #require(try await register.service.person(under: number()))
            #expect(try person.items == Register.items("次郎") && person.id == first)
            #expect(try await register.service.person(under: number(2)) == nil)
        }
    }

    @Test("only the own registry enrols over the wire, once per key", arguments: TestEngine.available)
    func enrolment(engine: TestEngine) async throws {
        try await withRegister(engine) { register in
            let person = EnrolPerson(number: NumberField(number()), items: try Register.items())
            for caller in ["resident-registry-993018", "card-office", "number-authority"] {
                let client = EndpointClient(register.network.network(for: Caller(caller)))
                await #expect(throws: Problem.callerNotAllowed) {
                    try await client.call(RegisterContract.enrol, of: "agency-register", person, key: "k")
                }
            }
            let client = EndpointClient(register.network.network(for: Caller(Register.registry)))
            for _ in 0..<2 {
                _ = try await client.call(RegisterContract.enrol, of: "agency-register", person, key: "k")
            }
            await #expect(throws: Problem.keyMissing) {
                try await client.call(RegisterContract.enrol, of: "agency-register", person)
            }
            let acts = try await register.acts()
            #expect(acts == ["entered by \(Register.registry)"])
        }
    }

    @Test("digits that are no number are refused, and nothing is written")
    func malformed() async throws {
        try await withRegister(.sqlite) { register in
            let digits = try WireJSON.decode(NumberField.self, from: Array(#""000000000001""#.utf8))
            let client = EndpointClient(register.network.network(for: Caller(Register.registry)))
            let person = EnrolPerson(number: digits, items: try Register.items())
            let problem = await #expect(throws: Problem.self) {
                try await client.call(RegisterContract.enrol, of: "agency-register", person, key: "k")
            }
            #expect(problem?.code == "malformed-number")
            let persons = try await register.count("SELECT count(*) AS n FROM agency_person")
            #expect(persons == 0)
        }
    }
}
