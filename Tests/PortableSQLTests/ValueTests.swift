import PortableSQL
import TestSupport
import Testing

@Suite("Values") struct ValueTests {
    static let things = Migration(
        "001 things",
        "CREATE TABLE things (id int64 NOT NULL PRIMARY KEY, words text, octets bytes, marked flag, seen time)")

    static let texts = [
        "", "plain", "it's \"quoted\" $1 ; --", "髙橋 﨑 𠮷野家", "葛\u{E0100}飾", "👩‍👩‍👧", "e\u{301} \u{E9}", "\u{FEFF}bom",
        "half-width ｱｲｳ", "\r\n\t", "\u{10FFFF}",
    ]

    @Test("a text comes back scalar by scalar", arguments: TestEngine.available, texts)
    func text(engine: TestEngine, text: String) async throws {
        let (stored, echoed) = try await withDatabase(engine, migrations: [Self.things]) { database async throws in
            try await database.write { sql throws in
                try sql.execute("INSERT INTO things (id, words) VALUES ($1, $2)", 1, text)
                let row = try #require(try sql.row("SELECT words, $1 AS echoed FROM things", text))
                return (try row.text("words"), try row.text("echoed"))
            }
        }
        #expect(Array(stored.unicodeScalars) == Array(text.unicodeScalars))
        #expect(Array(echoed.unicodeScalars) == Array(text.unicodeScalars))
    }

    @Test("integers, bytes, flags and NULL come back", arguments: TestEngine.available)
    func otherKinds(engine: TestEngine) async throws {
        let integers: [Int64] = [0, 1, -1, 127, 128, -129, 65_536, .max, .min]
        let octets: [[UInt8]] = [[], [0], Array(0...255)]
        try await withDatabase(engine, migrations: [Self.things]) { database async throws in
            try await database.write { sql throws in
                for (index, integer) in integers.enumerated() {
                    try sql.execute("INSERT INTO things (id, seen) VALUES ($1, $2)", index, integer)
                    let row = try #require(try sql.row("SELECT seen, words FROM things WHERE id = $1", index))
                    #expect(try row.integer("seen") == integer)
                    #expect(try row.optionalText("words") == nil)
                }
                for bytes in octets {
                    try sql.execute("UPDATE things SET octets = $1, marked = $2 WHERE id = 0", bytes, !bytes.isEmpty)
                    let row = try #require(try sql.row("SELECT octets, marked FROM things WHERE id = 0"))
                    #expect(try row.bytes("octets") == bytes)
                    #expect(try row.flag("marked") == !bytes.isEmpty)
                }
            }
        }
    }

