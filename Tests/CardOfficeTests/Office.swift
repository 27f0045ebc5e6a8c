import CardChip
import CardOffice
import Contracts
import NumberContracts
import NumberValues
import PortableSQL
import Synchronization
import TestSupport
import Values
import Wire

/// The number authority and the certification service, played.
final class Neighbours: Sendable {
    /// What they know, what they were told, how they behave.
    struct State {
        var records: [IndividualNumber: IdentityRecord] = [:]
        var orders: [Certify] = []
        var registered: [RegisterCertificate] = []
        /// How many certificates are made before the service is busy; nil for all.
        var certificatesLeft: Int?
    }
    let state = Mutex(State())

    var authority: EndpointTable {
        EndpointTable(
            [
                NumberContract.identityRecord.served(to: .only(["card-office"])) { request, _ in
                    let number = try request.number.parsed()
                    guard let record = self.state.withLock({ $0.records[number] }) else {
                        throw Problem("unknown-number", status: 404, title: "No resident has this number.")
                    }
                    return record
                },
                NumberContract.registerCertificate.served(to: .only(["card-office"])) { request, call in
                    guard call.idempotencyKey != nil else { throw Problem.keyMissing }
                    self.state.withLock { $0.registered.append(request) }
                    return Acknowledgement()
                },
            ], logger: CapturedLog().logger())
    }

    var jpki: EndpointTable {
        EndpointTable(
            [
                CertificationContract.certify.served(to: .only(["card-office"])) { request, call in
                    guard call.idempotencyKey != nil else { throw Problem.keyMissing }
                    return try self.state.withLock { state in
                        if let left = state.certificatesLeft {
                            guard left > 0 else { throw Problem.busy }
                            state.certificatesLeft = left - 1
                        }
                        state.orders.append(request)
                        return Self.certified(request, serial: UInt8(state.orders.count))
                    }
                }
            ], logger: CapturedLog().logger())
    }

    /// Not a certificate, but as long as one and with the key in it: all that a chip looks at.
    private static func certified(_ request: Certify, serial: UInt8) -> Certified {
        Certified(
            certificate: ContractBytes(sequence(request.publicKey.bytes)),
            authority: ContractBytes(sequence([UInt8](repeating: 7, count: 300))),
            name: CertificateName(issuer: ContractBytes([0x30, 0]), serial: ContractBytes([serial])))
    }

    private static func sequence(_ contents: [UInt8]) -> [UInt8] {
        [0x30, 0x82, UInt8(contents.count >> 8), UInt8(contents.count & 255)] + contents
    }
}

/// A card office among its neighbours.
struct Office: Sendable {
    /// Noon of 2026-11-18 in Japan.
    static let start = Instant(unixSeconds: 1_794_970_800)

    let network = InProcessNetwork()
    let neighbours = Neighbours()
    let database: Database
    let service: CardOfficeService
    let municipality: MunicipalityCode

    init(_ database: Database) throws {
        self.database = database
        municipality = try MunicipalityCode(fiveDigits: "99201")
        network.serve(neighbours.authority, as: "number-authority")
        network.serve(neighbours.jpki, as: "jpki")
        service = CardOfficeService(
            database: database, network: network.network(for: Caller("card-office")), clock: FixedClock(Self.start),
            logger: CapturedLog().logger(),
            drawSerial: { try CardSerial(String((0..<15).map { _ in Character(String(Int.random(in: 0...9))) })) })
    }

    /// A resident whom the number authority knows.
    func resident(_ seed: UInt64 = 1, born: String = "1990-03-01") throws -> IndividualNumber {
        var generator = SeededGenerator(seed: seed)
        let number = IndividualNumber.random(using: &generator)
        let items = FourItems(
            name: try PersonName(family: "住基", given: "花子"),
            address: try Address(text: "架空県窓口市一丁目１番１号", municipality: municipality),
            birthDate: try CivilDate(born), sex: .female)
        neighbours.state.withLock { $0.records[number] = IdentityRecord(municipality: municipality, items: items) }
        return number
    }

    static func pins(signature: String? = "MADO2026") throws -> CardPins {
        try CardPins(
            authentication: Pin("1234", for: .authentication),
            signature: signature.map { try Pin($0, for: .signature) })
    }

    func count(_ statement: StaticString) async throws -> Int {
        try await database.read { try $0.row(statement)?.int("n") ?? -1 }
    }

    func events() async throws -> [String] {
        try await database.read { reader in
            try reader.rows("SELECT state, actor FROM card_event ORDER BY state")
                .map { try "\($0.text("state")) by \($0.text("actor"))" }
        }
    }
}

/// Gives `body` a card office with an empty database of its own.
func withOffice(_ engine: TestEngine, _ body: (Office) async throws -> Void) async throws {
    try await withDatabase(engine, migrations: CardOfficeStore.migrations) { try await body(Office($0)) }
}
