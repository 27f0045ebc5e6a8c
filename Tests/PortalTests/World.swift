import Contracts
import InstitutionKeys
import PortableSQL
import Synchronization
import TestSupport
import Values
import VerifiableLog
import Wire

@testable import Portal

/// A clock that a test sets.
final class HandClock: NationClock {
    private let instant: Mutex<Instant>

    init(_ instant: Instant) { self.instant = Mutex(instant) }

    func now() -> Instant { instant.withLock { $0 } }
    func advance(by duration: Duration) { instant.withLock { $0 += duration } }
}

/// How the neighbours of the portal answer.
struct Behaviour: Sendable {
    var isRevoked = false
    /// Whether the core's answer at a login has a presence, of the right code, by the core.
    var hasPresence = true
    var presenceCode = World.code
    var presenceSigner = InstitutionID.linkageCore
    var authorityRefusal: Problem?
    var coreRefusal: Problem?
    /// Changes the entry and its proof before they are given.
    var proof: @Sendable (ProvenEntry) throws -> ProvenEntry = { $0 }
    var presented = 0
}

/// A portal among its neighbours, each of which the test plays.
struct World: Sendable {
    static let origin = "http://portal.localhost:8080"
    static let cookie = [UInt8](repeating: 9, count: 32)
    // The base point of ristretto255 and its double (RFC 9496 appendix A.1), as the codes of two persons.
    static let code = "4vKuCmq8TnGohKlhxQBRX1jjC2qlgt2NtqZZReCNLXY"
    static let otherCode = "akkyEPdJnNF_7LUQrgzqI6EQ6NW5AfisrdMJXHOjuRk"

    let clock = HandClock(Citizen.noon)
    let network = InProcessNetwork()
    let behaviour: Shared
    let keys: [InstitutionID: InstitutionKeyPair]
    let logKey: LogKey
    let database: Database
    let service: PortalService

    /// What tests change.
    final class Shared: Sendable {
        let state = Mutex(Behaviour())
    }

    init(_ database: Database) async throws {
        self.database = database
        behaviour = Shared()
        let authority = KeyAuthority()
        var keys: [InstitutionID: InstitutionKeyPair] = [:]
        var statements: [SignedToken<KeyStatement>] = []
        for name in [InstitutionID.portal, .linkageCore, .numberAuthority] {
            let pair = InstitutionKeyPair()
            keys[name] = pair
            statements.append(
                try await authority.sign(
                    pair.statement(
                        for: name, nameJapanese: name.text, nameEnglish: name.text, validity: .earliest ..< .latest)))
        }
        self.keys = keys
        logKey = try LogKey.random(name: "log.test.example")
        service = try await PortalService(
            database: database, network: network.network(for: Caller("portal")), clock: clock,
            keys: keys[.portal] ?? InstitutionKeyPair(),
            directory: KeyDirectory(statements, authority: authority.publicKey),
            validator: Citizen.shared.get().validator(), logKey: logKey.verifier,
            configuration: PortalConfiguration(origin: Self.origin, agentPort: 24777, providers: []),
            logger: CapturedLog().logger())
        serve()
    }

    func set(_ change: (inout Behaviour) -> Void) { behaviour.state.withLock { change(&$0) } }

    // MARK: Neighbours

    func serve() {
        let logger = CapturedLog().logger()
        network.serve(EndpointTable(core, logger: logger), as: "linkage-core")
        network.serve(EndpointTable([jpki], logger: logger), as: "jpki")
        let shared = behaviour
        let present = AcquisitionContract.presentLogin.served(to: .only(["portal"])) { _, _ in
            try shared.state.withLock { state in
                state.presented += 1
                if let refusal = state.authorityRefusal { throw refusal }
                return Acknowledgement()
            }
        }
        network.serve(EndpointTable([present], logger: logger), as: "number-authority")
    }

    private var jpki: ServedEndpoint {
        let (shared, clock) = (behaviour, clock)
        return CertificationContract.status.served(to: .anyCaller) { request, _ in
            let isRevoked = shared.state.withLock { $0.isRevoked }
            return try StatusAnswer(
                response: ContractBytes(
                    Citizen.shared.get().status(request.request.bytes, isRevoked: isRevoked, at: clock.now())))
        }
    }

