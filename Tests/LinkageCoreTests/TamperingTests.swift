import Contracts
import InstitutionKeys
import PersonCodes
import PortableSQL
import TestSupport
import Testing
import Values
import VerifiableLog
import Wire

@testable import LinkageCore

/// What somebody with the database's password changes.
enum Tampering: String, CaseIterable, Sendable {
    case asker, provider, kind, period, basis, affair, reasonOfRefused, requestedAt, recordedAt, runningNumber
    case subject, providerExchange, blinding, unreadable, deleted, leafCommitment, leafHash, node, edge, checkpointRoot
    case checkpointNote

    /// The check that finds it, and at which leaf: entry 2 of five is changed, entry 3 is a refused one.
    var expected: ExchangeLogFault {
        switch self {
        case .reasonOfRefused: ExchangeLogFault(check: .commitmentWrong, index: 3)
        case .unreadable: ExchangeLogFault(check: .entryUnreadable, index: 2)
        case .deleted: ExchangeLogFault(check: .entryMissing, index: 2)
        case .leafCommitment, .leafHash: ExchangeLogFault(check: .leafHashWrong, index: 2)
        case .node: ExchangeLogFault(check: .nodeWrong, index: 2)
        case .edge: ExchangeLogFault(check: .edgeWrong, index: 0)
        case .checkpointRoot: ExchangeLogFault(check: .checkpointWrong, index: 0)
        case .checkpointNote: ExchangeLogFault(check: .checkpointNotSigned, index: 4)
        default: ExchangeLogFault(check: .commitmentWrong, index: 2)
        }
    }

    func apply(_ writer: SQLWriter) throws {
        switch self {
        case .asker: try writer.execute("UPDATE exchange SET asker = 'agency-gateway-x' WHERE leaf_index = 2")
        case .provider: try writer.execute("UPDATE exchange SET provider = 'agency-gateway-x' WHERE leaf_index = 2")
        case .kind: try writer.execute("UPDATE exchange SET kind = '7-9' WHERE leaf_index = 2")
        case .period: try writer.execute("UPDATE exchange SET period = '2001' WHERE leaf_index = 2")
        case .basis: try writer.execute("UPDATE exchange SET basis = 'other' WHERE leaf_index = 2")
        case .affair: try writer.execute("UPDATE exchange SET affair = 'other' WHERE leaf_index = 2")
        case .reasonOfRefused: try writer.execute("UPDATE exchange SET reason = 'clause-unknown' WHERE leaf_index = 3")
        case .requestedAt:
            try writer.execute("UPDATE exchange SET requested_at = requested_at + 1 WHERE leaf_index = 2")
        case .recordedAt: try writer.execute("UPDATE exchange SET recorded_at = recorded_at - 9 WHERE leaf_index = 2")
        case .runningNumber: try writer.execute("UPDATE exchange SET running_number = 99 WHERE leaf_index = 2")
        case .subject:
            let other = try PersonPointKey.random().point(for: [9]).bytes
            try writer.execute("UPDATE exchange SET subject = $1 WHERE leaf_index = 2", other)
        case .providerExchange:
            try writer.execute(
                "UPDATE exchange SET provider_exchange = $1 WHERE leaf_index = 2", ExchangeID.random().bytes)
        case .blinding:
            try writer.execute(
                "UPDATE exchange SET blinding = $1 WHERE leaf_index = 2", [UInt8](repeating: 7, count: 32))
        case .unreadable: try writer.execute("UPDATE exchange SET kind = '9-9' WHERE leaf_index = 2")
        case .deleted:
            try writer.execute("DELETE FROM live_permit WHERE leaf_index = 2")
            try writer.execute("DELETE FROM exchange WHERE leaf_index = 2")
        default: try applyToTree(writer)
        }
    }

