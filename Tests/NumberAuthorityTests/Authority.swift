import Contracts
import JPKIValidation
import NumberAuthority
import NumberContracts
import NumberValues
import PKI
import PersonCodes
import PortableSQL
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

/// The core and the certification service, played.
final class Neighbours: Sendable {
    let points = Mutex<[AcquisitionID: [UInt8]]>([:])
    let refusal = Mutex<Problem?>(nil)
    let revoked = Mutex<Set<[UInt8]>>([])

    func core() -> EndpointTable {
        EndpointTable(
            [
                AcquisitionContract.complete.served(to: .only(["number-authority"])) { request, call in
                    if let refusal = self.refusal.withLock({ $0 }) { throw refusal }
                    guard call.idempotencyKey == request.acquisition.text else { throw Problem.keyMissing }
                    let point = try request.personPoint().bytes
                    let first = self.points.withLock { points in
                        let first = points[request.acquisition] ?? point
                        points[request.acquisition] = first
                        return first
                    }
                    guard first == point else { throw Problem.differentBody }
                    return Acknowledgement()
                }
            ], logger: CapturedLog().logger())
    }

    func jpki(_ clock: any NationClock) -> EndpointTable {
        EndpointTable(
            [
                CertificationContract.status.served(to: .anyCaller) { request, _ in
                    let serial = try OCSPRequest(der: request.request.bytes).certificateIDs[0].serial
                    let isRevoked = self.revoked.withLock { $0.contains(serial.bytes) }
                    let status =
                        isRevoked
                        ? CertificateStatus.revoked(at: Cards.date(clock.now()), reason: .keyCompromise) : .good
                    return try StatusAnswer(
                        response: ContractBytes(
                            Cards.shared.get().answer(request.request.bytes, status, at: clock.now())))
                }
            ], logger: CapturedLog().logger())
    }
}

/// Hands out numbers in an order that the test gives, the last one for ever.
final class Draws: Sendable {
    private let numbers: Mutex<[IndividualNumber]>
    init(_ numbers: [IndividualNumber]) { self.numbers = Mutex(numbers) }
    func next() -> IndividualNumber { numbers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
}

/// A number authority among its neighbours.
struct Authority: Sendable {
    static let start = Instant(unixSeconds: 1_794_970_800)
    static let origin = "http://portal.localhost:8080"

    let clock = HandClock(Authority.start)
    let network = InProcessNetwork()
    let neighbours = Neighbours()
    let database: Database
    let key: PersonPointKey
    let service: NumberAuthorityService
    let municipality: MunicipalityCode

    init(
        _ database: Database, draw: @escaping @Sendable () -> IndividualNumber = NumberAuthorityService.randomNumber
    ) throws {
        self.database = database
        municipality = try MunicipalityCode(fiveDigits: "99201")
        key = try PersonPointKey.random()
        service = NumberAuthorityService(
            database: database, network: network.network(for: Caller("number-authority")), clock: clock, key: key,
            validator: try Cards.shared.get().validator(), portalOrigin: Self.origin,
            logger: CapturedLog().logger(), draw: draw)
        let table = EndpointTable(service.endpoints, logger: CapturedLog().logger())
        network.serve(table, as: "number-authority")
        network.serve(neighbours.core(), as: "linkage-core")
        network.serve(neighbours.jpki(clock), as: "jpki")
    }

    var registry: String { "resident-registry-" + municipality.text }

    // MARK: Calling

    func call<Request, Response>(
        _ endpoint: Endpoint<Request, Response>, _ request: Request, as caller: String,
        key: String? = Identifier<Authority>.random().text
    ) async throws -> Response {
        try await EndpointClient(network.network(for: Caller(caller)))
            .call(endpoint, of: "number-authority", request, key: key)
    }

    /// The problem's code that a call ends with; nil when it succeeds.
    func refusal<Request, Response>(
        _ endpoint: Endpoint<Request, Response>, _ request: Request, as caller: String
    ) async throws -> String? {
        do {
            _ = try await call(endpoint, request, as: caller)
            return nil
        } catch let problem as Problem { return problem.code }
    }

    // MARK: Persons

    func items(_ given: String = "花子") throws -> FourItems {
        FourItems(
            name: try PersonName(family: "住基", given: given),
            address: try Address(text: "架空県窓口市一丁目１番１号", municipality: municipality),
            birthDate: try CivilDate("1990-03-01"), sex: .female)
    }

    func assignment(_ code: ResidentCode, _ given: String = "花子") throws -> AssignNumber {
        AssignNumber(resident: ResidentCodeField(code), municipality: municipality, items: try items(given))
    }

    /// Enters a resident and gives her number.
    @discardableResult
    func enter(_ code: ResidentCode) async throws -> IndividualNumber {
        try await call(NumberContract.assign, assignment(code), as: registry).number.parsed()
    }

    func register(
        _ certificate: ParsedCertificate, of number: IndividualNumber, replaces: ParsedCertificate? = nil
    ) async throws -> String? {
        try await refusal(
            NumberContract.registerCertificate,
            RegisterCertificate(
                number: NumberField(number), certificate: Cards.name(certificate),
                replaces: replaces.map(Cards.name)), as: "card-office")
    }

    /// A resident with the shared holder's certificate.
    func enterHolder() async throws -> (code: ResidentCode, number: IndividualNumber) {
        let code = code(1)
        let number = try await enter(code)
        _ = try await register(Cards.shared.get().holder, of: number)
        return (code, number)
    }

    func point(of code: ResidentCode) throws -> [UInt8] {
        try key.point(for: Array(code.disclosed(for: .personPoint).utf8)).bytes
    }

    func point(under acquisition: AcquisitionID) -> [UInt8]? { neighbours.points.withLock { $0[acquisition] } }

    // MARK: Looking

    func count(_ statement: StaticString) async throws -> Int {
        try await database.read { try $0.row(statement)?.int("n") ?? -1 }
    }

    func acts() async throws -> [String] {
        try await database.read { reader in
            try reader.rows("SELECT act, caller FROM authority_audit ORDER BY recorded_at, act")
                .map { try "\($0.text("act")) by \($0.text("caller"))" }
        }
    }
}

/// Gives `body` an authority with an empty database of its own.
func withAuthority(
    _ engine: TestEngine, draw: @escaping @Sendable () -> IndividualNumber = NumberAuthorityService.randomNumber,
    _ body: (Authority) async throws -> Void
) async throws {
    try await withDatabase(engine, migrations: AuthorityStore.migrations) { try await body(Authority($0, draw: draw)) }
}

func code(_ seed: UInt64) -> ResidentCode {
    var generator = SeededGenerator(seed: seed)
    return ResidentCode.random(using: &generator)
}

func numbers(_ count: Int, seed: UInt64 = 99) -> [IndividualNumber] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in IndividualNumber.random(using: &generator) }
}
