import Testing

@Suite("The sources keep the rules of style")
struct CodeRulesTests {
    @Test("a planted fault is found", arguments: CodeRules.all)
    func finds(_ rule: Rule) throws {
        #expect(!rule.bad.isEmpty && !rule.good.isEmpty)
        for sample in rule.bad {
            #expect(try !rule.find(SwiftSource(path: "Planted.swift", text: sample)).isEmpty, "\(sample)")
        }
        for sample in rule.good {
            #expect(try rule.find(SwiftSource(path: "Planted.swift", text: sample)).isEmpty, "\(sample)")
        }
    }

    @Test("the sources keep each rule", arguments: CodeRules.all)
    func keeps(_ rule: Rule) throws {
        let covered = Repository.swiftFiles.filter { rule.covers($0.path) }
        #expect(!covered.isEmpty)
        expectNone(try rule.findings(in: covered))
    }

    @Test("an exception names a file that exists, and a reason", arguments: CodeRules.all)
    func exceptions(_ rule: Rule) {
        for (path, reason) in rule.exceptions {
            #expect(Repository.exists(path) && !reason.isEmpty, "\(path)")
        }
    }

    @Test("the largest files and functions are printed")
    func sizes() throws {
        let sources = Repository.swiftFiles.filter { $0.path.hasPrefix("Sources/") }
        let files = sources.map { ($0.lines.count - 1, $0.path) }.sorted { $0.0 > $1.0 }
        let functions = try sources.flatMap { source in
            try source.functionLengths().map { ($0.length, "\(source.path):\($0.line) \($0.name)") }
        }.sorted { $0.0 > $1.0 }
        #expect(!functions.isEmpty)
        print("\(sources.count) source files, \(files.reduce(0) { $0 + $1.0 }) lines, \(functions.count) functions")
        for (lines, path) in files.prefix(5) { print("  \(lines) lines  \(path)") }
        for (lines, name) in functions.prefix(5) { print("  \(lines) lines  \(name)") }
        if !functions.isEmpty { print("  median function: \(functions[functions.count / 2].0) lines") }
    }
}

@Suite("The scanner tells code from comments and strings")
struct SwiftSourceTests {
    @Test(
        "comments and strings become blanks, interpolations stay",
        arguments: [
            ("a // b\nc", "a     \nc"),
            ("a /* b /* c */ d */ e", "a                   e"),
            (#"f("a\"b") + c"#, #"f("    ") + c"#),
            (##"f(#"a"b"#) + c"##, ##"f(#"   "#) + c"##),
            (#"f("a\(g("x", h))b")"#, #"f(" \(g(" ", h)) ")"#),
            ("\"\"\"\n a \"quoted\"\n\"\"\"\nb", "\"\"\"\n           \n\"\"\"\nb"),
            (#"let r = /a"b\/c/; d"#, #"let r =         ; d"#),
            ("let r = a / b / c", "let r = a / b / c"),
        ])
    func blanks(_ text: String, _ code: String) {
        #expect(SwiftSource(path: "x.swift", text: text).code == code)
    }

    @Test("the three views have the same lines")
    func sameLines() {
        for source in Repository.swiftFiles {
            let count = source.lines.count
            #expect(source.codeLines.count == count, "\(source.path)")
            #expect(source.uncommented.split(separator: "\n", omittingEmptySubsequences: false).count == count)
        }
    }
}
