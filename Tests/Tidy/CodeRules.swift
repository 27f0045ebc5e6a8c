/// What the sources may not say.
enum CodeRules {
    static let all: [Rule] = [
        bareTask, clock, selectStar, interpolatedSQL, traps, printing, codableSecrets, uncheckedSendable, unfinished,
        undocumented, longLine, longFile, longFunction,
    ]

    static let bareTask = Rule.pattern(
        "no Task without an owner", #"(?<![\w.])Task(?:<[^>]*>)?(?:\.detached|\.init)?\s*(?:\([^)]*\))?\s*\{"#,
        in: \.code, what: "a task that nothing waits for", covers: Covers.sources,
        bad: ["func f() { Task { work() } }", "Task.detached(priority: .low) {\n}", "let t = Task<Void, Never> { }"],
        good: ["// Task { }", "await withTaskGroup { $0.addTask { work() } }", "let s = \"Task { }\""])

    static let clock = Rule.pattern(
        "time is a parameter below the composition root",
        #"(?<![\w.])Date(?:\(\)|\.now\b|\(timeIntervalSinceNow:)|\b(?:Suspending|System)Clock\(\)\.now"#,
        in: \.code, what: "reads the clock", covers: Covers.belowTheCompositionRoot,
        exceptions: ["Sources/Values/Values/NationClock.swift": "WallClock: the one reader, handed in by the programs"],
        bad: ["let now = Date()", "let now: Date = Date.now", "let d = Date(timeIntervalSinceNow: 5)"],
        good: ["func f(now: Date) {}", "// Date()", "let d = Date(timeIntervalSince1970: 0)", "CivilDate()"])

    static let selectStar = Rule.pattern(
        "columns are named", #"(?i)select\s+(?:\w+\.)?\*"#, in: \.uncommented, what: "a query without column names",
        covers: Covers.sources,
        bad: ["let q = \"SELECT * FROM person\"", "let q = \"\"\"\n  select p.* from p\n  \"\"\""],
        good: ["// SELECT *", "let q = \"SELECT count(*) FROM person\""])

    static let interpolatedSQL = Rule(
        name: "statements are constants", covers: Covers.sources,
        bad: [
            "let q = \"SELECT a FROM t WHERE b = \\(b)\"",
            "let q = \"\"\"\n    DELETE FROM t WHERE a = '\\(a)'\n    \"\"\"",
        ],
        good: [
            "let q = \"SELECT a FROM t WHERE b = $1\"", "let s = \"select a colour: \\(c)\"",
            "let s = \"Deleted \\(n)\"",
        ]
    ) { source in
        try source.literals.filter { literal in
            let pattern = #"\A#*"+\s*(?:SELECT\s|INSERT INTO\s|UPDATE\s+\w+\s+SET\s|DELETE FROM\s|WITH\s+\w+\s+AS\s)"#
            return try literal.isInterpolated && !matches(of: pattern, in: literal.text).isEmpty
        }.map { Finding(path: source.path, line: $0.line, what: "a statement made by interpolation") }
    }

    static let traps = Rule.pattern(
        "nothing from outside can trap", #"\b(?:try|as)!|(?<=[\w)\]>"?])!(?!=)|\bunowned\(unsafe\)"#,
        in: \.code, what: "traps", covers: Covers.sources,
        bad: ["let a = b!", "let x = try! f()", "let y = x as! Int", "f(a)!.g()", "var b: Button!", "list[0]!"],
        good: ["if a != b {}", "if !a {}", "let s = \"stop!\"", "// really!", "let r = (!a, !b)"])

    static let printing = Rule.pattern(
        "libraries do not print", #"(?<![\w.])(?:debugPrint|print|dump|NSLog)\s*\("#, in: \.code, what: "prints",
        covers: Covers.libraries, bad: ["print(\"x\")", "    debugPrint(a)"],
        good: ["// print(x)", "printer(x)", "page.print()", "let s = \"print()\""])

    static let codableSecrets = Rule(
        name: "secrets are not Codable", covers: Covers.sources,
        exceptions: [
            "Sources/Institutions/NumberContracts/NumberField.swift":
                "the form in which a disclosed number goes on the wire, made only by disclosed(for:)"
        ],
        bad: [
            "public struct SigningPIN: Codable {}", "extension SessionSecret: Encodable {}",
            "struct Handle: Sendable, Decodable {\n    var customMirror: Mirror { Mirror(self, children: []) }\n}",
            "struct IndividualNumber: Hashable,\n    Codable\n{}",
        ],
        good: ["struct PINPolicy: Codable {}", "struct SigningPIN: Sendable {}", "struct Handle: Codable {}"]
    ) { source in
        let types = try matches(
            of: #"\b(struct|class|actor|enum|extension)\s+([\w.]+)(?:<[^>]*>)?\s*(?::([^{]*))?\{"#, in: source.code)
        let named = #"(?:PIN|Pin|Secret|PrivateKey|Passphrase|Password|SigningKey|IndividualNumber|PersonPoint)$"#
        let redacting = source.code.contains("customMirror")
        return try types.filter { type in
            let isSecret = try !matches(of: named, in: type.groups[2]).isEmpty
            let isCodable = try !matches(of: #"\b(?:Codable|Encodable|Decodable)\b"#, in: type.groups[3]).isEmpty
            return isCodable && (isSecret || (redacting && bodyRedacts(of: type, in: source)))
        }.map { Finding(path: source.path, line: $0.line, what: "\($0.groups[2]) is secret and Codable") }
    }

    /// Whether the type's own lines, up to the next closing brace in the first column, hold a `customMirror`.
    private static func bodyRedacts(of type: Match, in source: SwiftSource) -> Bool {
        for line in source.codeLines.dropFirst(type.line - 1) {
            if line.contains("customMirror") { return true }
            if line.hasPrefix("}") { return false }
        }
        return false
    }

    static let uncheckedSendable = Rule(
        name: "@unchecked says why", covers: Covers.sources,
        bad: ["final class A: @unchecked Sendable {}", "/// A thing.\n\nnonisolated(unsafe) var x = 1"],
        good: ["// Guarded by `lock`.\nfinal class A: @unchecked Sendable {}", "struct A: Sendable {}"]
    ) { source in
        let lines = source.lines
        return try matches(of: #"@unchecked\b|nonisolated\(unsafe\)"#, in: source.code).filter { match in
            let near = lines[max(0, match.line - 2)..<match.line]
            return !near.contains { $0.contains("//") }
        }.map { Finding(path: source.path, line: $0.line, what: "\($0.text) without a comment that says why") }
    }

    static let unfinished = Rule.pattern(
        "nothing is left for later", #"\b(?:TO"# + #"DO|FIX"# + #"ME|HA"# + #"CK|X"# + #"XX)\b"#, in: \.text,
        what: "unfinished", covers: Covers.sourcesAndTests, bad: ["// TO" + "DO: the rest", "/// FIX" + "ME"],
        good: ["// nothing to do", "let mask = \"XXXXX\""])
}
