import AgencyRegister
import Contracts
import NumberContracts
import NumberValues
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

/// The agency's gateway and the number authority, played.
final class Neighbours: Sendable {
    /// What they have been told and how they behave.
    struct State {
        var told: [String] = []
        var acquisitions: [AcquisitionID: AgencyPersonID] = [:]
        var numbers: [AcquisitionID: IndividualNumber] = [:]
        var copies: [StoreCopy] = []
        /// What the next calls of an endpoint are refused with.
        var refusals: [String: [Problem]] = [:]
    }
    let state = Mutex(State())

    var told: [String] { state.withLock { $0.told } }

    func refuse(_ endpoint: String, _ problem: Problem) {
        state.withLock { $0.refusals[endpoint, default: []].append(problem) }
    }

    var gateway: EndpointTable {
        EndpointTable(
            [
                AgencyContract.openAcquisition.served(to: .anyCaller) { request, call in
                    try self.act(call) { state in
                        let acquisition = AcquisitionID.random()
                        state.acquisitions[acquisition] = request.person
                        return OpenedAcquisition(acquisition: acquisition, expires: .latest)
                    }
                },
                AgencyContract.collectCode.served(to: .anyCaller) { request, call in
                    try self.act(call) { state in
                        guard state.acquisitions[request.acquisition] == request.person,
                            state.numbers[request.acquisition] != nil
                        else { throw Problem.acquisitionGone }
                        return Acknowledgement()
                    }
                },
                AgencyContract.storeCopy.served(to: .anyCaller) { request, call in
                    try self.act(call) { state in
                        state.copies.append(request)
                        return Acknowledgement()
                    }
                },
                AgencyContract.restrict.served(to: .anyCaller) { request, call in
                    try self.act(call, detail: request.disclosure.rawValue) { _ in Acknowledgement() }
                },
            ], logger: CapturedLog().logger())
    }

    var authority: EndpointTable {
        EndpointTable(
            [
                NumberContract.submitAcquisition.served(to: .prefixed(["agency-register-"])) { request, call in
                    let number = try request.number.parsed()
                    return try self.act(call) { state in
                        state.numbers[request.acquisition] = number
                        return Acknowledgement()
                    }
                }
            ], logger: CapturedLog().logger())
    }

    private func act<Answer: Sendable>(
        _ call: WireCall, detail: String = "", _ work: (inout State) throws -> Answer
    ) throws -> Answer {
        try state.withLock { state in
            let act = call.endpoint.split(separator: "/").last.map(String.init) ?? ""
            state.told.append(detail.isEmpty ? act : act + " " + detail)
            if let refusal = state.refusals[act]?.first {
                state.refusals[act]?.removeFirst()
                throw refusal
            }
            return try work(&state)
        }
    }
}

/// A register among its neighbours.
struct Register: Sendable {
    static let start = Instant(unixSeconds: 1_794_970_800)

    let clock = HandClock(Register.start)
    let network = InProcessNetwork()
    let neighbours = Neighbours()
    let database: Database
    let service: AgencyRegisterService

    init(_ database: Database) throws {
        self.database = database
        let body = AgencyBody(try MunicipalityCode(fiveDigits: "99201"))
        let gateway = try InstitutionID.agencyGateway(body)
        service = AgencyRegisterService(
            database: database, network: network.network(for: Caller(try InstitutionID.agencyRegister(body).text)),
            clock: clock, gateway: gateway, enrolledBy: .only([Self.registry]), logger: CapturedLog().logger())
        network.serve(EndpointTable(service.endpoints, logger: CapturedLog().logger()), as: "agency-register")
        network.serve(neighbours.gateway, as: gateway.text)
        network.serve(neighbours.authority, as: "number-authority")
    }

    static let registry = "resident-registry-992011"

    static func items(_ given: String = "花子") throws -> FourItems {
        FourItems(
            name: try PersonName(family: "住基", given: given),
            address: try Address(text: "架空県窓口市一丁目１番１号", municipality: nil),
            birthDate: try CivilDate("1990-03-01"), sex: .female)
    }

    static func document(_ year: Int, value: String = "0") throws -> InformationDocument {
        InformationDocument(
            kind: try InformationKindID("2"), form: "RPK0401-001", createdOn: try CivilDate("2026-06-10"),
            period: .fiscalYear(year),
            items: [
                InformationItem(
                    code: "0200000040", nameJapanese: "合計所得金額", nameEnglish: "Total income", value: value)
            ])
    }

    func link(_ number: IndividualNumber) async throws -> LinkState? {
        try await service.person(under: number)?.link
    }

    func count(_ statement: StaticString) async throws -> Int {
        try await database.read { try $0.row(statement)?.int("n") ?? -1 }
    }

    func acts() async throws -> [String] {
        try await database.read { reader in
            try reader.rows("SELECT act, actor FROM register_audit ORDER BY recorded_at, act")
                .map { try "\($0.text("act")) by \($0.text("actor"))" }
        }
    }
}

/// Gives `body` a register with an empty database of its own.
func withRegister(_ engine: TestEngine, _ body: (Register) async throws -> Void) async throws {
    try await withDatabase(engine, migrations: RegisterStore.migrations) { try await body(Register($0)) }
}

func number(_ seed: UInt64 = 1) -> IndividualNumber {
    var generator = SeededGenerator(seed: seed)
    return IndividualNumber.random(using: &generator)
}
