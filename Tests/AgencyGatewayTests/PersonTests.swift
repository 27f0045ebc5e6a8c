import AgencyGateway
import Contracts
import PersonCodes
import PortableSQL
import TestSupport
import Testing
import Values
import Wire

@Suite("Persons at a gateway")
struct PersonTests {
    @Test("only the agency's own register may speak of its persons")
    func callers() async throws {
        try await withNation(.sqlite) { nation in
            let person = AgencyPersonID.random()
            let gateway = nation.city.gateway
            let copy = StoreCopy(person: person, document: try SmallNation.tax(2026))
            for caller in [
                nation.town.register, nation.pension.gateway, nation.city.gateway, .portal, .numberAuthority,
            ] {
                #expect(
                    try await nation.refusal(
                        AgencyContract.openAcquisition, of: gateway, OpenPersonAcquisition(person: person), as: caller)
                        == "caller-not-allowed")
                #expect(
                    try await nation.refusal(
                        AgencyContract.collectCode, of: gateway,
                        CollectPersonCode(person: person, acquisition: .random()), as: caller) == "caller-not-allowed")
                #expect(
                    try await nation.refusal(AgencyContract.storeCopy, of: gateway, copy, as: caller)
                        == "caller-not-allowed")
                #expect(
                    try await nation.refusal(
                        AgencyContract.restrict, of: gateway,
                        RestrictPerson(person: person, disclosure: .disclosed), as: caller) == "caller-not-allowed")
                #expect(
                    try await nation.refusal(
                        AgencyContract.inquire, of: gateway, nation.exemption(of: person), as: caller)
                        == "caller-not-allowed")
            }
        }
    }

    @Test("a code is collected once its point has come, and again without harm", arguments: TestEngine.available)
    func collect(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let person = AgencyPersonID.random()
            let opened = try await open(person, nation)
            let collect = CollectPersonCode(person: person, acquisition: opened)
            #expect(try await refusal(collect, nation) == "acquisition-not-completed")
            try await nation.complete(opened, nation.point())
            #expect(try await refusal(collect, nation) == nil)
            #expect(try await refusal(collect, nation) == nil)
            #expect(try await codeCount(nation) == 1)
        }
    }

    @Test("an acquisition that was not opened here for this person is gone", arguments: TestEngine.available)
    func foreign(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let person = AgencyPersonID.random()
            let opened = try await open(person, nation)
            try await nation.complete(opened, nation.point())
            let other = CollectPersonCode(person: .random(), acquisition: opened)
            let unknown = CollectPersonCode(person: person, acquisition: .random())
            #expect(try await refusal(other, nation) == "acquisition-gone")
            #expect(try await refusal(unknown, nation) == "acquisition-gone")
            nation.clock.advance(by: .seconds(600))
            let late = CollectPersonCode(person: person, acquisition: opened)
            #expect(try await refusal(late, nation) == "acquisition-gone")
            #expect(try await codeCount(nation) == 0)
        }
    }

    @Test("two persons of a register never share a code, and one never has two", arguments: TestEngine.available)
    func mixUps(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let person = try await nation.enrol(nation.point(), at: nation.city)
            let twin = AgencyPersonID.random()
            let shared = try await open(twin, nation)
            try await nation.complete(shared, nation.point())
            let sharing = CollectPersonCode(person: twin, acquisition: shared)
            #expect(try await refusal(sharing, nation) == "code-of-another-person")
            let second = try await open(person, nation)
            try await nation.complete(second, nation.point(2))
            let changing = CollectPersonCode(person: person, acquisition: second)
            #expect(try await refusal(changing, nation) == "person-has-another-code")
            #expect(try await codeCount(nation) == 1)
        }
    }

    @Test("fifty collections at once keep one code", arguments: TestEngine.available)
    func atOnceCollected(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let person = AgencyPersonID.random()
            let opened = try await open(person, nation)
            try await nation.complete(opened, nation.point())
            let collect = CollectPersonCode(person: person, acquisition: opened)
            let refusals = try await atOnce { _ in try await refusal(collect, nation) }
            #expect(refusals.allSatisfy { $0 == nil })
            #expect(try await codeCount(nation) == 1)
        }
    }

    @Test("codes are found before and after they were mixed", arguments: TestEngine.available)
    func mixed(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let person = try await nation.enrol(nation.point(), at: nation.pension)
            _ = try await nation.enrol(nation.point(2), at: nation.pension)
            #expect(try await nation.inquiryRefusal(nation.exemption(of: person)) == nil)
            #expect(try await nation.pension.service.mixCodes() == 2)
            #expect(try await nation.pension.service.mixCodes() == 0)
            #expect(try await nation.inquiryRefusal(nation.exemption(of: person)) == nil)
        }
    }

    @Test("a copy above 64 KiB is refused")
    func large() async throws {
        try await withNation(.sqlite) { nation in
            let person = AgencyPersonID.random()
            for (count, expected) in [(70_000, "copy-too-large" as String?), (60_000, nil)] {
                let document = try SmallNation.tax(2026, String(repeating: "a", count: count))
                let copy = StoreCopy(person: person, document: document)
                let refusal = try await nation.refusal(
                    AgencyContract.storeCopy, of: nation.city.gateway, copy, as: nation.city.register)
                #expect(refusal == expected)
            }
        }
    }

    private func open(_ person: AgencyPersonID, _ nation: SmallNation) async throws -> AcquisitionID {
        try await nation.call(
            AgencyContract.openAcquisition, of: nation.city.gateway, OpenPersonAcquisition(person: person),
            as: nation.city.register
        ).acquisition
    }

    private func refusal(_ collect: CollectPersonCode, _ nation: SmallNation) async throws -> String? {
        try await nation.refusal(
            AgencyContract.collectCode, of: nation.city.gateway, collect, as: nation.city.register)
    }

    private func codeCount(_ nation: SmallNation) async throws -> Int {
        try await nation.city.database.read { reader in
            try reader.row("SELECT count(*) AS n FROM code_incoming")?.int("n") ?? -1
        }
    }
}
