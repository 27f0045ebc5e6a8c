import PortableSQL
import TestSupport
import Testing

@Suite("Transactions") struct TransactionTests {
    static let counters = Migration(
        "001 counters",
        """
        CREATE TABLE counters (id int64 NOT NULL PRIMARY KEY, value int64 NOT NULL CHECK (value < 1000));
        INSERT INTO counters (id, value) VALUES (1, 0);
        """)

    struct Refusal: Error {}

    static func value(_ sql: some SQLReading) throws -> Int {
        try #require(try sql.row("SELECT value FROM counters WHERE id = 1")).int("value")
    }

    static func increment(_ sql: SQLWriter) throws {
        try sql.execute("UPDATE counters SET value = $1 WHERE id = 1", try value(sql) + 1)
    }

    static func counted(_ sql: some SQLReading) throws -> Int {
        try #require(try sql.row("SELECT count(*) AS found FROM counters")).int("found")
    }

    @Test("50 callers at once count to exactly 50", arguments: TestEngine.available)
    func fiftyCallers(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [Self.counters]) { database async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 { group.addTask { try await database.write { try Self.increment($0) } } }
                try await group.waitForAll()
            }
            #expect(try await database.read { try Self.value($0) } == 50)
        }
    }

    @Test("two processes with 25 callers each count to exactly 50", arguments: TestEngine.available)
    func twoProcesses(engine: TestEngine) async throws {
        try await withTestDatabase(engine) { place in
            let databases = [try place.open(), try place.open()]
            try await databases[0].migrate([Self.counters])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<50 {
                    let database = databases[index % 2]
                    group.addTask { try await database.write { try Self.increment($0) } }
                }
                try await group.waitForAll()
            }
            #expect(try await databases[0].read { try Self.value($0) } == 50)
            for database in databases { await database.close() }
        }
    }

    @Test("writes that fail do not hurt those that share their commit", arguments: TestEngine.available)
    func failingNeighbours(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [Self.counters]) { database async throws in
            let gate = Gate()
            async let first: Void = database.write { _ in gate.pass() }
            await gate.waitUntilReached()
            let failures = await withTaskGroup(of: Int?.self, returning: [Int].self) { group in
                for id in 2..<40 { group.addTask { await Self.insert(id, database) ? nil : id } }
                gate.open()
                return await group.reduce(into: []) { if let id = $1 { $0.append(id) } }
            }
            try await first
            let stored = try await database.read { sql in
                try sql.rows("SELECT id FROM counters WHERE id > 1 ORDER BY id").map { try $0.int("id") }
            }
            #expect(stored == (2..<40).filter { $0 % 3 != 0 })
            #expect(failures.sorted() == (2..<40).filter { $0 % 3 == 0 })
        }
    }

    /// Every third one fails, each in another way.
    private static func insert(_ id: Int, _ database: Database) async -> Bool {
        do {
            try await database.write { sql throws in
                try sql.execute("INSERT INTO counters (id, value) VALUES ($1, 0)", id)
                guard id % 3 == 0 else { return }
                switch id % 4 {
                case 0: throw Refusal()
                case 1: try sql.execute("INSERT INTO counters (id, value) VALUES (1, 0)")
                case 2: try sql.execute("UPDATE counters SET value = 1000 WHERE id = $1", id)
                default: _ = try? sql.execute("INSERT INTO nowhere (id) VALUES ($1)", id)
                }
            }
            return true
        } catch {
            return false
        }
    }

    @Test("an error from the closure rolls everything back and reaches the caller", arguments: TestEngine.available)
    func errorRollsBack(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [Self.counters]) { database async throws in
            await #expect(throws: Refusal.self) {
                try await database.write { sql throws in
                    try Self.increment(sql)
                    throw Refusal()
                }
            }
            #expect(try await database.read { try Self.value($0) } == 0)
        }
    }

    @Test("a swallowed SQL error still fails the write, and no later statement runs", arguments: TestEngine.available)
    func swallowedError(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [Self.counters]) { database async throws in
            let error = await #expect(throws: SQLError.self) {
                try await database.write { sql throws in
                    try Self.increment(sql)
                    _ = try? sql.execute("INSERT INTO counters (id, value) VALUES (1, 0)")
                    #expect(throws: SQLError(.uniqueViolation)) { try Self.increment(sql) }
                }
            }
            #expect(error?.code == .uniqueViolation)
            #expect(try await database.read { try Self.value($0) } == 0)
        }
    }

    @Test("a reader cannot write", arguments: TestEngine.available)
    func readerCannotWrite(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [Self.counters]) { database async throws in
            await #expect(throws: SQLError(.statement)) {
                _ = try await database.read { sql in
                    try sql.rows("INSERT INTO counters (id, value) VALUES (2, 0) RETURNING id")
                }
            }
            #expect(try await database.read { try Self.counted($0) } == 1)
        }
    }

    @Test("a read sees nothing that is not committed", arguments: TestEngine.available)
    func uncommitted(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [Self.counters]) { database async throws in
            let gate = Gate()
            async let writing: Void = database.write { sql throws in
                try Self.increment(sql)
                gate.pass()
            }
            await gate.waitUntilReached()
            #expect(try await database.read { try Self.value($0) } == 0)
            gate.open()
            try await writing
            #expect(try await database.read { try Self.value($0) } == 1)
        }
    }

    @Test("a read sees one state while others write", arguments: TestEngine.available)
    func oneState(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [Self.counters]) { database async throws in
            let gate = Gate()
            async let reading = database.read { sql in
                let before = try Self.value(sql)
                gate.pass()
                return [before, try Self.value(sql)]
            }
            await gate.waitUntilReached()
            try await database.write { try Self.increment($0) }
            gate.open()
            #expect(try await reading == [0, 0])
            #expect(try await database.read { try Self.value($0) } == 1)
        }
    }

    @Test("a lock held longer than the retry time ends in busy, with nothing written", arguments: TestEngine.available)
    func heldLock(engine: TestEngine) async throws {
        try await withTestDatabase(engine) { place in
            var limits = TestDatabase.limits
            limits.maxRetryMilliseconds = 100
            let (holder, other) = (try place.open(), try place.open(limits: limits))
            try await holder.migrate([Self.counters])
            let gate = Gate()
            async let holding: Void = holder.write { sql throws in
                try Self.increment(sql)
                gate.pass()
            }
            await gate.waitUntilReached()
            await #expect(throws: SQLError.busy) { try await other.write { try Self.increment($0) } }
            gate.open()
            try await holding
            #expect(try await other.read { try Self.value($0) } == 1)
            await holder.close()
            await other.close()
        }
    }

    @Test("a violation found at COMMIT is its own write's alone", arguments: TestEngine.available)
    func deferredViolation(engine: TestEngine) async throws {
        let children = Migration(
            "002 children",
            """
            CREATE TABLE children (
              id int64 NOT NULL PRIMARY KEY,
              counter int64 NOT NULL REFERENCES counters (id) DEFERRABLE INITIALLY DEFERRED)
            """)
        try await withDatabase(engine, migrations: [Self.counters, children]) { database async throws in
            let gate = Gate()
            async let first: Void = database.write { _ in gate.pass() }
            await gate.waitUntilReached()
            let refused = await withTaskGroup(of: SQLError.Code?.self, returning: [SQLError.Code].self) { group in
                for id in 0..<10 {
                    group.addTask {
                        do {
                            try await database.write { sql throws in
                                try sql.execute("INSERT INTO children VALUES ($1, $2)", id, id == 5 ? 99 : 1)
                            }
                            return nil
                        } catch {
                            return (error as? SQLError)?.code
                        }
                    }
                }
                gate.open()
                return await group.reduce(into: []) { if let code = $1 { $0.append(code) } }
            }
            try await first
            #expect(refused == [.foreignKeyViolation])
            let rows = try await database.read { sql in try sql.rows("SELECT id FROM children ORDER BY id") }
            #expect(try rows.map { try $0.int("id") } == [0, 1, 2, 3, 4, 6, 7, 8, 9])
        }
    }

    @Test("execute tells how many rows it changed", arguments: TestEngine.available)
    func changedRows(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [Self.counters]) { database async throws in
            try await database.write { sql throws in
                #expect(try sql.execute("INSERT INTO counters (id, value) VALUES (2, 0), (3, 0)") == 2)
                #expect(try sql.execute("UPDATE counters SET value = 5 WHERE id > $1", 1) == 2)
                #expect(try sql.execute("UPDATE counters SET value = 5 WHERE id = $1", 99) == 0)
                #expect(
                    try sql.execute("INSERT INTO counters (id, value) VALUES (1, 0) ON CONFLICT (id) DO NOTHING") == 0)
                #expect(try sql.rows("UPDATE counters SET value = 6 WHERE id = 3 RETURNING value").count == 1)
                #expect(try sql.execute("SELECT id FROM counters") == 0)
                #expect(try sql.execute("DELETE FROM counters") == 3)
            }
        }
    }
}
