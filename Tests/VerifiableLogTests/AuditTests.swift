import PortableSQL
import Synchronization
import TestSupport
import Testing

@testable import VerifiableLog

@Suite struct AuditTests {
    static let engines = TestEngine.available

    @Test("a sound log of many pages passes, whatever the page size", arguments: engines, [2, 3, 8, 64, 100, 4096])
    func sound(engine: TestEngine, page: Int) async throws {
        try await withDatabase(engine, migrations: LogStore.migrations) { database in
            let log = try TestLog(database)
            try await log.append(0..<37)
            _ = try await log.publish()
            try await log.append(37..<101)
            _ = try await log.publish()
            let seen = Mutex<[Int64]>([])
            let report = try await log.store.verifyAll(in: database, pageLeafCount: page) { checked, total in
                seen.withLock { $0.append(total == 101 ? checked : -1) }
            }
            #expect(report.fault == nil && report.checkpointCount == 2)
            #expect(try report.head == TestLog.plain(101).head(101))
            #expect(seen.withLock { $0 } == seen.withLock { $0 }.sorted() && seen.withLock { $0.last } == 101)
            #expect(seen.withLock { $0.count } == (101 + page - 1) / page)
        }
    }

    @Test("an empty log passes, a page of another size is refused", arguments: engines)
    func edges(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: LogStore.migrations) { database in
            let log = try TestLog(database)
            let report = try await log.store.verifyAll(in: database)
            #expect(report.fault == nil && report.head == .empty)
            for page in [-1, 0, 1, 65_537] {
                await #expect(throws: VerifiableLogError(.outOfRange, "")) {
                    try await log.store.verifyAll(in: database, pageLeafCount: page)
                }
            }
        }
    }

    @Test("a changed commitment is found at its index", arguments: engines, [0, 1, 29, 30, 47, 48])
    func changedLeaf(engine: TestEngine, index: Int) async throws {
        let fault = try await audit(engine) { sql in
            try sql.execute("UPDATE log_leaf SET commitment = hash WHERE leaf_index = $1", index)
        }
        #expect(fault == LogFault(kind: .leafHashWrong, index: try LeafIndex(Int64(index)), leafCount: 1))
    }

    @Test("a commitment changed together with its hash is found in its pair", arguments: engines)
    func changedPair(engine: TestEngine) async throws {
        let other = try commitment(1000)
        let fault = try await audit(engine) { sql in
            try sql.execute(
                "UPDATE log_leaf SET commitment = $1, hash = $2 WHERE leaf_index = 31", other.bytes,
                other.leafHash.bytes)
        }
        #expect(fault == LogFault(kind: .nodeWrong, index: try LeafIndex(30), leafCount: 2))
    }

    @Test("a last leaf without a node above it is found at the checkpoint or the edge", arguments: engines)
    func changedLast(engine: TestEngine) async throws {
        let other = try commitment(1000)
        let change: @Sendable (SQLWriter) throws -> Void = { sql in
            try sql.execute(
                "UPDATE log_leaf SET commitment = $1, hash = $2 WHERE leaf_index = 48", other.bytes,
                other.leafHash.bytes)
        }
        #expect(try await audit(engine, change)?.kind == .checkpointWrong)
        let unpublished = try await audit(engine) { sql in
            try sql.execute("DELETE FROM log_checkpoint")
            try change(sql)
        }
        #expect(unpublished == LogFault(kind: .edgeWrong, index: try LeafIndex(0), leafCount: 49))
    }

    @Test("every other change behind the log's back is found, and named", arguments: engines)
    func others(engine: TestEngine) async throws {
        let changes: [(StaticString, LogFault.Kind, Int64, Int64)] = [
            ("DELETE FROM log_leaf WHERE leaf_index = 20", .leafMissing, 20, 1),
            ("DELETE FROM log_leaf WHERE leaf_index = 48", .leafMissing, 48, 1),
            ("DELETE FROM log_node WHERE level = 3 AND node_index = 2", .nodeMissing, 16, 8),
            (
                """
                UPDATE log_node SET hash = (SELECT hash FROM log_leaf WHERE leaf_index = 0)
                WHERE level = 4 AND node_index = 2
                """, .nodeWrong, 32, 16
            ),
            (
                "UPDATE log_checkpoint SET root = (SELECT hash FROM log_leaf WHERE leaf_index = 0)",
                .checkpointWrong, 0, 49
            ),
            ("UPDATE log_edge SET roots = (SELECT hash FROM log_leaf WHERE leaf_index = 0)", .edgeWrong, 0, 49),
            ("UPDATE log_edge SET size = 48", .leafBeyondEnd, 48, 1),
            ("UPDATE log_edge SET size = 50", .leafMissing, 49, 1),
            ("DELETE FROM log_edge", .leafBeyondEnd, 0, 1),
        ]
        for (change, kind, index, count) in changes {
            let fault = try await audit(engine) { sql in _ = try sql.execute(change) }
            #expect(fault == LogFault(kind: kind, index: try LeafIndex(index), leafCount: count), "\(change)")
        }
    }

    @Test("the first of several faults is reported", arguments: engines)
    func first(engine: TestEngine) async throws {
        let fault = try await audit(engine) { sql in
            try sql.execute("UPDATE log_leaf SET commitment = hash WHERE leaf_index IN (11, 12, 40)")
        }
        #expect(fault?.index == (try LeafIndex(11)))
    }

    /// A log of 49 leaves with a checkpoint, changed behind its back, and what the full check finds.
    private func audit(
        _ engine: TestEngine, _ change: @escaping @Sendable (SQLWriter) throws -> Void
    ) async throws -> LogFault? {
        try await withDatabase(engine, migrations: LogStore.migrations) { database in
            let log = try TestLog(database)
            try await log.append(0..<49)
            _ = try await log.publish()
            #expect(try await log.store.verifyAll(in: database, pageLeafCount: 10).fault == nil)
            try await database.write { sql in try change(sql) }
            return try await log.store.verifyAll(in: database, pageLeafCount: 10).fault
        }
    }
}