    @Test("an empty text and empty bytes are not NULL", arguments: TestEngine.available)
    func emptyIsNotNull(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [Self.things]) { database async throws in
            try await database.write { sql throws in
                try sql.execute("INSERT INTO things (id, words, octets) VALUES (1, $1, $2)", "", [UInt8]())
                let row = try #require(
                    try sql.row("SELECT count(*) AS found FROM things WHERE words IS NOT NULL AND octets IS NOT NULL"))
                #expect(try row.int("found") == 1)
            }
        }
    }

    @Test("$2 before $1 binds by number, and $1 twice binds once", arguments: TestEngine.available)
    func order(engine: TestEngine) async throws {
        try await withDatabase(engine) { database async throws in
            let row = try await database.read { sql in
                try #require(try sql.row("SELECT $2 AS two, $1 AS one, $1 AS again", "first", "second"))
            }
            #expect(try row.text("one") == "first")
            #expect(try row.text("two") == "second")
            #expect(try row.text("again") == "first")
        }
    }

    @Test("U+0000 in a text is refused before the engine sees it", arguments: TestEngine.available)
    func nul(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [Self.things]) { database async throws in
            let error = await #expect(throws: SQLError.self) {
                try await database.write { sql throws in
                    try sql.execute("INSERT INTO things (id, words) VALUES ($1, $2)", 1, "a\u{0}b")
                }
            }
            #expect(error?.code == .badValue)
            #expect(error?.reason == "the text of $2 contains U+0000")
        }
    }

    @Test("too few and too many arguments are refused", arguments: TestEngine.available)
    func argumentCount(engine: TestEngine) async throws {
        try await withDatabase(engine) { database async throws in
            let few = await #expect(throws: SQLError.self) {
                _ = try await database.read { sql in try sql.row("SELECT $1 AS one, $2 AS two", "x") }
            }
            let many = await #expect(throws: SQLError.self) {
                _ = try await database.read { sql in try sql.row("SELECT $1 AS one, '$3' AS other", "x", "y") }
            }
            #expect(few?.code == .badValue)
            #expect(many?.code == .badValue)
        }
    }

    @Test("a column of another kind, an absent one and a repeated one are refused", arguments: TestEngine.available)
    func columns(engine: TestEngine) async throws {
        try await withDatabase(engine) { database async throws in
            let row = try await database.read { sql in
                try #require(try sql.row("SELECT 2 AS two, 'x' AS name, NULL AS absence, 1 AS twice, 1 AS twice"))
            }
            #expect(throws: SQLError(.badValue)) { try row.text("two") }
            #expect(throws: SQLError(.badValue)) { try row.integer("name") }
            #expect(throws: SQLError(.badValue)) { try row.bytes("name") }
            #expect(throws: SQLError(.badValue)) { try row.flag("two") }
            #expect(throws: SQLError(.badValue)) { try row.text("absence") }
            #expect(throws: SQLError(.badValue)) { try row.text("absent") }
            #expect(throws: SQLError(.badValue)) { try row.integer("twice") }
            #expect(try row.optionalText("absence") == nil)
        }
    }

    @Test("column names are lower case on both engines", arguments: TestEngine.available)
    func lowerCase(engine: TestEngine) async throws {
        try await withDatabase(engine) { database async throws in
            let row = try await database.read { sql in try #require(try sql.row("SELECT 1 AS givenName")) }
            #expect(throws: SQLError(.badValue)) { try row.int("givenName") }
            #expect(try row.int("givenname") == 1)
        }
    }

    @Test("sums, counts and comparisons are integers on both engines", arguments: TestEngine.available)
    func sums(engine: TestEngine) async throws {
        let numbers: [Int64] = [0, 9_999, 10_000, -123_456_789_012, 5_000_000_000_000_000]
        try await withDatabase(engine, migrations: [Self.things]) { database async throws in
            try await database.write { sql throws in
                for (index, number) in numbers.enumerated() {
                    try sql.execute("INSERT INTO things (id, seen) VALUES ($1, $2)", index, number)
                    let row = try #require(
                        try sql.row("SELECT sum(seen) AS total, count(*) AS many, count(*) > 1 AS several FROM things"))
                    #expect(try row.integer("total") == numbers[...index].reduce(0, +))
                    #expect(try row.int("many") == index + 1)
                    #expect(try row.flag("several") == (index > 0))
                }
            }
        }
    }

    @Test("texts are ordered and compared by code point", arguments: TestEngine.available)
    func collation(engine: TestEngine) async throws {
        let words = ["b", "A", "a", "B", "あ", "ア", "亜", "é", "Z", "e"]
        let sorted = try await withDatabase(engine, migrations: [Self.things]) { database async throws in
            try await database.write { sql throws in
                for (index, word) in words.enumerated() {
                    try sql.execute("INSERT INTO things (id, words) VALUES ($1, $2)", index, word)
                }
                return try sql.rows("SELECT words FROM things ORDER BY words").map { try $0.text("words") }
            }
        }
        #expect(sorted == words.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    }

    @Test("a value never shows in its description")
    func description() {
        for value in [SQLValue.text("secret"), .bytes([115, 101]), .integer(4711)] {
            let shown = "\(value) \(String(reflecting: value)) \(Mirror(reflecting: value).children.count)"
            #expect(!shown.contains("secret") && !shown.contains("4711") && !shown.contains("115"))
        }
    }
}
