import CardReader
import Contracts
import DemoNation
import Foundation
import InstitutionKeys
import LinkageCore
import PortableSQL
import Portal
import ResidentRegistry
import TestSupport
import Testing
import Values
import VerifiableLog

@testable import Nation

extension WholeNation {
    @Suite("Journeys")
    struct JourneyTests {}
}

extension WholeNation.JourneyTests {
    @Test("a citizen logs in with her card and reads the eighteen items of her local tax")
    func ownLocalTax() async throws {
        try await withNation { world in
            let citizen = try await world.logIn("hanako")
            let provider = try #require(try world.portal.providers(of: .localTax, for: citizen).first)
            #expect(try provider.gateway == .agencyGateway(AgencyBody(Demo.shiomi)))
            let answer = try await world.portal.ownInformation(
                .localTax, period: Demo.period, from: provider.gateway, for: citizen)
            guard case .documents(let documents) = answer, let document = documents.first else {
                Issue.record("no document")
                return
            }
            #expect(documents.count == 1)
            #expect(document.items.count == 18)
            #expect(document.items.first { $0.code == LocalTaxItem.salaryReceived.code }?.value == "4150000")
        }
    }

    @Test("her history shows that exchange, and its proof checks, also offline with the public key file alone")
    func history() async throws {
        try await withNation { world in
            let citizen = try await world.logIn("hanako")
            let gateway = try Demo.gateway(Demo.shiomi.text)
            _ = try await world.portal.ownInformation(.localTax, period: Demo.period, from: gateway, for: citizen)
            try await world.nation.linkageCore?.publishCheckpoint()
            let entries = try await world.portal.history(of: citizen)
            let entry = try #require(entries.first)
            #expect(entries.count == 1)
            #expect(entry.asker == .portal && entry.provider == gateway && entry.kind == .localTax)
            #expect(entry.outcome == .permitted && entry.runningNumber == 1)
            let checked = try await world.portal.check(entry.exchange, by: .portal, for: citizen)
            #expect(checked.report.isValid, "\(checked.report)")
            let key = try NoteVerifier(
                verifierKey: String(decoding: world.folder.read(world.folder.logKeyFile), as: UTF8.self))
            let file = try ProofBundle(json: checked.bundle.json())
            #expect(file.verify(with: key, origin: key.name).isValid)
            let stranger = try LogKey.random(name: key.name).verifier
            #expect(!file.verify(with: stranger, origin: key.name).isValid)
        }
    }

    @Test("a person under a protection measure is not disclosed")
    func notDisclosed() async throws {
        try await withNation { world in
            let citizen = try await world.logIn("haruka")
            let answer = try await world.portal.ownInformation(
                .localTax, period: Demo.period, from: Demo.gateway(Demo.shiomi.text), for: citizen)
            #expect(answer == .notDisclosed)
        }
    }

    @Test("what an agency does not hold is said to be not held")
    func notHeld() async throws {
        try await withNation { world in
            let citizen = try await world.logIn("hikari")
            let answer = try await world.portal.ownInformation(
                .localTax, period: Demo.period, from: Demo.gateway(Demo.shiomi.text), for: citizen)
            #expect(answer == .notHeld)
        }
    }

