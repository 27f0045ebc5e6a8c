import Foundation

/// A function with a body: where it begins and how many lines it takes, its own line and closing brace included.
struct FunctionLength {
    let name: String
    let line: Int
    let length: Int
}

extension SwiftSource {
    /// Every function, initializer, deinitializer and subscript that has a body.
    func functionLengths() throws -> [FunctionLength] {
        let pattern = #"\b(?:func\s+([^\s(<]+)|(?<![.\w])(init)[?!]?\s*[(<]|(deinit)\b|(?<![.\w])(subscript)\s*[(<])"#
        let lines = codeLines.map(String.init)
        return try matches(of: pattern, in: code).compactMap { match in
            guard let end = FunctionBody(lines: lines, from: match).lastLine() else { return nil }
            let name = match.groups.dropFirst().first { !$0.isEmpty } ?? ""
            return FunctionLength(name: name, line: match.line, length: end - match.line + 1)
        }
    }
}

/// Finds the closing brace of a declaration that begins on a known line.
private struct FunctionBody {
    private let lines: [String]
    private let match: Match

    init(lines: [String], from match: Match) {
        self.lines = lines
        self.match = match
    }

    /// The line of the closing brace; nil when there is no body (a protocol's requirement, a call of `init`).
    func lastLine() -> Int? {
        var parentheses = 0
        var braces = 0
        for number in match.line...max(match.line, lines.count) where number <= lines.count {
            let text = number == match.line ? fromDeclaration(lines[number - 1]) : lines[number - 1]
            for character in text {
                switch character {
                case "(", "[": parentheses += 1
                case ")", "]": parentheses -= 1
                case "{" where parentheses <= 0: braces += 1
                case "}" where parentheses <= 0:
                    braces -= 1
                    if braces == 0 { return number }
                    if braces < 0 { return nil }
                default: break
                }
            }
            if braces == 0, parentheses <= 0, !goesOn(after: number) { return nil }
        }
        return nil
    }

    private func fromDeclaration(_ line: String) -> String {
        guard let first = match.text.split(separator: "\n").first, let range = line.range(of: String(first)) else {
            return line
        }
        return String(line[range.lowerBound...])
    }

    /// Whether the head of the declaration continues on the line after `number`.
    private func goesOn(after number: Int) -> Bool {
        let ended = lines[number - 1].trimmingSpaces()
        if ["->", ",", "where", "=", ":"].contains(where: ended.hasSuffix) { return true }
        guard number < lines.count else { return false }
        let next = lines[number].trimmingSpaces()
        return ["{", "->", "throws", "async", "rethrows", "where", ")"].contains(where: next.hasPrefix)
    }
}

extension StringProtocol {
    func trimmingSpaces() -> String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
