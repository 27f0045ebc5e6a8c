import AgencyGateway
import Contracts
import InstitutionKeys
import LinkageCore
import PersonCodes
import PortableSQL
import Synchronization
import TestSupport
import Values
import VerifiableLog
import Wire

/// A clock that a test sets.
final class HandClock: NationClock {
    private let instant: Mutex<Instant>

    init(_ instant: Instant) { self.instant = Mutex(instant) }

    func now() -> Instant { instant.withLock { $0 } }
    func advance(by duration: Duration) { instant.withLock { $0 += duration } }
}

/// The real core and three real gateways in one process; the test plays portal, registers and number authority.
struct SmallNation: Sendable {
    static let start = Instant(unixSeconds: 1_795_000_000)

    let clock = HandClock(SmallNation.start)
    let network = InProcessNetwork()
    let authority = KeyAuthority()
    let keys: [InstitutionID: InstitutionKeyPair]
    let directory: KeyDirectory
    let logKey: LogKey
    let core: LinkageService
    let city: Agency
    let town: Agency
    let pension: Agency
    let pointKey: PersonPointKey

    /// One agency: its names, its database, its gateway.
    struct Agency: Sendable {
        let gateway: InstitutionID
        let register: InstitutionID
        let database: Database
        let service: GatewayService
    }

    /// - Parameter databases: four empty ones, for core, city, town and pension.
    init(_ databases: [Database]) async throws {
        let bodies = [
            AgencyBody(try MunicipalityCode(fiveDigits: "99201")),
            AgencyBody(try MunicipalityCode(fiveDigits: "99301")),
            try AgencyBody("pension"),
        ]
        var keys: [InstitutionID: InstitutionKeyPair] = [
            .linkageCore: InstitutionKeyPair(), .portal: InstitutionKeyPair(),
        ]
        for body in bodies { keys[try .agencyGateway(body)] = InstitutionKeyPair() }
        self.keys = keys
        directory = try await Self.directory(of: keys, authority)
        logKey = try LogKey.random(name: "log.test.example")
        pointKey = try PersonPointKey.random()
        try await databases[0].migrate(LinkageStore.migrations)
        core = try await LinkageService(
            database: databases[0], keys: keys[.linkageCore] ?? InstitutionKeyPair(), directory: directory,
            factors: FactorMaster.random(), logKey: logKey, clock: clock, logger: CapturedLog().logger())
        network.serve(EndpointTable(core.endpoints, logger: CapturedLog().logger()), as: "linkage-core")
        var agencies: [Agency] = []
        for (body, database) in zip(bodies, databases.dropFirst()) {
            agencies.append(
                try await Self.agency(body, database, keys, directory, logKey.verifier, network, clock))
        }
        (city, town, pension) = (agencies[0], agencies[1], agencies[2])
    }

    static func directory(
        of keys: [InstitutionID: InstitutionKeyPair], _ authority: KeyAuthority
    ) async throws -> KeyDirectory {
        var statements: [SignedToken<KeyStatement>] = []
        for (name, pair) in keys {
            let statement = pair.statement(
                for: name, nameJapanese: name.text, nameEnglish: name.text, validity: .earliest ..< .latest)
            statements.append(try await authority.sign(statement))
        }
        return try await KeyDirectory(statements, authority: authority.publicKey)
    }

    static func agency(
        _ body: AgencyBody, _ database: Database, _ keys: [InstitutionID: InstitutionKeyPair],
        _ directory: KeyDirectory, _ verifier: NoteVerifier, _ network: InProcessNetwork, _ clock: HandClock
    ) async throws -> Agency {
        let gateway = try InstitutionID.agencyGateway(body)
        try await database.migrate(GatewayStore.migrations)
        let service = try await GatewayService(
            body: body, database: database, network: network.network(for: Caller(gateway.text)),
            keys: keys[gateway] ?? InstitutionKeyPair(), directory: directory, logVerifier: verifier, clock: clock,
            logger: CapturedLog().logger())
        network.serve(EndpointTable(service.endpoints, logger: CapturedLog().logger()), as: gateway.text)
        return Agency(
            gateway: gateway, register: try .agencyRegister(body), database: database, service: service)
    }

    // MARK: - Calling

    func call<Request, Response>(
        _ endpoint: Endpoint<Request, Response>, of service: InstitutionID, _ request: Request, as caller: InstitutionID
    ) async throws -> Response {
        try await EndpointClient(network.network(for: Caller(caller.text))).call(endpoint, of: service.text, request)
    }

    /// The problem's code that a call ends with; nil when it succeeds.
    func refusal<Request, Response>(
        _ endpoint: Endpoint<Request, Response>, of service: InstitutionID, _ request: Request, as caller: InstitutionID
    ) async throws -> String? {
        do {
            _ = try await call(endpoint, of: service, request, as: caller)
            return nil
        } catch let problem as Problem { return problem.code }
    }