    @Test("a newborn has no card yet; a locked card and a wrong PIN sign nothing")
    func cards() async throws {
        try await withNation { world in
            let error = await #expect(throws: CardError.self) { try await world.logIn("tsumugi") }
            #expect(error?.code == .noCard)
            await #expect(throws: CardRefusal(result: .locked)) { try await world.logIn("shizuka") }
            await #expect(throws: CardRefusal(result: .wrong(triesLeft: 2))) {
                try await world.logIn("hanako", pin: "4321")
            }
        }
    }

    @Test("a certificate that ends tomorrow opens today, and nothing two days on")
    func expiring() async throws {
        try await withNation { world in
            _ = try await world.logIn("makoto")
            world.clock.advance(.seconds(2 * 86_400))
            await #expect(throws: PortalError.evidenceRefused) { try await world.logIn("makoto") }
            _ = try await world.logIn("hanako")
        }
    }

    @Test(
        "a provider that is down, or twenty seconds late, is unavailable within its ten seconds",
        arguments: [
            ("health", "3-1"), ("employment", "6-1"),
        ])
    func providerFaults(body: String, number: String) async throws {
        try await withNation { world in
            let citizen = try await world.logIn("hanako")
            let kind = try #require(InformationKind.of(number)?.id)
            let provider = try #require(try world.portal.providers(of: kind, for: citizen).first)
            #expect(try provider.gateway == Demo.gateway(body))
            let clock = ContinuousClock()
            let start = clock.now
            await #expect(throws: PortalError.providerUnavailable) {
                try await world.portal.ownInformation(kind, period: .all, from: provider.gateway, for: citizen)
            }
            #expect(clock.now - start < .seconds(14))
        }
    }

    @Test("after logout nothing is answered, and half an hour after login neither")
    func logout() async throws {
        try await withNation { world in
            let gateway = try Demo.gateway(Demo.shiomi.text)
            let first = try await world.logIn("hanako")
            try await world.portal.signOut(first)
            let second = try await world.logIn("taro")
            world.clock.advance(.seconds(31 * 60))
            for citizen in [first, second] {
                await #expect(throws: PortalError.presenceOver) {
                    try await world.portal.ownInformation(.localTax, period: Demo.period, from: gateway, for: citizen)
                }
                await #expect(throws: PortalError.presenceOver) { try await world.portal.history(of: citizen) }
            }
        }
    }

    @Test("two citizens at once never see each other's records")
    func together() async throws {
        try await withNation { world in
            let salaries = ["taro": "6200000", "hanako": "4150000"]
            let gateway = try Demo.gateway(Demo.shiomi.text)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (slug, salary) in salaries {
                    group.addTask {
                        for _ in 0..<6 {
                            let citizen = try await world.logIn(slug)
                            let seen = try await world.salary(of: citizen, from: gateway)
                            #expect(seen == salary)
                            let subjects = try await world.portal.history(of: citizen, limit: 100).map(\.subject)
                            #expect(try Set(subjects) == [OpenedSession(citizen).code])
                            try await world.portal.signOut(citizen)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("the same seed gives the same residents and numbers, another seed others")
    func seeds() async throws {
        let first = try await Census(of: DemoTemplate.shared.folder())
        for (seed, isSame) in [(DemoConfiguration.defaultSeed, true), (DemoConfiguration.defaultSeed + 1, false)] {
            let folder = try await DemoTemplate.make(seed: seed, RecordedWire(), CapturedLog())
            defer { try? FileManager.default.removeItem(at: folder.root) }
            let other = try await Census(of: folder)
            #expect(other.persons == first.persons)
            #expect((other.numbers == first.numbers) == isSame)
            #expect(Set(other.numbers).isDisjoint(with: first.numbers) == !isSame)
        }
        #expect(first.numbers.count == 12)
    }
}

extension TestNation {
    /// The salary that a citizen's local tax record states.
    func salary(of citizen: SignedInCitizen, from gateway: InstitutionID) async throws -> String? {
        let answer = try await portal.ownInformation(.localTax, period: Demo.period, from: gateway, for: citizen)
        guard case .documents(let documents) = answer else { return nil }
        return documents.first?.items.first { $0.code == LocalTaxItem.salaryReceived.code }?.value
    }
}

/// What must follow from the seed: residents, and the numbers in the authority's own rows.
private struct Census {
    let persons: [String]
    let numbers: [String]

    init(of folder: NationFolder) async throws {
        let log = CapturedLog()
        let nation = try await NationInstitutions.open(
            folder, clock: FixedClock(DemoConfiguration.defaultDay.firstInstant), makeLogger: { log.logger($0.text) })
        var persons: [String] = []
        for registry in nation.registries.values {
            persons += try await registry.residents().map { "\($0.items.name.full) \($0.items.birthDate.text)" }
        }
        self.persons = persons.sorted()
        let database = try #require(nation.databases[.numberAuthority])
        numbers = try await database.read { reader in
            try reader.rows("SELECT individual_number FROM assigned_number ORDER BY individual_number")
                .map { try $0.text("individual_number") }
        }
        await nation.close()
    }
}
