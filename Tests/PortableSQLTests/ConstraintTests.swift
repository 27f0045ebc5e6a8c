import PortableSQL
import TestSupport
import Testing

@Suite("Constraints") struct ConstraintTests {
    static let people = Migration(
        "001 people",
        """
        CREATE TABLE people (
          id int64 NOT NULL PRIMARY KEY,
          family text NOT NULL,
          given text NOT NULL,
          token text UNIQUE,
          parent int64 REFERENCES people (id),
          active flag NOT NULL,
          CONSTRAINT family_is_written CHECK (length(family) > 0),
          UNIQUE (given, family)
        );
        INSERT INTO people (id, family, given, token, active) VALUES (1, 'f', 'g', 't', 1);
        """)

    /// What a row breaks: the code, and the name alike on both engines (nil where the engines differ).
    struct Violation: Sendable, CustomTestStringConvertible {
        let id: Int
        var family = "family"
        var given: String? = "given"
        var token: String?
        var parent: Int?
        var active = 1
        let code: SQLError.Code
        let name: String?

        var testDescription: String { "\(code) \(name ?? "")" }
    }

    static let violations = [
        Violation(id: 1, code: .uniqueViolation, name: "people.id"),
        Violation(id: 2, token: "t", code: .uniqueViolation, name: "people.token"),
        Violation(id: 2, family: "f", given: "g", code: .uniqueViolation, name: "people.given, people.family"),
        Violation(id: 2, given: nil, code: .notNullViolation, name: "people.given"),
        Violation(id: 2, family: "", code: .checkViolation, name: "family_is_written"),
        Violation(id: 2, active: 2, code: .checkViolation, name: nil),
        Violation(id: 2, parent: 99, code: .foreignKeyViolation, name: nil),
    ]

    @Test("a violation has the same code and name on both engines", arguments: TestEngine.available, violations)
    func violation(engine: TestEngine, violation: Violation) async throws {
        try await withDatabase(engine, migrations: [Self.people]) { database async throws in
            let error = await #expect(throws: SQLError.self) {
                try await database.write { sql throws in
                    try sql.execute(
                        """
                        INSERT INTO people (id, family, given, token, parent, active) VALUES ($1, $2, $3, $4, $5, $6)
                        """, violation.id, violation.family, violation.given, violation.token, violation.parent,
                        violation.active)
                }
            }
            #expect(error?.code == violation.code)
            if let name = violation.name { #expect(error?.constraint == name) }
        }
    }

    @Test("no value stands in an error", arguments: TestEngine.available)
    func noValues(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [Self.people]) { database async throws in
            var shown: [String] = []
            for (id, token) in [(1, "needle"), (2, "t")] {
                do {
                    try await database.write { sql throws in
                        try sql.execute(
                            "INSERT INTO people VALUES ($1, $2, $2, $3, NULL, 1)", id, "needle-\(id)", token)
                    }
                } catch {
                    shown.append("\(error)")
                }
            }
            #expect(shown.count == 2)
            #expect(shown.allSatisfy { !$0.contains("needle") && !$0.contains("'t'") && !$0.contains("(t)") })
        }
    }

    @Test("a text in an int64 column is a bad value", arguments: TestEngine.available)
    func strict(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [Self.people]) { database async throws in
            await #expect(throws: SQLError(.badValue)) {
                try await database.write { sql in try sql.execute("UPDATE people SET parent = $1", "needle") }
            }
        }
    }

    @Test("a statement that cannot be read is the program's fault", arguments: TestEngine.available)
    func wrongStatement(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: [Self.people]) { database async throws in
            for statement: StaticString in ["SELEC 1", "SELECT nothing FROM people", "SELECT id FROM nowhere"] {
                await #expect(throws: SQLError(.statement)) {
                    _ = try await database.read { sql in try sql.rows(statement) }
                }
            }
        }
    }
}
