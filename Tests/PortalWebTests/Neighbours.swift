import Contracts
import InstitutionKeys
import PersonCodes
import Synchronization
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

/// The institutions around the portal, as a test has them answer.
final class Neighbours: Sendable {
    struct State {
        /// What the gateways answer.
        var content = ProvisionContent.notHeld
        /// The core's entries, newest first.
        var entries: [ExchangeEntry] = []
        /// What the core refuses every request with.
        var refusal: Problem?
        /// Whether the proof of an entry is of other random bytes.
        var isProofWrong = false
        /// Whether the certificate is revoked.
        var isRevoked = false
        var questions: [PermitRequest] = []
        var endedPresences = 0
        var listed: [ListHistory] = []
    }

    private let state = Mutex(State())
    let keys: [InstitutionID: InstitutionKeyPair]
    let directory: KeyDirectory
    let logKey: LogKey
    let clock: HandClock
    let code: InstitutionCode

    init(
        keys: [InstitutionID: InstitutionKeyPair], directory: KeyDirectory, logKey: LogKey, clock: HandClock,
        code: InstitutionCode
    ) {
        self.keys = keys
        self.directory = directory
        self.logKey = logKey
        self.clock = clock
        self.code = code
    }

    /// Changes what the neighbours answer.
    func tell(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    /// What the neighbours have been asked, or were told to answer.
    func told<Value: Sendable>(_ part: @Sendable (State) -> Value) -> Value { state.withLock { part($0) } }

    func presence() async throws -> (token: PresenceToken, content: Presence) {
        let content = Presence(
            id: .random(), code: code, session: ContractBytes([UInt8](repeating: 1, count: 32)), purpose: "login",
            issuedAt: clock.now(), expiresAt: clock.now() + Presence.lifetime)
        return try await (sign(content, as: .linkageCore), content)
    }

    func sign<Content: TokenContent>(_ content: Content, as name: InstitutionID) async throws -> SignedToken<Content> {
        try await (keys[name] ?? InstitutionKeyPair()).signer().sign(content)
    }

    // MARK: - The core

    var coreEndpoints: [ServedEndpoint] {
        [
            AcquisitionContract.open.served(to: .anyCaller) { _, _ in
                OpenedAcquisition(acquisition: .random(), expires: self.clock.now() + .seconds(600))
            },
            AcquisitionContract.collect.served(to: .anyCaller) { _, _ in
                CollectedCode(code: self.code, presence: try await self.presence().token)
            },
            PresenceContract.end.served(to: .anyCaller) { _, _ in
                self.state.withLock { $0.endedPresences += 1 }
                return Acknowledgement()
            },
            PermitContract.request.served(to: .anyCaller) { request, _ in
                GrantedPermit(permit: try await self.permit(for: request.request))
            },
            HistoryContract.list.served(to: .anyCaller) { request, _ in try self.list(request) },
            HistoryContract.prove.served(to: .anyCaller) { request, _ in try self.prove(request) },
        ]
    }

    private func refuseIfTold() throws {
        if let refusal = state.withLock(\.refusal) { throw refusal }
    }

    private func permit(for token: SignedToken<PermitRequest>) async throws -> SignedToken<Permit> {
        let now = clock.now()
        let verified = try await directory.verify(token, by: .portal, at: now)
        let request = verified.content
        state.withLock { $0.questions.append(request) }
        try refuseIfTold()
        let permit = Permit(
            exchange: .random(), asker: request.asker, provider: request.provider, kind: request.kind,
            period: request.period, basis: "presence", request: verified.digest, leafIndex: 1,
            leafHash: ContractBytes([UInt8](repeating: 2, count: 32)),
            askerKeys: try directory.statement(of: .portal, at: now).thumbprint,
            sealedCode: try directory.seal([1], for: request.provider, context: [], at: now), issuedAt: now,
            expiresAt: now + Permit.lifetime)
        return try await sign(permit, as: .linkageCore)
    }

    private func list(_ request: ListHistory) throws -> ListedHistory {
        try refuseIfTold()
        return state.withLock { state in
            state.listed.append(request)
            let older = state.entries.filter { entry in request.before.map { entry.recordedAt < $0 } ?? true }
            return ListedHistory(entries: Array(older.prefix(request.limit)))
        }
    }

    private func prove(_ request: ProveEntry) throws -> ProvenEntry {
        try refuseIfTold()
        let (entries, isProofWrong) = state.withLock { ($0.entries, $0.isProofWrong) }
        let found = entries.first { $0.exchange == request.exchange && $0.asker == request.asker }
        guard let entry = found else { throw Problem("entry-unknown", status: 404, title: "There is no such entry.") }
        let bytes = entry.fields.reduce(EntryEncoder()) { $0.adding($1) }.bytes
        let blinding = Blinding.random()
        let commitment = Commitment(domain: ExchangeEntry.commitmentDomain, blinding: blinding, entry: bytes)
        let checkpoint = try Checkpoint(
            signing: TreeHead(size: 1, root: commitment.leafHash), origin: logKey.verifier.name, by: logKey)
        return ProvenEntry(
            entry: entry, blinding: ContractBytes((isProofWrong ? Blinding.random() : blinding).bytes),
            commitment: ContractBytes(commitment.bytes), leafIndex: 0, path: [],
            checkpoint: checkpoint.note.rendered)
    }

    // MARK: - A gateway

    func gatewayEndpoints(_ name: InstitutionID) -> [ServedEndpoint] {
        [ProvisionContract.provide.served(to: .anyCaller) { provide, _ in try await self.provide(provide, as: name) }]
    }

    private func provide(_ provide: Provide, as name: InstitutionID) async throws -> Provided {
        let now = clock.now()
        let permit = try await directory.verify(provide.permit, by: .linkageCore, at: now).content
        let request = try await directory.verify(provide.request, by: .portal, at: now).digest
        let content = state.withLock(\.content)
        let answer = ProvisionAnswer(
            exchange: permit.exchange, provider: name, request: request,
            content: try directory.seal(
                WireJSON.encode(content), for: .portal,
                context: ProvisionAnswer.sealContext(exchange: permit.exchange, request: request), at: now),
            answeredAt: now)
        return Provided(answer: try await sign(answer, as: name))
    }
}