    private var core: [ServedEndpoint] {
        let world = self
        return [
            AcquisitionContract.open.served(to: .only(["portal"])) { _, call in
                guard call.idempotencyKey != nil else { throw Problem.keyMissing }
                if let refusal = world.behaviour.state.withLock({ $0.coreRefusal }) { throw refusal }
                return OpenedAcquisition(acquisition: .random(), expires: .latest)
            },
            AcquisitionContract.collect.served(to: .only(["portal"])) { _, _ in
                let state = world.behaviour.state.withLock { $0 }
                let presence = try await world.presence(state.presenceCode, by: state.presenceSigner)
                let code = try World.presence(World.code, at: world.clock.now()).code
                return CollectedCode(code: code, presence: state.hasPresence ? presence : nil)
            },
            HistoryContract.prove.served(to: .only(["portal"])) { request, _ in
                let state = world.behaviour.state.withLock { $0 }
                if let refusal = state.coreRefusal { throw refusal }
                return try state.proof(world.proven(request))
            },
        ]
    }

    /// A presence of a code in base64url, decoded as it would come.
    static func presence(_ code: String, at now: Instant) throws -> Presence {
        let text = """
            {"id":"\(PresenceID.random().text)","code":"\(code)","session":"AA","purpose":"login",
             "issuedAt":"\(now.text)","expiresAt":"\((now + Presence.lifetime).text)"}
            """
        return try WireJSON.decode(Presence.self, from: Array(text.utf8))
    }

    func presence(_ code: String = World.code, by signer: InstitutionID = .linkageCore) async throws -> PresenceToken {
        let pair = keys[signer] ?? InstitutionKeyPair()
        return try await pair.signer().sign(Self.presence(code, at: clock.now()))
    }

    func proven(_ request: ProveEntry) throws -> ProvenEntry {
        let entry = try Self.entry(request.exchange, by: request.asker)
        let bytes = entry.fields.reduce(EntryEncoder()) { $0.adding($1) }.bytes
        let blinding = Blinding.random()
        let commitment = Commitment(domain: ExchangeEntry.commitmentDomain, blinding: blinding, entry: bytes)
        let checkpoint = try Checkpoint(
            signing: TreeHead(size: 1, root: commitment.leafHash), origin: logKey.verifier.name, by: logKey)
        return ProvenEntry(
            entry: entry, blinding: ContractBytes(blinding.bytes), commitment: ContractBytes(commitment.bytes),
            leafIndex: 0, path: [], checkpoint: checkpoint.note.rendered)
    }

    static func entry(
        _ exchange: ExchangeID, by asker: InstitutionID, code: String = World.code, procedure: String = "procedure"
    ) throws -> ExchangeEntry {
        ExchangeEntry(
            exchange: exchange, providerExchange: nil, asker: asker, provider: .numberAuthority, kind: .localTax,
            period: .all, basis: "clause", affair: "affair", procedure: procedure, outcome: .refused, reason: "",
            requestedAt: Citizen.noon, recordedAt: Citizen.noon, runningNumber: 1,
            subject: try presence(code, at: Citizen.noon).code)
    }

    // MARK: A login

    /// A begun login and the nonce that its request object names.
    func begun(cookie: [UInt8] = World.cookie) async throws -> (reference: LoginReference, nonce: [UInt8]) {
        let reference = try await service.beginLogin(cookieHash: cookie)
        let token = try await service.requestObject(reference)
        let object = try await service.directory.verify(token, by: .portal, at: clock.now()).content
        return (reference, object.nonce.bytes)
    }

    func callback(_ login: (reference: LoginReference, nonce: [UInt8])) throws -> LoginCallback {
        let citizen = try Citizen.shared.get()
        return LoginCallback(
            reference: login.reference.text,
            evidence: [
                try citizen.evidence(nonce: login.nonce, at: clock.now()),
                try citizen.evidence(nonce: login.nonce, audience: "number-authority", at: clock.now()),
            ])
    }

    /// A login up to the handle.
    func signed() async throws -> String {
        try await service.acceptSignature(callback(begun())).handle
    }

    func count(_ statement: StaticString) async throws -> Int {
        try await database.read { try $0.row(statement)?.int("n") ?? -1 }
    }
}

/// Gives `body` a portal with an empty database of its own.
func withPortal(_ engine: TestEngine, _ body: (World) async throws -> Void) async throws {
    try await withDatabase(engine, migrations: PortalStore.migrations) { try await body(World($0)) }
}
