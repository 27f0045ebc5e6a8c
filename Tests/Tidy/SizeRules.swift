extension CodeRules {
    /// Columns of a line.
    static let lineLimit = 120
    /// Lines of a file.
    static let fileLimit = 600
    /// Lines of a function.
    static let functionLimit = 100

    static let longLine = Rule(
        name: "lines have at most \(lineLimit) columns", covers: Covers.sourcesAndTests,
        bad: [String(repeating: "窓", count: lineLimit + 1)],
        good: [String(repeating: "a", count: lineLimit)]
    ) { source in
        source.lines.enumerated().filter { $0.element.count > lineLimit }.map {
            Finding(path: source.path, line: $0.offset + 1, what: "\($0.element.count) columns")
        }
    }

    static let longFile = Rule(
        name: "files have at most \(fileLimit) lines", covers: Covers.sourcesAndTests,
        bad: [String(repeating: "\n", count: fileLimit + 1)], good: [String(repeating: "\n", count: fileLimit)]
    ) { source in
        let lines = source.lines.count - 1
        return lines > fileLimit ? [Finding(path: source.path, line: 0, what: "\(lines) lines")] : []
    }

    static let longFunction = Rule(
        name: "functions have at most \(functionLimit) lines", covers: Covers.sourcesAndTests,
        bad: [
            "struct A {\n    func f(\n        a: Int\n    )\n        throws -> Int\n    {"
                + String(repeating: "\n", count: functionLimit) + "    }\n}",
            "init(a: @escaping () -> Void = { }) {" + String(repeating: "\n", count: functionLimit) + "}",
        ],
        good: [
            "func f() {" + String(repeating: "\n", count: functionLimit - 1) + "}",
            "protocol P {\n    func f() -> Int\n}\nstruct A {" + String(repeating: "\n", count: functionLimit) + "}",
            "let a: A = .init(b)\n" + String(repeating: "\n", count: functionLimit) + "{ }",
        ]
    ) { source in
        try source.functionLengths().filter { $0.length > functionLimit }.map {
            Finding(path: source.path, line: $0.line, what: "\($0.name) has \($0.length) lines")
        }
    }
}
