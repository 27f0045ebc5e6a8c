import Foundation

/// What the documents promise and must hold.
enum DocumentRules {
    /// Links of a Markdown text that lead nowhere: a file that does not exist, or a heading that its file lacks.
    static func brokenLinks(
        in file: TextFile, exists: (String) -> Bool, text: (String) -> String?
    ) throws -> [Finding] {
        let prose = try withoutCode(file.text)
        return try matches(of: #"(?<!\\)\[[^\]\n]*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)"#, in: prose).compactMap {
            match in
            let target = match.groups[1]
            if target.contains("://") || target.hasPrefix("mailto:") { return nil }
            let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let path = parts[0].isEmpty ? file.path : resolve(parts[0], from: file.path)
            guard let path, exists(path) else {
                return Finding(path: file.path, line: match.line, what: "leads nowhere: \(target)")
            }
            guard parts.count == 2, path.hasSuffix(".md"), let text = text(path) else { return nil }
            let found = try headings(of: text).contains(parts[1])
            return found ? nil : Finding(path: file.path, line: match.line, what: "no such heading: \(target)")
        }
    }

    /// The text with code blocks and spans as blanks, line by line.
    private static func withoutCode(_ text: String) throws -> String {
        var isFenced = false
        return try text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            if line.trimmingSpaces().hasPrefix("```") {
                isFenced.toggle()
                return ""
            }
            if isFenced { return "" }
            let spans = try NSRegularExpression(pattern: "`[^`]*`")
            let whole = String(line)
            return spans.stringByReplacingMatches(
                in: whole, range: NSRange(whole.startIndex..., in: whole), withTemplate: "")
        }.joined(separator: "\n")
    }

    /// A path relative to the root from one relative to a file; nil when it leaves the repository.
    static func resolve(_ target: String, from file: String) -> String? {
        var parts = file.split(separator: "/").dropLast().map(String.init)
        for step in target.split(separator: "/") where step != "." {
            if step != ".." {
                parts.append(String(step))
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts.joined(separator: "/")
    }

    /// The anchors of a text's headings, as GitHub makes them.
    static func headings(of text: String) throws -> Set<String> {
        Set(
            try matches(of: #"^#{1,6}\s+(.+?)\s*$"#, in: text).map { match in
                match.groups[1].lowercased().filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
                    .replacing(" ", with: "-")
            })
    }

    /// Rooms without a README, or with one of more than 60 lines.
    static func roomReadmes(of plan: Manifest, text: (String) -> String?, isPresent: (String) -> Bool) -> [Finding] {
        plan.targets.compactMap { target in
            guard case .room = target.kind, isPresent(target.path) else { return nil }
            let path = "\(target.path)/README.md"
            guard let readme = text(path) else { return Finding(path: path, line: 0, what: "a room without README") }
            let lines = readme.split(separator: "\n", omittingEmptySubsequences: false).count
            return lines > 60 ? Finding(path: path, line: 0, what: "\(lines) lines, more than 60") : nil
        }
    }

    /// Rooms of the plan that the map does not name.
    static func unmapped(of plan: Manifest, map: String, isPresent: (String) -> Bool) -> [String] {
        plan.targets.filter { !$0.isTest && isPresent($0.path) && !map.contains("`\($0.name)`") }.map(\.name)
    }

    /// Documents that a comment of the sources cites and that are neither beside it, in `docs`, nor at the root.
    static func danglingCitations(in source: SwiftSource, exists: (String) -> Bool) throws -> [Finding] {
        let folder = source.path.split(separator: "/").dropLast().joined(separator: "/")
        return try matches(of: #"//.*$"#, in: source.text).flatMap { comment -> [Finding] in
            try matches(of: #"(?<![\w/.:-])(?:[\w-]+/)*[\w-]+\.md\b"#, in: comment.text).map(\.text).filter { name in
                !["", "docs/", folder + "/"].contains { exists($0 + name) }
            }.map { Finding(path: source.path, line: comment.line, what: "cites a document that is not here: \($0)") }
        }
    }

    // MARK: FEATURES.md

    static let states: Set<String> = ["works", "partly", "not yet"]

    /// Rows of the feature table that claim something without a test that exists, or whose state is none of the three.
    static func unfoundedFeatures(in table: String, exists: (String) -> Bool) throws -> [Finding] {
        let rows = try matches(of: #"^\|\s*+(?!capability|:?-)(.+?)\s*\|\s*(.+?)\s*\|\s*(.*?)\s*\|\s*$"#, in: table)
        return try rows.flatMap { row -> [Finding] in
            let place = { Finding(path: "FEATURES.md", line: row.line, what: $0) }
            // `partly` and `not yet` may say in brackets what is missing.
            let state = row.groups[2].replacing(#/ \(.+\)$/#, with: "")
            guard states.contains(state) else { return [place("unknown state: \(state)")] }
            let tests = try matches(of: #"`([^`]+)`"#, in: row.groups[3]).map { $0.groups[1] }
            if state != "not yet", tests.isEmpty { return [place("claims without a test: \(row.groups[1])")] }
            return tests.filter { !exists($0) }.map { place("names a test that is not there: \($0)") }
        }
    }
}
