import TestSupport
import Testing

@testable import PortableSQL

@Suite("Migrations") struct MigrationTests {
    struct Translation: Sendable, CustomTestStringConvertible {
        let text: String
        let sqlite: String
        let postgreSQL: String

        init(_ text: String, sqlite: String, postgreSQL: String) {
            self.text = text
            self.sqlite = sqlite
            self.postgreSQL = postgreSQL
        }

        var testDescription: String { text }
    }

    static let translations = [
        Translation(
            "CREATE TABLE a (x int64 NOT NULL, y bytes, z time)",
            sqlite: "CREATE TABLE a (x INTEGER NOT NULL, y BLOB, z INTEGER) STRICT",
            postgreSQL: "CREATE TABLE a (x BIGINT NOT NULL, y BYTEA, z BIGINT)"),
        Translation(
            "CREATE TABLE a (t text, f flag NOT NULL) unordered;",
            sqlite: "CREATE TABLE a (t TEXT, f INTEGER CHECK (f IN (0, 1)) NOT NULL) STRICT, WITHOUT ROWID;",
            postgreSQL: "CREATE TABLE a (t TEXT COLLATE \"C\", f SMALLINT CHECK (f IN (0, 1)) NOT NULL) ;"),
        Translation(
            "CREATE TABLE a (\ntime time, -- time of text\ntext text, /* flag */ PRIMARY KEY (text, time)\n);",
            sqlite: """
                CREATE TABLE a (
                time INTEGER, -- time of text
                text TEXT, /* flag */ PRIMARY KEY (text, time)
                ) STRICT;
                """,
            postgreSQL: """
                CREATE TABLE a (
                time BIGINT, -- time of text
                text TEXT COLLATE "C", /* flag */ PRIMARY KEY (text, time)
                );
                """),
        Translation(
            "CREATE TABLE a (k text CHECK (k IN ('int64', 'it''s text')), \"flag\" flag)",
            sqlite: """
                CREATE TABLE a (k TEXT CHECK (k IN ('int64', 'it''s text')), "flag" INTEGER CHECK ("flag" \
                IN (0, 1))) STRICT
                """,
            postgreSQL: """
                CREATE TABLE a (k TEXT COLLATE "C" CHECK (k IN ('int64', 'it''s text')), "flag" SMALLINT \
                CHECK ("flag" IN (0, 1)))
                """),
        Translation(
            "CREATE INDEX unordered ON a (time) WHERE text IS NULL AND bytes > 0; ALTER TABLE a ADD COLUMN text text",
            sqlite: """
                CREATE INDEX unordered ON a (time) WHERE text IS NULL AND bytes > 0; ALTER TABLE a ADD \
                COLUMN text TEXT
                """,
            postgreSQL: """
                CREATE INDEX unordered ON a (time) WHERE text IS NULL AND bytes > 0; ALTER TABLE a ADD \
                COLUMN text TEXT COLLATE "C"
                """),
        Translation(
            "INSERT INTO a SELECT time, CAST(x AS text), y AS flag FROM b ORDER BY text; UPDATE a SET time = a.time",
            sqlite: """
                INSERT INTO a SELECT time, CAST(x AS TEXT), y AS flag FROM b ORDER BY text; UPDATE a SET \
                time = a.time
                """,
            postgreSQL: """
                INSERT INTO a SELECT time, CAST(x AS TEXT), y AS flag FROM b ORDER BY text; UPDATE a SET \
                time = a.time
                """),
        Translation(
            "CREATE TABLE texts (int64s int64, bytes_count int64); CREATE TABLE b (x bytes REFERENCES text (bytes))",
            sqlite: """
                CREATE TABLE texts (int64s INTEGER, bytes_count INTEGER) STRICT; CREATE TABLE b (x BLOB \
                REFERENCES text (bytes)) STRICT
                """,
            postgreSQL: """
                CREATE TABLE texts (int64s BIGINT, bytes_count BIGINT); CREATE TABLE b (x BYTEA REFERENCES \
                text (bytes))
                """),
        Translation(
            "CREATE TABLE a (key text, end time, x flag); SELECT count(DISTINCT text), (CASE time WHEN 1 THEN 2 END)",
            sqlite: """
                CREATE TABLE a (key TEXT, end INTEGER, x INTEGER CHECK (x IN (0, 1))) STRICT; \
                SELECT count(DISTINCT text), (CASE time WHEN 1 THEN 2 END)
                """,
            postgreSQL: """
                CREATE TABLE a (key TEXT COLLATE "C", end BIGINT, x SMALLINT CHECK (x IN (0, 1))); \
                SELECT count(DISTINCT text), (CASE time WHEN 1 THEN 2 END)
                """),
    ]

