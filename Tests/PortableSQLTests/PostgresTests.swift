import PortableSQL
import TestSupport
import Testing

@Suite(
    "PostgreSQL connections", .timeLimit(.minutes(1)), .enabled(if: TestEngine.available.contains(.postgreSQL)))
struct PostgresTests {
    /// Ends the other connections to this database, as a restart of the server would.
    private static func endOthers(_ database: Database) async throws {
        _ = try await database.read { sql in
            try sql.rows(
                """
                SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """)
        }
    }

    @Test("a connection that the server ended is opened again without the caller's notice")
    func reopened() async throws {
        try await withTestDatabase(.postgreSQL) { place in
            let (database, other) = (try place.open(), try place.open())
            try await database.migrate([TransactionTests.counters])
            #expect(try await database.read { try TransactionTests.value($0) } == 0)
            try await Self.endOthers(other)
            try await database.write { try TransactionTests.increment($0) }
            #expect(try await database.read { try TransactionTests.value($0) } == 1)
            await database.close()
            await other.close()
        }
    }

    @Test("a write whose connection is lost before COMMIT is run again and counts once")
    func lostBeforeCommit() async throws {
        try await withTestDatabase(.postgreSQL) { place in
            let (database, other) = (try place.open(), try place.open())
            try await database.migrate([TransactionTests.counters])
            let (gate, tally) = (Gate(), Tally())
            async let writing: Void = database.write { sql throws in
                try TransactionTests.increment(sql)
                if tally.raise() == 1 { gate.pass() }
                _ = try TransactionTests.value(sql)
            }
            await gate.waitUntilReached()
            try await Self.endOthers(other)
            gate.open()
            try await writing
            #expect(tally.count == 2)
            #expect(try await database.read { try TransactionTests.value($0) } == 1)
            await database.close()
            await other.close()
        }
    }

    @Test("a write whose connection is lost during COMMIT has an unknown outcome and is not run again")
    func lostDuringCommit() async throws {
        try await withDatabase(.postgreSQL, migrations: [TransactionTests.counters]) { database async throws in
            try await database.write { sql throws in
                try sql.execute(
                    """
                    CREATE FUNCTION end_me() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'
                    """)
                try sql.execute(
                    """
                    CREATE CONSTRAINT TRIGGER end_me AFTER UPDATE ON counters DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION end_me()
                    """)
            }
            let tally = Tally()
            await #expect(throws: SQLError.unknownOutcome) {
                try await database.write { sql throws in
                    tally.raise()
                    try TransactionTests.increment(sql)
                }
            }
            #expect(tally.count == 1)
            #expect(try await database.write { try TransactionTests.value($0) } == 0)
        }
    }

    @Test("a server that is not there is connectionLost, and no password is shown")
    func noServer() async throws {
        let address = "host=/nowhere/at/all user=u password=needle dbname=d"
        let error = #expect(throws: SQLError.self) { try TestDatabase.openPostgres(address) }
        #expect(error?.code == .connectionLost)
        #expect("\(error as Any)".contains("needle") == false)
    }

    @Test("a connection string that cannot be read is refused without being shown")
    func unreadable() async throws {
        let error = #expect(throws: SQLError.self) { try TestDatabase.openPostgres("host=h password needle") }
        #expect(error?.code == .badValue)
        #expect("\(error as Any)".contains("needle") == false)
    }

    @Test("a statement longer than its time is stopped")
    func statementTime() async throws {
        var limits = TestDatabase.limits
        limits.maxStatementMilliseconds = 50
        try await withDatabase(.postgreSQL, limits: limits) { database async throws in
            await #expect(throws: SQLError.busy) {
                _ = try await database.read { sql in try sql.rows("SELECT pg_sleep(5)") }
            }
            try await database.check()
        }
    }

    @Test("a number with a fraction or of more than 64 bits is refused, a whole one is read")
    func numerics() async throws {
        try await withDatabase(.postgreSQL) { database async throws in
            for text: StaticString in [
                "SELECT 1.5 AS n", "SELECT 9223372036854775808 AS n", "SELECT 'NaN'::numeric AS n",
                "SELECT 1e30::numeric AS n", "SELECT 0.0001 AS n", "SELECT 1.5::float8 AS n",
            ] {
                await #expect(throws: SQLError(.badValue)) { _ = try await database.read { try $0.row(text) } }
            }
            for (text, value): (StaticString, Int64) in [
                ("SELECT 9223372036854775807::numeric AS n", .max), ("SELECT -9223372036854775808::numeric AS n", .min),
                ("SELECT 0::numeric AS n", 0), ("SELECT 100000000::numeric AS n", 100_000_000),
                ("SELECT 7.00 AS n", 7), ("SELECT 12345.0::numeric AS n", 12_345),
            ] {
                #expect(try await database.read { try $0.row(text)?.integer("n") } == value)
            }
        }
    }
}
