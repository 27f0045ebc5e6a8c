import Foundation
import Synchronization
import TestSupport
import Testing

@testable import PortableSQL

@Suite("Queues and closing", .timeLimit(.minutes(1))) struct LifecycleTests {
    @Test("more writes than the queue holds are refused as busy", arguments: TestEngine.available)
    func fullQueue(engine: TestEngine) async throws {
        var limits = TestDatabase.limits
        limits.maxQueuedWritesCount = 3
        try await withDatabase(engine, migrations: [TransactionTests.counters], limits: limits) {
            database async throws in
            let gate = Gate()
            async let first: Void = database.write { _ in gate.pass() }
            await gate.waitUntilReached()
            let codes = await withTaskGroup(of: SQLError.Code?.self, returning: [SQLError.Code?].self) { group in
                for _ in 0..<10 { group.addTask { await Self.increment(database) } }
                var codes: [SQLError.Code?] = []
                for await code in group {
                    codes.append(code)
                    if codes.count == 7 { gate.open() }
                }
                return codes
            }
            try await first
            #expect(codes.prefix(7).allSatisfy { $0 == .busy })
            #expect(codes.suffix(3) == [nil, nil, nil])
            #expect(try await database.read { try TransactionTests.value($0) } == 3)
        }
    }

    @Test("more reads than the queue holds are refused as busy", arguments: TestEngine.available)
    func fullReadQueue(engine: TestEngine) async throws {
        var limits = TestDatabase.limits
        limits.maxQueuedReadsCount = 2
        limits.readersCount = 1
        try await withDatabase(engine, limits: limits) { database async throws in
            let gate = Gate()
            async let first: Void = database.read { _ in gate.pass() }
            await gate.waitUntilReached()
            let refused = await withTaskGroup(of: Bool.self, returning: Int.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        do { return try await database.read { _ in false } } catch {
                            return error as? SQLError == .busy
                        }
                    }
                }
                var ended = 0
                var refused = 0
                for await isRefused in group {
                    ended += 1
                    refused += isRefused ? 1 : 0
                    if ended == 4 { gate.open() }
                }
                return refused
            }
            try await first
            #expect(refused == 4)
        }
    }

    private static func isClosed(_ database: Database) async -> Bool {
        do { return try await database.read { _ in false } } catch { return error as? SQLError == .closed }
    }

    private static func increment(_ database: Database) async -> SQLError.Code? {
        do {
            try await database.write { try TransactionTests.increment($0) }
            return nil
        } catch {
            return (error as? SQLError)?.code
        }
    }

    @Test("closing lets accepted writes end and refuses new ones", arguments: TestEngine.available)
    func closingWhileBusy(engine: TestEngine) async throws {
        try await withTestDatabase(engine) { place in
            let database = try place.open()
            try await database.migrate([TransactionTests.counters])
            let gate = Gate()
            let written = try await withThrowingTaskGroup(of: Bool.self, returning: Int.self) { group in
                group.addTask {
                    try await database.write { sql throws in
                        try TransactionTests.increment(sql)
                        gate.pass()
                    }
                    return true
                }
                await gate.waitUntilReached()
                for _ in 0..<20 { group.addTask { await Self.increment(database) == nil } }
                group.addTask {
                    await database.close()
                    return false
                }
                while await !Self.isClosed(database) {}
                gate.open()
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            await database.close()
            await #expect(throws: SQLError.closed) { _ = try await database.read { try TransactionTests.value($0) } }
            let reopened = try place.open()
            let value = try await reopened.read { try TransactionTests.value($0) }
            #expect(value >= written && written >= 1)
            await reopened.close()
        }
    }

    @Test(
        "check says that both reading and writing work, and fails on a closed database", arguments: TestEngine.available
    )
    func check(engine: TestEngine) async throws {
        try await withTestDatabase(engine) { place in
            let database = try place.open()
            try await database.check()
            await database.close()
            await #expect(throws: SQLError.closed) { try await database.check() }
        }
    }

    @Test("a closed queue gives what it holds, then nothing")
    func closedQueue() {
        let queue = JobQueue<Int>(maxItemsCount: 2)
        #expect(queue.append(1) == nil)
        #expect(queue.append(2) == nil)
        #expect(queue.append(3) == .busy)
        queue.close()
        #expect(queue.append(4) == .closed)
        #expect(queue.next() == 1)
        #expect(queue.nextIfAny() == 2)
        #expect(queue.next() == nil)
        #expect(queue.nextIfAny() == nil)
    }

    @Test("a queue gives each of 20,000 items to one of four threads", .timeLimit(.minutes(1)))
    func queueOfThreads() async {
        let queue = JobQueue<Int>(maxItemsCount: 20_000)
        let threads = ThreadCount(4)
        let taken = Mutex<[Int]>([])
        for _ in 0..<4 {
            Thread.detachNewThread {
                while let item = queue.next() { taken.withLock { $0.append(item) } }
                threads.oneEnded()
            }
        }
        for item in 0..<20_000 { #expect(queue.append(item) == nil) }
        queue.close()
        await threads.allEnded()
        #expect(taken.withLock { $0.sorted() } == Array(0..<20_000))
    }

    @Test("a SQLite file is its owner's only, and durable settings are read back")
    func sqliteFile() async throws {
        try await withTestDatabase(.sqlite) { place in
            let database = try place.open()
            try await database.migrate([TransactionTests.counters])
            let names = try FileManager.default.contentsOfDirectory(atPath: place.folder)
            #expect(names.contains("test.sqlite-wal"))
            for name in names {
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(place.folder)/\(name)")
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
            let settings = try await database.write { sql throws in
                try ["PRAGMA synchronous", "PRAGMA foreign_keys", "PRAGMA secure_delete"].map { (text: StaticString) in
                    try sql.context.run(text.description, []).rows.first?.value(Self.column(text))
                }
            }
            #expect(settings == [.integer(2), .integer(1), .integer(1)])
            await database.close()
        }
    }

    private static func column(_ pragma: StaticString) -> String {
        String(pragma.description.dropFirst("PRAGMA ".count))
    }

    @Test("the statement log holds each statement once, on one line")
    func statementLog() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/madoguchi-log-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let log = StatementLog(folder: folder)
        for _ in 0..<3 { log.record("SELECT id\n  FROM a", .sqlite) }
        log.record("SELECT id FROM b", .sqlite)
        log.record("SELECT id FROM b", .postgreSQL)
        let sqlite = try String(contentsOfFile: "\(folder)/sqlite.\(getpid()).sql", encoding: .utf8)
        let postgreSQL = try String(contentsOfFile: "\(folder)/postgreSQL.\(getpid()).sql", encoding: .utf8)
        #expect(sqlite == "SELECT id FROM a\nSELECT id FROM b\n")
        #expect(postgreSQL == "SELECT id FROM b\n")
    }
}
