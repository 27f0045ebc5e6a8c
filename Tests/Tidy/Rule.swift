import Testing

/// A rule on Swift files, with samples that must break it and samples that must not.
struct Rule: Sendable, CustomTestStringConvertible {
    let name: String
    /// Whether the rule speaks of the file at this path.
    let covers: @Sendable (String) -> Bool
    /// Files that may break the rule, each with the reason.
    var exceptions: [String: String] = [:]
    let bad: [String]
    let good: [String]
    let find: @Sendable (SwiftSource) throws -> [Finding]

    var testDescription: String { name }

    /// A rule that a pattern describes; `what` is said of each match.
    static func pattern(
        _ name: String, _ pattern: String, in view: @escaping @Sendable (SwiftSource) -> String, what: String,
        covers: @escaping @Sendable (String) -> Bool, exceptions: [String: String] = [:], bad: [String], good: [String]
    ) -> Rule {
        Rule(name: name, covers: covers, exceptions: exceptions, bad: bad, good: good) { source in
            try matches(of: pattern, in: view(source)).map {
                Finding(path: source.path, line: $0.line, what: "\(what): \($0.text.trimmingSpaces())")
            }
        }
    }

    func findings(in sources: [SwiftSource]) throws -> [Finding] {
        try sources.filter { covers($0.path) && exceptions[$0.path] == nil }.flatMap(find)
    }
}

/// Which files a rule speaks of.
enum Covers {
    static let sources: @Sendable (String) -> Bool = { $0.hasPrefix("Sources/") }
    static let sourcesAndTests: @Sendable (String) -> Bool = { $0.hasPrefix("Sources/") || $0.hasPrefix("Tests/") }
    /// The programs and what stands in a folder of a floor: `Sources/Floor/Room/File.swift`.
    static let libraries: @Sendable (String) -> Bool = {
        $0.hasPrefix("Sources/") && $0.split(separator: "/").count > 3
    }
    /// Where time must come in as a parameter.
    static let belowTheCompositionRoot: @Sendable (String) -> Bool = {
        libraries($0) && !$0.hasPrefix("Sources/Nation/")
    }
}
