extension CodeRules {
    /// Members that a protocol of the standard library asks for and describes: their meaning is the protocol's, and a
    /// comment could only repeat it.
    private static let inherited =
        #"\b(?:func\s*(?:==|<|hash\(into|encode\(to|next\(\)|build[A-Z]\w*\()|init\(from decoder"#
        + #"|var\s+(?:description|debugDescription"#
        + #"|customMirror|errorDescription|rawValue|id)\b)"#

    static let undocumented = Rule(
        name: "every public declaration has a doc comment", covers: Covers.sources,
        bad: [
            "public struct A {}", "/// A.\npublic struct A {\n    public init() {}\n}",
            "/// A.\n\n    @inlinable\n    public func f() {}", "// A.\npublic private(set) var a = 1",
            "nonisolated public static func f() {}",
        ],
        good: [
            "/// A.\npublic struct A {}", "/// A.\n@frozen\n@available(*, unavailable)\npublic enum A {}",
            "public import Values", "public extension A {\n}", "let s = \"public func f()\"",
            "public func hash(into hasher: inout Hasher) {}",
        ]
    ) { source in
        let pattern =
            #"^.*\bpublic\s+(?:(?:static|final|mutating|nonmutating|nonisolated|indirect|override|convenience|required"#
            + #"|lazy|weak|consuming|borrowing|class|(?:private|internal|package|fileprivate)\(set\))\s+)*"#
            + #"(?:func|var|let|init|struct|class|enum|actor|protocol|typealias|subscript|macro|case)\b.*$"#
        let lines = source.lines
        return try matches(of: pattern, in: source.code).filter {
            try !isDocumented(line: $0.line, in: lines) && matches(of: inherited, in: $0.text).isEmpty
        }.map {
            let shown = String(lines[$0.line - 1].trimmingSpaces().prefix(70))
            return Finding(path: source.path, line: $0.line, what: "no doc comment: \(shown)")
        }
    }

    /// Whether a doc comment stands above the line, with nothing but attributes between.
    private static func isDocumented(line: Int, in lines: [Substring]) -> Bool {
        for above in lines[..<(line - 1)].reversed() {
            let text = above.trimmingSpaces()
            if text.hasPrefix("///") || text.hasSuffix("*/") { return true }
            if !text.hasPrefix("@") { return false }
        }
        return false
    }
}
