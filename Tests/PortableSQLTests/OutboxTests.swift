import PortableSQL
import TestSupport
import Testing

@Suite("Outbox") struct OutboxTests {
    static func id(_ number: Int) -> [UInt8] { Array(repeating: 0, count: 15) + [UInt8(number)] }

    static func enqueue(_ number: Int, _ subject: String, _ sql: SQLWriter, at: Int64 = 100) throws {
        try sql.enqueue(
            id: id(number), subject: subject, destination: "there", endpoint: "things.make", body: [UInt8(number)],
            at: at)
    }

    /// The last byte of each due message's id.
    static func due(_ sql: some SQLReading, now: Int64 = 1_000, limit: Int = 100) throws -> [Int] {
        try sql.dueMessages(now: now, limit: limit).map { Int($0.id.last ?? 0) }
    }

    @Test("only the first undelivered message of a subject is due", arguments: TestEngine.available)
    func order(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [.messaging]) { database async throws in
            try await database.write { sql throws in
                for (number, subject) in [(1, "a"), (2, "a"), (3, "b"), (4, "a"), (5, "b")] {
                    try Self.enqueue(number, subject, sql)
                }
            }
            #expect(try await database.read { try Self.due($0) } == [1, 3])
            #expect(try await database.write { try $0.markDelivered(Self.id(1), at: 200) })
            #expect(try await database.read { try Self.due($0) } == [2, 3])
            #expect(try await database.write { try $0.markDelivered(Self.id(3), at: 200) })
            #expect(try await database.read { try Self.due($0) } == [2, 5])
            #expect(try await database.read { try Self.due($0, limit: 1) } == [2])
        }
    }

    @Test("a failed message holds its subject back until it is tried again", arguments: TestEngine.available)
    func failed(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [.messaging]) { database async throws in
            try await database.write { sql throws in
                for (number, subject) in [(1, "a"), (2, "a"), (3, "b")] { try Self.enqueue(number, subject, sql) }
                try sql.markFailed(Self.id(1), nextTry: 5_000, problem: "no answer")
            }
            #expect(try await database.read { try Self.due($0) } == [3])
            let later = try await database.read { try $0.dueMessages(now: 5_000, limit: 9) }
            #expect(later.map(\.id) == [Self.id(1), Self.id(3)])
            #expect(later.map(\.attempts) == [1, 0])
        }
    }

    @Test("a message is not due before its time, and carries what was written", arguments: TestEngine.available)
    func contents(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [.messaging]) { database async throws in
            try await database.write { try Self.enqueue(7, "a", $0, at: 500) }
            #expect(try await database.read { try Self.due($0, now: 499) } == [])
            let message = try #require(try await database.read { try $0.dueMessages(now: 500, limit: 1) }.first)
            #expect(message.id == Self.id(7))
            #expect(message.subject == "a")
            #expect(message.destination == "there")
            #expect(message.endpoint == "things.make")
            #expect(message.body == [7])
            #expect(message.enqueuedAt == 500)
        }
    }

    @Test("delivery deletes the body, happens once, and the row goes with the purge", arguments: TestEngine.available)
    func delivered(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [.messaging]) { database async throws in
            try await database.write { sql throws in
                try Self.enqueue(1, "a", sql)
                try Self.enqueue(2, "a", sql)
                #expect(try sql.markDelivered(Self.id(1), at: 200))
                #expect(try !sql.markDelivered(Self.id(1), at: 300))
                #expect(try !sql.markFailed(Self.id(1), nextTry: 300, problem: "late"))
                #expect(try !sql.markDelivered(Self.id(9), at: 300))
                let bodies = try sql.rows("SELECT body FROM outbox WHERE delivered_at = 200")
                #expect(try bodies.map { try $0.optionalBytes("body") } == [nil])
                #expect(try sql.purgeOutbox(before: 200) == 0)
                #expect(try sql.purgeOutbox(before: 201) == 1)
                #expect(try Self.due(sql) == [2])
            }
        }
    }

    @Test("messages of 50 callers at once keep one order", arguments: TestEngine.available)
    func fiftyCallers(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [.messaging]) { database async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask { try await database.write { try Self.enqueue(number, "a", $0) } }
                }
                try await group.waitForAll()
            }
            let sequences = try await database.read { sql in
                try sql.rows("SELECT sequence FROM outbox ORDER BY sequence").map { try $0.int("sequence") }
            }
            #expect(sequences == Array(1...50))
        }
    }

    @Test("an id used before and an id of another length are refused", arguments: TestEngine.available)
    func ids(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [.messaging]) { database async throws in
            try await database.write { try Self.enqueue(1, "a", $0) }
            await #expect(throws: SQLError(.uniqueViolation)) {
                try await database.write { try Self.enqueue(1, "b", $0) }
            }
            await #expect(throws: SQLError(.checkViolation)) {
                try await database.write { sql throws in
                    try sql.enqueue(id: [1], subject: "a", destination: "b", endpoint: "c", body: [], at: 0)
                }
            }
        }
    }

    @Test("a message leaves with its transaction or not at all", arguments: TestEngine.available)
    func rolledBack(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [.messaging]) { database async throws in
            await #expect(throws: InboxError.self) {
                try await database.write { sql throws in
                    try Self.enqueue(1, "a", sql)
                    throw InboxError.differentBody
                }
            }
            #expect(try await database.read { try Self.due($0) } == [])
        }
    }

    @Test("the status counts what waits and what has failed", arguments: TestEngine.available)
    func status(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [.messaging]) { database async throws in
            let empty = try await database.read { try $0.outboxStatus() }
            #expect(empty.waitingCount == 0 && empty.oldestAt == nil && empty.failedCount == 0)
            let status = try await database.write { sql throws in
                try Self.enqueue(1, "a", sql, at: 100)
                try Self.enqueue(2, "a", sql, at: 200)
                try Self.enqueue(3, "b", sql, at: 300)
                try sql.markDelivered(Self.id(1), at: 400)
                try sql.markFailed(Self.id(3), nextTry: 500, problem: "no answer")
                return try sql.outboxStatus()
            }
            #expect(status.waitingCount == 2 && status.oldestAt == 200 && status.failedCount == 1)
        }
    }
}
