import PortableSQL
import TestSupport
import Testing

@Suite("Inbox") struct InboxTests {
    struct Refusal: Error {}

    static func ask(
        _ database: Database, caller: String = "city", endpoint: String = "things.make", key: String = "k",
        digest: [UInt8] = [1], at: Int64 = 100, effect: @escaping @Sendable () throws -> [UInt8]
    ) async throws -> [UInt8] {
        try await database.write { sql throws in
            try sql.once(caller: caller, endpoint: endpoint, key: key, bodyDigest: digest, at: at) { _ in try effect() }
        }
    }

    @Test("a repeat gets the first answer, and the effect does not run again", arguments: TestEngine.available)
    func repeated(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [.messaging]) { database async throws in
            #expect(try await Self.ask(database) { [7] } == [7])
            #expect(try await Self.ask(database) { throw Refusal() } == [7])
        }
    }

    @Test("the same key with another body is refused", arguments: TestEngine.available)
    func differentBody(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [.messaging]) { database async throws in
            _ = try await Self.ask(database) { [7] }
            await #expect(throws: InboxError.differentBody) {
                try await Self.ask(database, digest: [2]) { [8] }
            }
            #expect(try await Self.ask(database) { throw Refusal() } == [7])
        }
    }

    @Test("another caller, endpoint or key is another request", arguments: TestEngine.available)
    func scope(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [.messaging]) { database async throws in
            _ = try await Self.ask(database) { [1] }
            #expect(try await Self.ask(database, caller: "town") { [2] } == [2])
            #expect(try await Self.ask(database, endpoint: "things.end") { [3] } == [3])
            #expect(try await Self.ask(database, key: "l") { [4] } == [4])
            #expect(try await Self.ask(database) { throw Refusal() } == [1])
        }
    }

    @Test("50 callers at once run the effect once", arguments: TestEngine.available)
    func fiftyCallers(engine: TestEngine) async throws {
        try await withTestDatabase(engine) { place in
            let databases = [try place.open(), try place.open()]
            try await databases[0].migrate([.messaging, TransactionTests.counters])
            let answers = try await withThrowingTaskGroup(of: [UInt8].self, returning: Set<[UInt8]>.self) { group in
                for index in 0..<50 { group.addTask { try await Self.count(databases[index % 2], UInt8(index)) } }
                return try await group.reduce(into: []) { $0.insert($1) }
            }
            #expect(answers.count == 1)
            #expect(try await databases[0].read { try TransactionTests.value($0) } == 1)
            for database in databases { await database.close() }
        }
    }

    private static func count(_ database: Database, _ answer: UInt8) async throws -> [UInt8] {
        try await database.write { sql throws in
            try sql.once(caller: "city", endpoint: "count", key: "k", bodyDigest: [1], at: 1) { sql in
                try TransactionTests.increment(sql)
                return [answer]
            }
        }
    }

    @Test("after an effect that failed the request may be made again", arguments: TestEngine.available)
    func failedEffect(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [.messaging]) { database async throws in
            await #expect(throws: Refusal.self) { try await Self.ask(database) { throw Refusal() } }
            #expect(try await Self.ask(database) { [9] } == [9])
        }
    }

    @Test("a purge forgets answers older than its time", arguments: TestEngine.available)
    func purge(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [.messaging]) { database async throws in
            _ = try await Self.ask(database, key: "old", at: 100) { [1] }
            _ = try await Self.ask(database, key: "new", at: 200) { [2] }
            #expect(try await database.write { try $0.purgeInbox(before: 200) } == 1)
            #expect(try await Self.ask(database, key: "new") { throw Refusal() } == [2])
            #expect(try await Self.ask(database, key: "old") { [3] } == [3])
        }
    }
}