    private func applyToTree(_ writer: SQLWriter) throws {
        let bytes = [UInt8](repeating: 7, count: 32)
        switch self {
        case .leafCommitment: try writer.execute("UPDATE log_leaf SET commitment = $1 WHERE leaf_index = 2", bytes)
        case .leafHash: try writer.execute("UPDATE log_leaf SET hash = $1 WHERE leaf_index = 2", bytes)
        case .node: try writer.execute("UPDATE log_node SET hash = $1 WHERE level = 1 AND node_index = 1", bytes)
        case .edge:
            let roots = try writer.row("SELECT roots FROM log_edge")?.bytes("roots") ?? []
            try writer.execute("UPDATE log_edge SET roots = $1", roots.reversed() as [UInt8])
        case .checkpointRoot: try writer.execute("UPDATE log_checkpoint SET root = $1", bytes)
        case .checkpointNote:
            let other = try Checkpoint(
                signing: .empty, origin: "log.test.example", by: LogKey.random(name: "log.test.example"))
            try writer.execute("UPDATE log_checkpoint SET note = $1", other.note.rendered)
        default: break
        }
    }
}

@Suite("A log that was tampered with")
struct TamperingTests {
    @Test("a log as it was written is sound", arguments: TestEngine.available)
    func sound(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let empty = try await world.service.verifyLog()
            #expect(empty.fault == nil && empty.leafCount == 0)
            _ = try await filled(world)
            let report = try await world.service.verifyLog()
            #expect(report.fault == nil)
            #expect(report.leafCount == 5)
            #expect(report.checkpointCount == 1)
        }
    }

    @Test(
        "every change is found, with its check and its first leaf", arguments: TestEngine.available, Tampering.allCases)
    func found(engine: TestEngine, tampering: Tampering) async throws {
        try await withWorld(engine) { world in
            _ = try await filled(world)
            try await world.database.write { try tampering.apply($0) }
            #expect(try await world.service.verifyLog().fault == tampering.expected)
        }
    }

    @Test(
        "a proof of an entry whose column was changed does not hold",
        arguments: [
            Tampering.provider, .kind, .period, .basis, .affair, .requestedAt, .recordedAt, .runningNumber,
            .providerExchange, .blinding,
        ])
    func notProven(tampering: Tampering) async throws {
        try await withWorld(.sqlite) { world in
            let (login, exchanges) = try await filled(world)
            let prove = ProveEntry(presence: login.presence, exchange: exchanges[2], asker: .portal)
            #expect(try await report(prove, world).isValid)
            try await world.database.write { try tampering.apply($0) }
            #expect(try await report(prove, world).firstFailure?.name == .commitment)
        }
    }

    @Test("where the tree was changed there is no proof", arguments: [(Tampering.leafCommitment, 2), (.node, 0)])
    func noProof(tampering: Tampering, index: Int) async throws {
        try await withWorld(.sqlite) { world in
            let (login, exchanges) = try await filled(world)
            try await world.database.write { try tampering.apply($0) }
            let prove = ProveEntry(presence: login.presence, exchange: exchanges[index], asker: .portal)
            #expect(try await world.refusal(HistoryContract.prove, prove, as: .portal) == "log-damaged")
        }
    }

    private func report(_ prove: ProveEntry, _ world: World) async throws -> ProofReport {
        let proven = try await world.call(HistoryContract.prove, prove, as: .portal)
        return try bundle(proven).verify(with: world.logKey.verifier, origin: "log.test.example")
    }

    @Test("a changed log gets no new checkpoint")
    func noCheckpoint() async throws {
        try await withWorld(.sqlite) { world in
            _ = try await filled(world)
            try await world.database.write { try Tampering.edge.apply($0) }
            await #expect(throws: VerifiableLogError.self) { try await world.service.publishCheckpoint() }
        }
    }

    /// Five entries, the fourth refused, and a checkpoint.
    private func filled(
        _ world: World
    ) async throws -> (login: (code: InstitutionCode, presence: PresenceToken), exchanges: [ExchangeID]) {
        let login = try await world.login(world.person())
        var exchanges: [ExchangeID] = []
        for index in 0..<5 {
            let request =
                index == 3
                ? PermitRequest(
                    exchange: .random(), asker: .portal, provider: .portal, kind: .localTax, period: .all,
                    basis: .presence(login.presence), code: login.code, requestedAt: world.clock.now())
                : world.selfRequest(login)
            let refusal = try await world.refusal(of: request)
            #expect(refusal == (index == 3 ? "provider-unknown" : nil))
            exchanges.append(request.exchange)
        }
        try await world.service.publishCheckpoint()
        return (login, exchanges)
    }
}