    @Test("words are replaced where a type stands, and nowhere else", arguments: translations)
    func words(translation: Translation) {
        let text = MigrationText(translation.text)
        #expect(text.translated(for: .sqlite) == translation.sqlite)
        #expect(text.translated(for: .postgreSQL) == translation.postgreSQL)
    }

    static let first = Migration("001 first", "CREATE TABLE first (id int64 NOT NULL PRIMARY KEY)")
    static let second = Migration("002 second", "CREATE TABLE second (id int64 NOT NULL PRIMARY KEY) unordered")

    private static func refusal(_ place: TestDatabase, _ migrations: [Migration]) async throws -> SQLError? {
        let database = try place.open()
        let error = await #expect(throws: SQLError.self) { try await database.migrate(migrations) }
        await database.close()
        return error
    }

    private static func apply(_ place: TestDatabase, _ migrations: [Migration]) async throws {
        let database = try place.open()
        try await database.migrate(migrations)
        await database.close()
    }

    @Test("what is missing is applied once, also in the middle of the list", arguments: TestEngine.available)
    func once(engine: TestEngine) async throws {
        let between = Migration("001b between", "INSERT INTO first (id) VALUES (7)")
        try await withTestDatabase(engine) { place in
            try await Self.apply(place, [Self.first])
            try await Self.apply(place, [Self.first, between, Self.second])
            try await Self.apply(place, [Self.first, between, Self.second])
            let database = try place.open()
            #expect(try await database.read { sql in try sql.rows("SELECT id FROM first") }.count == 1)
            await database.close()
        }
    }

    @Test("an edited migration is refused with words", arguments: TestEngine.available)
    func edited(engine: TestEngine) async throws {
        try await withTestDatabase(engine) { place in
            try await Self.apply(place, [Self.first])
            let edited = Migration("001 first", "CREATE TABLE first (id int64 NOT NULL PRIMARY KEY, more text)")
            let error = try await Self.refusal(place, [edited, Self.second])
            #expect(error?.code == .migration)
            #expect(error?.reason.contains("\"001 first\" was edited") == true)
        }
    }

    @Test("a database newer than the program is refused with words", arguments: TestEngine.available)
    func newer(engine: TestEngine) async throws {
        try await withTestDatabase(engine) { place in
            try await Self.apply(place, [Self.first, Self.second])
            let error = try await Self.refusal(place, [Self.first])
            #expect(error?.code == .migration)
            #expect(error?.reason.contains("newer than this program") == true)
        }
    }

    @Test("two migrations of one name are refused", arguments: TestEngine.available)
    func repeated(engine: TestEngine) async throws {
        try await withTestDatabase(engine) { place in
            let error = try await Self.refusal(place, [Self.first, Self.first])
            #expect(error?.code == .migration)
        }
    }

    @Test("a migration that fails leaves nothing of its list", arguments: TestEngine.available)
    func failing(engine: TestEngine) async throws {
        let broken = Migration("002 broken", "CREATE TABLE third (id int64)", "INSERT INTO nowhere (id) VALUES (1)")
        try await withTestDatabase(engine) { place in
            let error = try await Self.refusal(place, [Self.first, broken])
            #expect(error?.code == .statement)
            try await Self.apply(place, [Self.first, Self.second])
        }
    }

    @Test("processes may open and migrate a new database at the same moment", arguments: TestEngine.available)
    func together(engine: TestEngine) async throws {
        try await withTestDatabase(engine) { place in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 { group.addTask { try await Self.apply(place, [Self.first, Self.second, .messaging]) } }
                try await group.waitForAll()
            }
        }
    }

    @Test("an unordered table keeps no row number on SQLite")
    func unordered() async throws {
        try await withDatabase(.sqlite, migrations: [Self.first, Self.second]) { database async throws in
            _ = try await database.read { sql in try sql.rows("SELECT rowid FROM first") }
            await #expect(throws: SQLError(.statement)) {
                _ = try await database.read { sql in try sql.rows("SELECT rowid FROM second") }
            }
        }
    }
}
