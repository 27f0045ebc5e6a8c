import PortableSQL
import TestSupport
import Testing

@testable import VerifiableLog

@Suite struct CheckpointStoreTests {
    static let engines = TestEngine.available

    @Test("a published checkpoint is served, verifies, and covers the leaves before it", arguments: engines)
    func publishes(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: LogStore.migrations) { database in
            let log = try TestLog(database)
            #expect(try await database.read { try log.store.latestCheckpoint(in: $0) } == nil)
            try await log.append(0..<5)
            let five = try await log.publish()
            try await log.append(5..<9)
            let nine = try await log.publish()
            #expect(try await log.publish() == nine)
            let latest = try #require(try await database.read { try log.store.latestCheckpoint(in: $0) })
            let read = try Checkpoint(verifying: latest, by: log.key.verifier, origin: "example.com/log")
            #expect(try read == nine && read.head == TestLog.plain(9).head(9))
            for (index, note) in [(4, five.note), (5, nine.note)] as [(Int64, SignedNote)] {
                let covering = try await database.read { try log.store.checkpoint(covering: LeafIndex(index), in: $0) }
                #expect(covering == note)
            }
            #expect(try await database.read { try log.store.checkpoint(covering: LeafIndex(9), in: $0) } == nil)
            try await expectGrowth(from: five, to: nine, log)
        }
    }

    private func expectGrowth(from old: Checkpoint, to new: Checkpoint, _ log: TestLog) async throws {
        let proof = try await log.database.read {
            try log.store.consistencyProof(from: old.head.size, to: new.head.size, in: $0)
        }
        try proof.verify(from: old.head, to: new.head)
    }

    @Test("an empty log has a checkpoint too", arguments: engines)
    func empty(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: LogStore.migrations) { database in
            let log = try TestLog(database)
            #expect(try await log.publish().head == .empty)
            try await log.append(0..<1)
            #expect(try await log.publish().head.size == 1)
        }
    }

    @Test("a proof file from the store convinces offline; without a checkpoint there is none", arguments: engines)
    func bundles(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: LogStore.migrations) { database in
            let log = try TestLog(database)
            try await log.append(0..<6)
            #expect(try await bundle(4, log) == nil)
            _ = try await log.publish()
            try await log.append(6..<8)
            let made = try #require(try await bundle(4, log))
            let report = try ProofBundle(json: made.json()).verify(with: log.key.verifier, origin: "example.com/log")
            #expect(report.isValid)
            #expect(try await bundle(6, log) == nil)
            #expect(try await bundle(8, log) == nil)
        }
    }

    private func bundle(_ number: Int, _ log: TestLog) async throws -> ProofBundle? {
        let random = try blinding(number)
        return try await log.database.read { sql in
            try log.store.proofBundle(
                of: LeafIndex(Int64(number)), domain: "test entry v1",
                entry: EntryEncoder().adding(Int64(number)).bytes, blinding: random, in: sql)
        }
    }

    /// Changes behind the log's back after which it must not sign again.
    static let tampering: [(StaticString, VerifiableLogError.Code)] = [
        (
            "UPDATE log_node SET hash = (SELECT hash FROM log_leaf WHERE leaf_index = 0) WHERE level = 2",
            .inconsistentWithCheckpoint
        ),
        (
            "UPDATE log_checkpoint SET root = (SELECT hash FROM log_leaf WHERE leaf_index = 0)",
            .inconsistentWithCheckpoint
        ),
        ("UPDATE log_checkpoint SET size = 7", .inconsistentWithCheckpoint),
        ("DELETE FROM log_node WHERE level = 2", .storeIncomplete),
        ("DELETE FROM log_edge", .inconsistentWithCheckpoint),
    ]

    @Test("a log that lost what it promised signs nothing more", arguments: engines, tampering)
    func refuses(engine: TestEngine, change: (StaticString, VerifiableLogError.Code)) async throws {
        try await withDatabase(engine, migrations: LogStore.migrations) { database in
            let log = try TestLog(database)
            try await log.append(0..<6)
            _ = try await log.publish()
            try await database.write { sql in _ = try sql.execute(change.0) }
            let error = await #expect(throws: VerifiableLogError.self) { try await log.publish() }
            #expect(error?.code == change.1)
        }
    }

    @Test("an edge that disagrees with the nodes is not signed", arguments: engines)
    func edge(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: LogStore.migrations) { database in
            let log = try TestLog(database)
            try await log.append(0..<6)
            let other = LogHash.leaf([1]).bytes + LogHash.leaf([2]).bytes
            try await database.write { sql in _ = try sql.execute("UPDATE log_edge SET roots = $1", other) }
            await #expect(throws: VerifiableLogError(.inconsistentWithCheckpoint, "")) { try await log.publish() }
            let short = [UInt8](other.dropLast())
            try await database.write { sql in _ = try sql.execute("UPDATE log_edge SET roots = $1", short) }
            await #expect(throws: VerifiableLogError(.storeIncomplete, "")) { try await log.append(6..<7) }
        }
    }
}