    func sign<Content: TokenContent>(_ content: Content, as name: InstitutionID) async throws -> SignedToken<Content> {
        try await (keys[name] ?? InstitutionKeyPair()).signer().sign(content)
    }

    func verify<Content: TokenContent>(
        _ token: SignedToken<Content>, by name: InstitutionID
    ) async throws -> VerifiedToken<Content> {
        try await directory.verify(token, by: name, at: clock.now())
    }

    // MARK: - Persons

    func point(_ number: UInt8 = 1) throws -> PersonPoint { try pointKey.point(for: [number, 7, 7]) }

    func complete(_ acquisition: AcquisitionID, _ point: PersonPoint) async throws {
        _ = try await call(
            AcquisitionContract.complete, of: .linkageCore, CompleteAcquisition(acquisition: acquisition, point: point),
            as: .numberAuthority)
    }

    /// Enters a person at an agency: an id of its own, with the code that the gateway collected.
    func enrol(_ point: PersonPoint, at agency: Agency) async throws -> AgencyPersonID {
        let person = AgencyPersonID.random()
        let opened = try await call(
            AgencyContract.openAcquisition, of: agency.gateway, OpenPersonAcquisition(person: person),
            as: agency.register)
        try await complete(opened.acquisition, point)
        _ = try await call(
            AgencyContract.collectCode, of: agency.gateway,
            CollectPersonCode(person: person, acquisition: opened.acquisition), as: agency.register)
        return person
    }

    func login(_ point: PersonPoint) async throws -> (code: InstitutionCode, presence: PresenceToken) {
        let session = ContractBytes([UInt8](repeating: 5, count: 32))
        let opened = try await call(
            AcquisitionContract.open, of: .linkageCore,
            OpenAcquisition(purpose: .login(session: session, purpose: "login")), as: .portal)
        try await complete(opened.acquisition, point)
        let collected = try await call(
            AcquisitionContract.collect, of: .linkageCore, CollectCode(acquisition: opened.acquisition), as: .portal)
        guard let presence = collected.presence else { throw GatewayTestError.noPresence }
        return (collected.code, presence)
    }

    // MARK: - Records

    static func tax(_ year: Int, _ value: String = "0") throws -> InformationDocument {
        let item = InformationItem(
            code: "0200000020", nameJapanese: "課税年度", nameEnglish: "Fiscal year", value: value)
        return InformationDocument(
            kind: .localTax, form: "RPK0401-001", createdOn: try CivilDate("2026-06-01"), period: .fiscalYear(year),
            items: [item])
    }

    func store(_ document: InformationDocument, of person: AgencyPersonID, at agency: Agency) async throws {
        _ = try await call(
            AgencyContract.storeCopy, of: agency.gateway, StoreCopy(person: person, document: document),
            as: agency.register)
    }

    /// What the pension body asks the city for about one of its persons.
    func exemption(
        of person: AgencyPersonID, kind: InformationKindID = .localTax, period: InformationPeriod = .all,
        clause: String = "order/pension-premium-exemption"
    ) -> Inquire {
        Inquire(
            person: person, provider: city.gateway, kind: kind, period: period,
            citation: ClauseCitation(
                clause: clause,
                affair: "国民年金法による年金である給付若しくは一時金の支給、保険料の納付に関する処分又は保険料その他徴収金の徴収に関する事務",
                procedure: "国民年金保険料の免除・納付猶予の申請"))
    }

    func inquire(_ inquiry: Inquire) async throws -> ProvisionContent {
        try await call(AgencyContract.inquire, of: pension.gateway, inquiry, as: pension.register).content
    }

    func inquiryRefusal(_ inquiry: Inquire) async throws -> String? {
        try await refusal(AgencyContract.inquire, of: pension.gateway, inquiry, as: pension.register)
    }
}

enum GatewayTestError: Error { case noPresence }

/// Runs `body` in a small nation whose institutions have databases of their own on an engine.
func withNation(_ engine: TestEngine, _ body: (SmallNation) async throws -> Void) async throws {
    try await withDatabase(engine) { core in
        try await withDatabase(engine) { city in
            try await withDatabase(engine) { town in
                try await withDatabase(engine) { pension in
                    try await body(SmallNation([core, city, town, pension]))
                }
            }
        }
    }
}

/// Runs 50 calls at once and gives their results.
func atOnce<Value: Sendable>(_ body: @escaping @Sendable (Int) async throws -> Value) async throws -> [Value] {
    try await withThrowingTaskGroup(of: Value.self) { group in
        for index in 0..<50 { group.addTask { try await body(index) } }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}
