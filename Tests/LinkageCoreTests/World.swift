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

/// A core among its neighbours, each of which the test plays.
struct World: Sendable {
    static let start = Instant(unixSeconds: 1_795_000_000)

    let clock = HandClock(World.start)
    let network = InProcessNetwork()
    let database: Database
    let authority = KeyAuthority()
    let keys: [InstitutionID: InstitutionKeyPair]
    let directory: KeyDirectory
    let service: LinkageService
    let logKey: LogKey
    let pointKey: PersonPointKey

    let city: InstitutionID
    let town: InstitutionID
    let pension: InstitutionID

    init(
        _ database: Database, migrate: Bool = true, clauses: [PermissionClause] = PermissionClause.all
    ) async throws {
        self.database = database
        if migrate { try await database.migrate(LinkageStore.migrations) }
        city = try .agencyGateway(AgencyBody(MunicipalityCode(fiveDigits: "99201")))
        town = try .agencyGateway(AgencyBody(MunicipalityCode(fiveDigits: "99301")))
        pension = try .agencyGateway(AgencyBody("pension"))
        var keys: [InstitutionID: InstitutionKeyPair] = [:]
        for name in [.linkageCore, .portal, city, town, pension] { keys[name] = InstitutionKeyPair() }
        self.keys = keys
        directory = try await Self.directory(of: keys, authority)
        logKey = try LogKey.random(name: "log.test.example")
        pointKey = try PersonPointKey.random()
        service = try await LinkageService(
            database: database, keys: keys[.linkageCore] ?? InstitutionKeyPair(), directory: directory,
            factors: FactorMaster.random(), logKey: logKey, clauses: clauses, clock: clock,
            logger: CapturedLog().logger())
        network.serve(EndpointTable(service.endpoints, logger: CapturedLog().logger()), as: "linkage-core")
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

    // MARK: - Calling

    /// Calls the core as an institution.
    func call<Request, Response>(
        _ endpoint: Endpoint<Request, Response>, _ request: Request, as caller: InstitutionID
    ) async throws -> Response {
        try await EndpointClient(network.network(for: Caller(caller.text)))
            .call(endpoint, of: "linkage-core", request)
    }

    /// The problem's code that a call ends with; nil when it succeeds.
    func refusal<Request, Response>(
        _ endpoint: Endpoint<Request, Response>, _ request: Request, as caller: InstitutionID
    ) async throws -> String? {
        do {
            _ = try await call(endpoint, request, as: caller)
            return nil
        } catch let problem as Problem { return problem.code }
    }

    func sign<Content: TokenContent>(_ content: Content, as name: InstitutionID) async throws -> SignedToken<Content> {
        try await (keys[name] ?? InstitutionKeyPair()).signer().sign(content)
    }

    // MARK: - Persons

    func person(_ number: UInt8 = 1) throws -> PersonPoint { try pointKey.point(for: [number, 7, 7]) }

    /// The code of a person at a gateway, by a whole acquisition.
    func code(of point: PersonPoint, at gateway: InstitutionID) async throws -> InstitutionCode {
        try await acquire(.agencyCode, point, as: gateway).code
    }

    /// A citizen's login at the portal: her portal code and a live presence.
    func login(
        _ point: PersonPoint, session: UInt8 = 5
    ) async throws -> (code: InstitutionCode, presence: PresenceToken) {
        let collected = try await acquire(Self.loginPurpose(session), point, as: .portal)
        guard let presence = collected.presence else { throw LinkageTestError.noPresence }
        return (collected.code, presence)
    }

    static func loginPurpose(_ session: UInt8 = 5) -> AcquisitionPurpose {
        .login(session: ContractBytes([UInt8](repeating: session, count: 32)), purpose: "login")
    }

    private func acquire(
        _ purpose: AcquisitionPurpose, _ point: PersonPoint, as caller: InstitutionID
    ) async throws -> CollectedCode {
        let opened = try await call(AcquisitionContract.open, OpenAcquisition(purpose: purpose), as: caller)
        _ = try await call(
            AcquisitionContract.complete, CompleteAcquisition(acquisition: opened.acquisition, point: point),
            as: .numberAuthority)
        return try await call(AcquisitionContract.collect, CollectCode(acquisition: opened.acquisition), as: caller)
    }

    // MARK: - Requests

    static let localTax = InformationKindID.localTax

    /// What the pension body asks the city for under a clause in force.
    var exemption: ClauseCitation {
        ClauseCitation(
            clause: "order/pension-premium-exemption",
            affair: "国民年金法による年金である給付若しくは一時金の支給、保険料の納付に関する処分又は保険料その他徴収金の徴収に関する事務",
            procedure: "国民年金保険料の免除・納付猶予の申請")
    }

    func selfRequest(
        _ login: (code: InstitutionCode, presence: PresenceToken), kind: InformationKindID = World.localTax,
        exchange: ExchangeID = .random(), period: InformationPeriod = .all
    ) -> PermitRequest {
        PermitRequest(
            exchange: exchange, asker: .portal, provider: city, kind: kind, period: period,
            basis: .presence(login.presence), code: login.code, requestedAt: clock.now())
    }

    func agencyRequest(
        _ code: InstitutionCode, citation: ClauseCitation? = nil, provider: InstitutionID? = nil,
        kind: InformationKindID = World.localTax, exchange: ExchangeID = .random()
    ) -> PermitRequest {
        PermitRequest(
            exchange: exchange, asker: pension, provider: provider ?? city, kind: kind, period: .fiscalYear(2026),
            basis: .clause(citation ?? exemption), code: code, requestedAt: clock.now())
    }

    /// Signs as the asker, asks, and gives the verified permit.
    func permit(for request: PermitRequest) async throws -> VerifiedToken<Permit> {
        try await permit(for: await sign(request, as: request.asker), as: request.asker)
    }

    func permit(
        for token: SignedToken<PermitRequest>, as caller: InstitutionID
    ) async throws -> VerifiedToken<Permit> {
        let granted = try await call(PermitContract.request, RequestPermit(request: token), as: caller)
        return try await directory.verify(granted.permit, by: .linkageCore, at: clock.now())
    }

    func refusal(of request: PermitRequest) async throws -> String? {
        let token = try await sign(request, as: request.asker)
        return try await refusal(PermitContract.request, RequestPermit(request: token), as: request.asker)
    }

    // MARK: - Looking

    /// The citizen's whole history.
    func history(_ presence: PresenceToken) async throws -> [ExchangeEntry] {
        try await call(HistoryContract.list, ListHistory(presence: presence, before: nil, limit: 100), as: .portal)
            .entries
    }

    func count(_ table: CountedTable) async throws -> Int {
        try await database.read { reader in
            let row =
                switch table {
                case .exchange: try reader.row("SELECT count(*) AS n FROM exchange")
                case .leaf: try reader.row("SELECT count(*) AS n FROM log_leaf")
                case .presence: try reader.row("SELECT count(*) AS n FROM presence")
                case .acquisition: try reader.row("SELECT count(*) AS n FROM acquisition")
                case .refusedCall: try reader.row("SELECT count(*) AS n FROM refused_call")
                }
            return try row?.int("n") ?? -1
        }
    }
}

enum CountedTable: Sendable { case exchange, leaf, presence, acquisition, refusedCall }

enum LinkageTestError: Error { case noPresence }

/// Runs `body` in a world of its own on an engine.
func withWorld(
    _ engine: TestEngine, clauses: [PermissionClause] = PermissionClause.all, _ body: (World) async throws -> Void
) async throws {
    try await withDatabase(engine) { database in try await body(World(database, clauses: clauses)) }
}

/// Runs 50 calls at once and gives their results.
func atOnce<Value: Sendable>(_ body: @escaping @Sendable (Int) async throws -> Value) async throws -> [Value] {
    try await withThrowingTaskGroup(of: Value.self) { group in
        for index in 0..<50 { group.addTask { try await body(index) } }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}
