import AgencyRegister
import CardChip
import CardOffice
import CardReader
import Contracts
public import Foundation
public import Logging
public import Nation
import NumberValues
import ResidentRegistry
import Synchronization
public import Values

/// Makes the demo nation: its personas live through the same calls as everybody, on a clock that is moved by hand.
///
/// Residents, codes, numbers, records and events follow from seed and first day; keys are fresh each time.
public struct DemoNation: Sendable {
    private let folder: NationFolder
    private let nation: NationInstitutions
    private let clock: HandClock
    private let day: CivilDate
    private let progress: @Sendable (String) -> Void

    /// How many days before the first day the first card was delivered, so that its certificate ends tomorrow.
    static let daysSinceFirstCard = 1561
    static let actor = "demo"

    /// Makes a whole nation in an empty folder.
    ///
    /// - Parameters:
    ///   - opening: how the institutions are opened; its faults and draws are the demo nation's own.
    ///   - wall: the wall clock's time, for the certificates of TLS.
    ///   - progress: told each step in a few English words.
    public static func create(
        at root: URL, _ configuration: NationConfiguration, _ opening: NationOpening = NationOpening(), wall: Instant,
        makeLogger: @escaping @Sendable (InstitutionID) -> Logger, progress: @escaping @Sendable (String) -> Void
    ) async throws -> NationFolder {
        progress("making keys")
        let folder = try await NationFolder.create(configuration, at: root, wall: wall)
        do {
            try await populate(folder, configuration, opening, makeLogger, progress)
        } catch {
            try? FileManager.default.removeItem(at: root)
            throw error
        }
        return folder
    }

    private static func populate(
        _ folder: NationFolder, _ configuration: NationConfiguration, _ opening: NationOpening,
        _ makeLogger: @escaping @Sendable (InstitutionID) -> Logger, _ progress: @escaping @Sendable (String) -> Void
    ) async throws {
        let clock = HandClock(configuration.referenceDate.firstInstant)
        var opening = opening
        opening.faults = false
        opening.seed = configuration.seed
        let nation = try await NationInstitutions.open(folder, clock: clock, opening, makeLogger: makeLogger)
        let demo = DemoNation(
            folder: folder, nation: nation, clock: clock, day: configuration.referenceDate, progress: progress)
        do {
            try await demo.live()
            await nation.close()
        } catch {
            await nation.close()
            throw error
        }
    }

    private func live() async throws {
        for household in try DemoPersonas.households(on: day).sorted(by: { $0.movedInDaysBefore > $1.movedInDaysBefore }
        ) {
            try await moveIn(household)
        }
        clock.set(day.firstInstant + .seconds(9 * 3600))
        for household in try DemoPersonas.households(on: day) {
            for persona in household.members { try await record(persona, in: household.municipality) }
        }
        try await nation.settle()
        try writeLabels()
    }

    // MARK: Residents

    private func moveIn(_ household: DemoHousehold) async throws {
        progress("entering \(household.members.count) residents, household of \(household.members[0].latinName)")
        guard let registry = nation.registries[household.municipality] else {
            throw DemoNationError.institutionMissing
        }
        let moved = day.adding(days: -household.movedInDaysBefore)
        clock.set(moved.firstInstant + .seconds(10 * 3600))
        let adults = household.members.filter { $0.fate != .newborn }
        let (id, _) = try await registry.moveIn(
            MoveIn(
                address: Address(text: household.address, municipality: household.municipality),
                members: adults.map(\.newResident), movedOn: moved), by: Self.actor)
        try await nation.settle()
        for persona in adults { try await deliver(to: persona, registry) }
        for persona in household.members where persona.fate == .newborn {
            clock.set(persona.birthDate.firstInstant + .seconds(15 * 3600))
            _ = try await registry.birth(Birth(household: id, child: persona.newResident), by: Self.actor)
            try await nation.settle()
        }
    }

    private func number(of persona: Persona, _ registry: ResidentRegistryService) async throws -> IndividualNumber {
        let resident = try await registry.residents().first {
            $0.items.name == persona.name && $0.items.birthDate == persona.birthDate
        }
        guard let number = resident?.number else { throw DemoNationError.numberMissing }
        return number
    }

    // MARK: Cards

    private func deliver(to persona: Persona, _ registry: ResidentRegistryService) async throws {
        progress("making a card: \(persona.latinName)")
        guard let office = nation.cardOffice else { throw DemoNationError.institutionMissing }
        let pins = try CardPins(
            authentication: Pin(DemoPersonas.pin, for: .authentication),
            signature: Pin(DemoPersonas.password, for: .signature))
        let card = try await office.deliver(to: number(of: persona, registry), pins: pins, by: Self.actor)
        try await nation.settle()
        let store = try CardStore.create(card.chip, folder: folder.wallet, name: persona.slug)
        if persona.fate == .pinLocked { try lock(store) }
    }

    /// Types a wrong PIN until there are no tries left, as the persona did.
    private func lock(_ store: CardStore) throws {
        let card = try JPKICard(InMemoryTransport(store))
        let wrong = try Pin("0000", for: .authentication)
        while try card.verify(wrong) != .locked {}
    }

    private func writeLabels() throws {
        let personas = try DemoPersonas.households(on: day).flatMap(\.members).filter { $0.fate != .newborn }
        let labels = WalletLabels(cards: personas.map { .init(name: $0.slug, label: $0.name.spaced) })
        try folder.writeSecret(Array(JSONEncoder().encode(labels)), to: folder.wallet.appending(path: "wallet.json"))
    }

    // MARK: Records

    private func record(_ persona: Persona, in municipality: MunicipalityCode) async throws {
        guard let registry = nation.registries[municipality],
            let register = try nation.registers[.agencyRegister(AgencyBody(municipality))]
        else { throw DemoNationError.institutionMissing }
        let number = try await number(of: persona, registry)
        if let salary = persona.salary {
            try await register.keep(LocalTaxRecord.document(salary: salary, on: day), of: number, by: Self.actor)
        }
        if persona.fate == .notDisclosed { try await register.restrict(number, .notDisclosed, by: Self.actor) }
    }

    /// The personas of a nation's configuration, for who looks for somebody to try.
    public static func personas(of configuration: NationConfiguration) throws -> [Persona] {
        try DemoPersonas.households(on: configuration.referenceDate).flatMap(\.members)
    }
}

/// A clock that is moved by hand while the nation is made.
final class HandClock: NationClock {
    private let instant: Mutex<Instant>
    init(_ instant: Instant) { self.instant = Mutex(instant) }
    func now() -> Instant { instant.withLock { $0 } }
    func set(_ new: Instant) { instant.withLock { $0 = new } }
}

/// What the holder has written on her cards: `wallet.json`, which the card agent shows.
struct WalletLabels: Codable {
    struct Card: Codable {
        let name: String
        let label: String
    }
    let cards: [Card]
}

extension Persona {
    var newResident: NewResident {
        NewResident(
            name: name, birthDate: birthDate, sex: sex, relationship: relationship, citizenship: citizenship)
    }
}

extension PersonName {
    /// Family and given name as one reads them on a label: one space between.
    public var spaced: String { full.replacing("\u{3000}", with: " ") }
}
