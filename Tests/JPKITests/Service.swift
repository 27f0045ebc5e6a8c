import Contracts
import Foundation
import JPKI
import JPKIValidation
import PKI
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

/// Keys that all tests share: an RSA key takes a tenth of a second.
enum Keys {
    static let holder = Result { try CAKey.generate(.rsa2048) }
    static let other = Result { try CAKey.generate(.rsa2048) }
    static let authorities = Result {
        try [CertificatePurpose.userAuthentication, .digitalSignature].map {
            try AuthorityKeys.generate($0, names: .demonstration, at: Service.start)
        }
    }
}

/// A certification service and whoever calls it.
struct Service: Sendable {
    /// Noon of 2026-11-18 in Japan.
    static let start = Instant(unixSeconds: 1_794_970_800)

    let clock = HandClock(Service.start)
    let network = InProcessNetwork()
    let database: Database
    let service: CertificationService
    let municipality: MunicipalityCode

    init(_ database: Database) throws {
        self.database = database
        municipality = try MunicipalityCode(fiveDigits: "99201")
        service = try Self.service(database, clock)
        network.serve(EndpointTable(service.endpoints, logger: CapturedLog().logger()), as: "jpki")
    }

    /// The same service as another process would open it.
    static func service(_ database: Database, _ clock: any NationClock) throws -> CertificationService {
        let scope = try MunicipalityScope(prefecture: "Kakuu-ken", municipality: "Madoguchi-shi")
        return try CertificationService(
            database: database, clock: clock, keys: Keys.authorities.get(), names: .demonstration,
            scopes: [MunicipalityCode(fiveDigits: "99201"): scope], logger: CapturedLog().logger())
    }

    // MARK: Orders

    func items() throws -> FourItems {
        FourItems(
            name: try PersonName(family: "住基", given: "花子"),
            address: try Address(text: "架空県窓口市一丁目１番１号", municipality: municipality),
            birthDate: try CivilDate("1990-03-01"), sex: .female)
    }

    func order(
        _ use: CertificateUse = .authentication, key: CAKey? = nil, publicKey: [UInt8]? = nil,
        municipality: MunicipalityCode? = nil, expires: String = "2036-03-01", born: String = "1990-03-01",
        items: FourItems? = nil
    ) throws -> Certify {
        Certify(
            use: use, publicKey: ContractBytes(try publicKey ?? (key ?? Keys.holder.get()).publicKeyDER),
            municipality: municipality ?? self.municipality, cardExpires: try CivilDate(expires),
            birthDate: try CivilDate(born), fourItems: items)
    }

    func call<Request, Response>(
        _ endpoint: Endpoint<Request, Response>, _ request: Request, as caller: String = "card-office",
        key: String? = Identifier<Service>.random().text
    ) async throws -> Response {
        try await EndpointClient(network.network(for: Caller(caller))).call(endpoint, of: "jpki", request, key: key)
    }

    /// The problem's code that a call ends with; nil when it succeeds.
    func refusal<Request, Response>(
        _ endpoint: Endpoint<Request, Response>, _ request: Request, as caller: String = "card-office",
        key: String? = Identifier<Service>.random().text
    ) async throws -> String? {
        do {
            _ = try await call(endpoint, request, as: caller, key: key)
            return nil
        } catch let problem as Problem { return problem.code }
    }

    func certified(_ request: Certify? = nil, key: String? = nil) async throws -> Certified {
        try await call(
            CertificationContract.certify, request ?? order(), key: key ?? Identifier<Service>.random().text)
    }

    // MARK: Checking

    func validator() throws -> JPKIValidator {
        let keys = try Keys.authorities.get()
        return try JPKIValidator(
            trustAnchors: .init(userAuthentication: [keys[0].certificate], digitalSignature: [keys[1].certificate]),
            policies: .init(
                userAuthentication: [JPKINames.demonstration.authenticationPolicy],
                digitalSignature: [JPKINames.demonstration.signaturePolicy]))
    }

    /// What the service says of a certificate, as a relying party believes it.
    func status(of certificate: [UInt8]) async throws -> CertificateStatusEvidence {
        let validator = try validator()
        let request = try validator.makeStatusRequest(for: UnverifiedUserCertificate(der: certificate)).get()
        let answer = try await call(
            CertificationContract.status, StatusInquiry(request: ContractBytes(request.der)), as: "portal", key: nil)
        return try validator.checkStatus(
            response: answer.response.bytes, context: request.context, at: clock.now()
        ).get()
    }

    func count(_ statement: StaticString) async throws -> Int {
        try await database.read { try $0.row(statement)?.int("n") ?? -1 }
    }

    /// How many certificates are recorded.
    func recorded() async throws -> Int { try await count("SELECT count(*) AS n FROM issued_certificate") }
}

/// Gives `body` a service with an empty database of its own.
func withService(_ engine: TestEngine, _ body: (Service) async throws -> Void) async throws {
    try await withDatabase(engine, migrations: CertificationStore.migrations) { try await body(Service($0)) }
}
