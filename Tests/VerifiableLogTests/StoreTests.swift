import PortableSQL
import TestSupport
import Testing

@testable import VerifiableLog

/// A store, its database and a key, with what the tests do again and again.
struct TestLog: Sendable {
    let store: LogStore
    let key: LogKey
    let database: Database

    init(_ database: Database) throws {
        self.store = try LogStore(origin: "example.com/log")
        self.key = try LogKey.random(name: "example.com/log")
        self.database = database
    }

    @discardableResult
    func append(_ numbers: Range<Int>) async throws -> Range<Int64> {
        let commitments = try numbers.map { try commitment($0) }
        return try await database.write { sql in try store.append(commitments, in: sql) }
    }

    func publish() async throws -> Checkpoint {
        try await store.publishCheckpoint(in: database, by: key, at: 1_000_000)
    }

    static func plain(_ count: Int) throws -> PlainTree {
        PlainTree(try (0..<count).map { try commitment($0).bytes })
    }
}

@Suite struct StoreTests {
    static let engines = TestEngine.available

    @Test("leaves get the next index, alone or many at once, and the head is the definition's", arguments: engines)
    func appends(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: LogStore.migrations) { database in
            let log = try TestLog(database)
            let plain = try TestLog.plain(40)
            #expect(try await database.read { try log.store.treeHead(in: $0) } == .empty)
            for size in 1...20 {
                let added = try commitment(size - 1)
                let index = try await database.write { try log.store.append(added, in: $0) }
                #expect(index.value == Int64(size - 1))
                #expect(try await database.read { try log.store.treeHead(in: $0) } == plain.head(size))
            }
            #expect(try await log.append(20..<40) == 20..<40)
            #expect(try await log.append(0..<0) == 40..<40)
            #expect(try await database.read { try log.store.treeHead(in: $0) } == plain.head(40))
            #expect(try await database.read { try log.store.treeHead(size: 13, in: $0) } == plain.head(13))
            #expect(try await database.read { try log.store.commitment(at: LeafIndex(7), in: $0) } == commitment(7))
            #expect(try await database.read { try log.store.commitment(at: LeafIndex(40), in: $0) } == nil)
        }
    }

    @Test("all proofs of all sizes up to 33 come out of the store and hold", arguments: engines)
    func proofs(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: LogStore.migrations) { database in
            let log = try TestLog(database)
            let plain = try TestLog.plain(33)
            try await log.append(0..<33)
            try await database.read { sql in
                for size in 1...33 {
                    let head = try plain.head(size)
                    for leaf in 0..<size {
                        let index = try LeafIndex(Int64(leaf))
                        let proof = try log.store.inclusionProof(of: index, treeSize: Int64(size), in: sql)
                        try proof.verify(leafHash: plain.leaves[leaf], in: head)
                        let growth = try log.store.consistencyProof(from: Int64(leaf), to: Int64(size), in: sql)
                        try growth.verify(from: plain.head(leaf), to: head)
                    }
                }
            }
        }
    }

    @Test("a size that the log has not reached is refused", arguments: engines)
    func tooLarge(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: LogStore.migrations) { database in
            let log = try TestLog(database)
            try await log.append(0..<5)
            let refusal = VerifiableLogError(.outOfRange, "")
            await #expect(throws: refusal) { try await database.read { try log.store.treeHead(size: 6, in: $0) } }
            await #expect(throws: refusal) {
                try await database.read { try log.store.inclusionProof(of: LeafIndex(2), treeSize: 6, in: $0) }
            }
            await #expect(throws: refusal) {
                try await database.read { try log.store.inclusionProof(of: LeafIndex(5), treeSize: 5, in: $0) }
            }
            await #expect(throws: refusal) {
                try await database.read { try log.store.consistencyProof(from: 2, to: 6, in: $0) }
            }
        }
    }

    @Test("an append that is rolled back leaves no gap and no trace", arguments: engines)
    func rolledBack(engine: TestEngine) async throws {
        struct Refused: Error {}
        try await withDatabase(engine, migrations: LogStore.migrations) { database in
            let log = try TestLog(database)
            try await log.append(0..<3)
            let lost = try commitment(99)
            await #expect(throws: Refused.self) {
                try await database.write { sql in
                    _ = try log.store.append(lost, in: sql)
                    throw Refused()
                }
            }
            #expect(try await log.append(3..<4) == 3..<4)
            #expect(try await database.read { try log.store.treeHead(in: $0) } == TestLog.plain(4).head(4))
            #expect(try await log.store.verifyAll(in: database).fault == nil)
        }
    }

    @Test("50 callers at once get 50 different indexes without a gap", arguments: engines)
    func concurrent(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: LogStore.migrations) { database in
            let log = try TestLog(database)
            let indexes = try await appendAtOnce(50, log.store, [database])
            #expect(indexes.map(\.index.value).sorted() == Array(0..<50))
            try await expectEach(indexes, in: log)
        }
    }

    @Test("two processes at once share one log without a gap", arguments: engines)
    func twoProcesses(engine: TestEngine) async throws {
        try await withTestDatabase(engine) { place in
            let (one, two) = (try place.open(), try place.open())
            try await one.migrate(LogStore.migrations)
            let log = try TestLog(one)
            let indexes = try await appendAtOnce(20, log.store, [one, two])
            #expect(indexes.map(\.index.value).sorted() == Array(0..<20))
            try await expectEach(indexes, in: log)
            await one.close()
            await two.close()
        }
    }

    private func appendAtOnce(
        _ count: Int, _ store: LogStore, _ databases: [Database]
    ) async throws -> [(number: Int, index: LeafIndex)] {
        try await withThrowingTaskGroup(of: (Int, LeafIndex).self) { group in
            for number in 0..<count {
                let database = databases[number % databases.count]
                let added = try commitment(number)
                group.addTask { (number, try await database.write { try store.append(added, in: $0) }) }
            }
            return try await group.reduce(into: []) { $0.append((number: $1.0, index: $1.1)) }
        }
    }

    /// Each leaf lies where its caller was told, and the whole log is sound.
    private func expectEach(_ indexes: [(number: Int, index: LeafIndex)], in log: TestLog) async throws {
        for (number, index) in indexes {
            let stored = try await log.database.read { try log.store.commitment(at: index, in: $0) }
            #expect(try stored == commitment(number))
        }
        let report = try await log.store.verifyAll(in: log.database)
        #expect(report.fault == nil && report.head.size == Int64(indexes.count))
    }

    @Test("tiles hold the hashes of leaves and commitments, and only when they are complete", arguments: engines)
    func tiles(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: LogStore.migrations) { database in
            let log = try TestLog(database)
            let plain = try TestLog.plain(520)
            try await log.append(0..<520)
            try await database.read { sql in
                for tile in Tile.all(treeSize: 520) {
                    let expected = try tile.hashes(from: plain).flatMap(\.bytes)
                    #expect(try log.store.contents(of: tile, in: sql) == expected)
                }
                let partial = try Tile(.hashes(level: 0), index: 2, width: 8)
                let leaves = plain.leaves[512..<520].flatMap(\.bytes)
                #expect(try log.store.contents(of: partial, in: sql) == leaves)
                let entries = try Tile(.entries, index: 2, width: 2)
                let bundle = Tile.bundle([try commitment(512), try commitment(513)])
                #expect(try log.store.contents(of: entries, in: sql) == bundle)
                for (index, width) in [(2, 9), (3, 1)] as [(Int64, Int)] {
                    let beyond = try Tile(.hashes(level: 0), index: index, width: width)
                    #expect(try log.store.contents(of: beyond, in: sql) == nil)
                }
            }
        }
    }
}
