import Contracts
public import Logging
import NumberContracts
public import NumberValues
public import PortableSQL
import Synchronization
public import Values
public import Wire

/// The resident registry (住民基本台帳) of one municipality.
///
/// Who is entered here gets a number from the number authority, and is then made known to the municipality's own
/// agency register; both by the outbox, in order per resident.
public struct ResidentRegistryService: Sendable {
    /// Whose registry it is.
    public let municipality: MunicipalityCode
    let database: Database
    let network: any WireNetwork
    let clock: any NationClock
    let register: InstitutionID
    let draw: @Sendable () -> ResidentCode
    let logger: Logger

    /// - Parameters:
    ///   - register: the municipality's own agency register.
    ///   - draw: draws a resident code; a nation made from a seed gives its own.
    public init(
        municipality: MunicipalityCode, database: Database, network: any WireNetwork, clock: any NationClock,
        register: InstitutionID, logger: Logger,
        draw: @escaping @Sendable () -> ResidentCode = { randomCode() }
    ) {
        self.municipality = municipality
        self.database = database
        self.network = network
        self.clock = clock
        self.register = register
        self.draw = draw
        self.logger = logger
    }

    /// A resident code of ten digits from the system's randomness and the check digit.
    public static func randomCode() -> ResidentCode {
        var generator = SystemRandomNumberGenerator()
        return ResidentCode.random(using: &generator)
    }

    /// Draws the same codes each time for one seed and municipality: for demo nations, never for real residents.
    public static func seededDraw(_ seed: UInt64, in municipality: MunicipalityCode) -> @Sendable () -> ResidentCode {
        let stream = UInt64(municipality.text) ?? 0  // no two municipalities draw alike
        let generator = Mutex(SeededGenerator(seed: seed ^ (stream << 32)))
        return { generator.withLock { ResidentCode.random(using: &$0) } }
    }

    /// Enters a household that has moved in; `actor` is the clerk's id.
    ///
    /// - Returns: the household and its members' ids, in the order given.
    /// - Throws: ``RegistryError``; then nothing is written.
    public func moveIn(_ moveIn: MoveIn, by actor: String) async throws -> (HouseholdID, [ResidentID]) {
        let now = clock.now()
        if let refusal = EntryDecision.refusal(of: moveIn, in: municipality, on: now.civilDate) { throw refusal }
        let household = Household(id: .random(), address: moveIn.address)
        let residents = moveIn.members.map { resident(of: $0, in: household, since: moveIn.movedOn) }
        try await refusingUsedCodes {
            try await database.write { writer in
                try writer.insert(household, at: now)
                for resident in residents {
                    try enter(resident, .moveIn, on: moveIn.movedOn, by: actor, at: now, writer)
                }
            }
        }
        return (household.id, residents.map(\.id))
    }

    /// Enters a newborn into her household.
    ///
    /// - Throws: ``RegistryError``; then nothing is written.
    public func birth(_ birth: Birth, by actor: String) async throws -> ResidentID {
        let now = clock.now()
        return try await refusingUsedCodes {
            try await database.write { writer in
                let household = try writer.household(birth.household, in: municipality)
                if let refusal = EntryDecision.refusal(of: birth, household: household, on: now.civilDate) {
                    throw refusal
                }
                guard let household else { throw RegistryError.unknownHousehold }
                let child = resident(of: birth.child, in: household, since: birth.child.birthDate)
                try enter(child, .birth, on: birth.child.birthDate, by: actor, at: now, writer)
                return child.id
            }
        }
    }

    /// One resident, for the counter.
    public func resident(_ id: ResidentID) async throws -> Resident? {
        try await database.read { try $0.resident(id, in: municipality) }
    }

    /// The most residents listed at once.
    public static let listedResidents = 1000

    /// Residents by birth date, at most ``listedResidents``.
    public func residents() async throws -> [Resident] {
        try await database.read { try $0.residents(limit: Self.listedResidents, in: municipality) }
    }

    private func resident(of person: NewResident, in household: Household, since day: CivilDate) -> Resident {
        Resident(
            id: .random(), household: household.id, code: person.code ?? draw(), number: nil,
            items: person.items(at: household.address), relationship: person.relationship,
            citizenship: person.citizenship, residentSince: day)
    }

    private func enter(
        _ resident: Resident, _ event: RegistryEvent, on day: CivilDate, by actor: String, at now: Instant,
        _ writer: SQLWriter
    ) throws {
        try writer.insert(resident)
        try writer.record(event, of: resident.id, by: actor, on: day, at: now)
        let body = AssignNumber(
            resident: ResidentCodeField(resident.code), municipality: municipality, items: resident.items)
        try writer.enqueue(
            id: ResidentID.random().bytes, subject: resident.id.text, destination: InstitutionID.numberAuthority.text,
            endpoint: NumberContract.assign.name, body: WireJSON.encode(body), at: now.microseconds)
    }

    private func refusingUsedCodes<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let error as SQLError where error.code == .uniqueViolation {
            throw RegistryError.codeTwice
        }
    }
}

// MARK: - What the outbox brings back

extension ResidentRegistryService {
    /// Delivers what the registry has to say, and takes the numbers over.
    public func relay() -> OutboxRelay {
        OutboxRelay(
            database: database, network: network,
            replies: [NumberContract.assign.name: { try takeNumber($0, $1, $2) }],
            now: { [clock] in clock.now().microseconds }, logger: logger)
    }

    private func takeNumber(_ message: OutboxMessage, _ answer: [UInt8], _ writer: SQLWriter) throws {
        let id = try ResidentID(message.subject)
        let number = try WireJSON.decode(AssignedNumber.self, from: answer).number.parsed()
        let now = clock.now()
        guard try writer.setNumber(number, of: id), let resident = try writer.resident(id, in: municipality) else {
            return
        }
        try writer.record(.numberAssigned, of: id, by: "number-authority", on: now.civilDate, at: now)
        let body = EnrolPerson(number: NumberField(number), items: resident.items)
        try writer.enqueue(
            id: ResidentID.random().bytes, subject: message.subject, destination: register.text,
            endpoint: RegisterContract.enrol.name, body: WireJSON.encode(body), at: now.microseconds)
    }
}
