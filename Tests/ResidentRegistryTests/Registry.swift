import Contracts
import NumberContracts
import NumberValues
import PortableSQL
import ResidentRegistry
import Synchronization
import TestSupport
import Values
import Wire

/// A clock that a test sets.
final class HandClock: NationClock {
    private let instant: Mutex<Instant>

    init(_ instant: Instant) { self.instant = Mutex(instant) }

    func now() -> Instant { instant.withLock { $0 } }
    func advance(by duration: Duration) { instant.withLock { $0 += duration } }
}

/// The number authority and the agency register, played.
final class Neighbours: Sendable {
    /// What they have been told, in order, and how they behave.
    struct State {
        var told: [String] = []
        var numbers: [ResidentCode: IndividualNumber] = [:]
        var enrolled: [IndividualNumber] = []
        var generator = SeededGenerator(seed: 8)
        /// How often the authority assigns and its answer is lost.
        var lostAnswers = 0
        /// Residents for whom the authority answers with digits that are no number.
        var garbled: Set<ResidentCode> = []
    }
    let state = Mutex(State())

    var authority: EndpointTable {
        EndpointTable(
            [
                NumberContract.assign.served(to: .prefixed(["resident-registry-"])) { request, _ in
                    try self.assign(request)
                }
            ],
            logger: CapturedLog().logger())
    }

    var register: EndpointTable {
        EndpointTable(
            [
                RegisterContract.enrol.served(to: .anyCaller) { request, _ in
                    let number = try request.number.parsed()
                    self.state.withLock {
                        $0.told.append("enrol")
                        $0.enrolled.append(number)
                    }
                    return Acknowledgement()
                }
            ], logger: CapturedLog().logger())
    }

    private func assign(_ request: AssignNumber) throws -> AssignedNumber {
        let code = try request.resident.parsed()
        return try state.withLock { state in
            state.told.append("assign")
            let number = state.numbers[code] ?? IndividualNumber.random(using: &state.generator)
            state.numbers[code] = number
            if state.lostAnswers > 0 {
                state.lostAnswers -= 1
                throw Problem.busy
            }
            guard !state.garbled.contains(code) else {
                return try WireJSON.decode(AssignedNumber.self, from: Array(#"{"number":"000000000001"}"#.utf8))
            }
            return AssignedNumber(number: NumberField(number))
        }
    }
}

/// A registry among its neighbours.
struct Registry: Sendable {
    /// Noon of 2026-11-18 in Japan.
    static let start = Instant(unixSeconds: 1_794_970_800)

    let clock = HandClock(Registry.start)
    let network = InProcessNetwork()
    let neighbours = Neighbours()
    let database: Database
    let service: ResidentRegistryService
    let municipality: MunicipalityCode

    init(
        _ database: Database, draw: @escaping @Sendable () -> ResidentCode = ResidentRegistryService.randomCode
    ) throws {
        self.database = database
        municipality = try MunicipalityCode(fiveDigits: "99201")
        let register = try InstitutionID.agencyRegister(AgencyBody(municipality))
        network.serve(neighbours.authority, as: "number-authority")
        network.serve(neighbours.register, as: register.text)
        service = ResidentRegistryService(
            municipality: municipality, database: database,
            network: network.network(for: Caller(try InstitutionID.residentRegistry(municipality).text)), clock: clock,
            register: register, logger: CapturedLog().logger(), draw: draw)
    }

    func address(_ code: MunicipalityCode? = nil) throws -> Address {
        try Address(text: "架空県窓口市一丁目１番１号", municipality: code ?? municipality)
    }

    static func person(
        _ relationship: Relationship = .head, born birthDate: String = "1990-03-01", code: ResidentCode? = nil
    ) throws -> NewResident {
        NewResident(
            name: try PersonName(family: "住基", given: "花子"), birthDate: try CivilDate(birthDate), sex: .female,
            relationship: relationship, code: code)
    }

    func moveIn(_ members: [NewResident], on day: String = "2026-11-10") throws -> MoveIn {
        MoveIn(address: try address(), members: members, movedOn: try CivilDate(day))
    }

    func count(_ statement: StaticString) async throws -> Int {
        try await database.read { try $0.row(statement)?.int("n") ?? -1 }
    }

    /// Rows of every table that an entry writes.
    func written() async throws -> [Int] {
        [
            try await count("SELECT count(*) AS n FROM household"),
            try await count("SELECT count(*) AS n FROM resident"),
            try await count("SELECT count(*) AS n FROM registry_event"),
            try await count("SELECT count(*) AS n FROM outbox"),
        ]
    }

    func events(of resident: ResidentID) async throws -> [String] {
        try await database.read { reader in
            try reader.rows(
                "SELECT event, actor FROM registry_event WHERE resident_id = $1 ORDER BY recorded_at, event",
                resident.bytes
            ).map { try "\($0.text("event")) by \($0.text("actor"))" }
        }
    }
}

/// Gives `body` a registry with an empty database of its own.
func withRegistry(
    _ engine: TestEngine, draw: @escaping @Sendable () -> ResidentCode = ResidentRegistryService.randomCode,
    _ body: (Registry) async throws -> Void
) async throws {
    try await withDatabase(engine, migrations: RegistryStore.migrations) { try await body(Registry($0, draw: draw)) }
}

func randomCode(seed: UInt64) -> ResidentCode {
    var generator = SeededGenerator(seed: seed)
    return ResidentCode.random(using: &generator)
}
