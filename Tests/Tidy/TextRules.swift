/// What no text of the project may hold.
enum TextRules {
    static let all: [TextRule] = [numbers, machinePaths, foreignWords]

    // MARK: Individual Numbers

    /// The check digit of an Individual Number (個人番号) for its first eleven digits.
    ///
    /// Source: MIC Ordinance No. 85 of 2014, art. 5. Written here once more, so that this check does not lean on the
    /// code that it watches.
    static func checkDigit(of body: [Int]) -> Int {
        let sum = body.reversed().enumerated().reduce(0) { sum, digit in
            let position = digit.offset + 1
            return sum + digit.element * (position <= 6 ? position + 1 : position - 5)
        }
        return sum % 11 <= 1 ? 0 : 11 - sum % 11
    }

    /// Twelve digits that stand alone, in a row or in fours, and whose check digit is right.
    static let numbers = TextRule(
        name: "no valid Individual Number stands in the tree",
        exceptions: ["Tests/ValuesTests/": "the published test vectors, with their sources"],
        bad: [planted(""), "number: \(planted(" ")).", planted("-"), planted("_"), planted("").withFullWidthDigits],
        good: [
            "1\(planted(""))", "\(planted(""))a", "a\(planted(""))", String(planted("").dropLast()) + "x",
            "0.\(planted(""))", String(repeating: "1", count: 11) + "2",
        ]
    ) { file in
        let plain = file.text.withPlainDigits
        let pattern = #"(?<![\w.])(?:\d{12}|\d{4}([ _-])\d{4}\1\d{4})(?!\w|\.\d)"#
        return try matches(of: pattern, in: plain).filter { match in
            let digits = match.text.compactMap(\.wholeNumberValue)
            return digits.count == 12 && Set(digits).count > 1 && checkDigit(of: Array(digits.prefix(11))) == digits[11]
        }.map { Finding(path: file.path, line: $0.line, what: "twelve digits with a right check digit") }
    }

    /// A valid number, in fours, made here so that none stands in the text.
    private static func planted(_ separator: String) -> String {
        let body = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 9]
        let digits = (body + [checkDigit(of: body)]).map(String.init)
        return [0, 4, 8].map { digits[$0..<$0 + 4].joined() }.joined(separator: separator)
    }

    // MARK: Words

    /// Folders of one machine, which a clone elsewhere does not have.
    static let machinePaths = TextRule(
        name: "no path of one machine", exceptions: [:],
        bad: ["see /wo" + "rk/main", "\"/ro" + "ot/.cache\"", "(/tm" + "p/bash", "/ho" + "me/someone/x"],
        good: ["Sources/wo" + "rk/a", "https://example.jp/ro" + "ot/", "$HOME/x", "/var/lib/postgresql"]
    ) { file in
        let pattern =
            #"(?<![\w.:/~-])/(?:wo"# + #"rk|ro"# + #"ot|fa"# + #"rm|ho"# + #"me/\w+|tm"# + #"p/ba"# + #"sh)\b/?"#
        return try matches(of: pattern, in: file.text).map {
            Finding(path: file.path, line: $0.line, what: "a path of one machine: \($0.text)")
        }
    }

    /// The text speaks of the project alone: not of who or what wrote it.
    static let foreignWords = TextRule(
        name: "the text speaks of the project alone", exceptions: [:],
        bad: [
            "Cla" + "ude", "written by an A" + "I agent", "as a lang" + "uage model", "Co-auth" + "ored-by: x",
            "se" + "ed 001",
        ],
        good: ["the card agent", "clauses", "an agent of the citizen", "a session of the portal"]
    ) { file in
        let words = [
            "cla" + "ude", "anth" + "ropic", "open" + "ai", "chat" + "gpt", "co" + "pilot", "lang" + "uage model",
            "sub" + "agent", "co-auth" + "ored-by", "(?-i:A" + "I) (?:agent|assistant|model)", "(?-i:L" + "LM)s?",
            "pro" + "mpt engineering", "as an (?-i:A" + "I)", "se" + "eds? 00[0-4]",
        ]
        return try matches(of: "(?i)\\b(?:" + words.joined(separator: "|") + ")\\b", in: file.text).map {
            Finding(path: file.path, line: $0.line, what: "speaks of something else than the project: \($0.text)")
        }
    }
}

extension String {
    /// `０` is 0xFEE0 above `0`.
    private static let fullWidthOffset: UInt32 = 0xFEE0

    fileprivate var withPlainDigits: String { mapped(from: "０", by: { $0 - Self.fullWidthOffset }) }
    fileprivate var withFullWidthDigits: String { mapped(from: "0", by: { $0 + Self.fullWidthOffset }) }

    private func mapped(from zero: Unicode.Scalar, by change: (UInt32) -> UInt32) -> String {
        let digits = zero.value...zero.value + 9
        return String(
            String.UnicodeScalarView(
                unicodeScalars.map { digits.contains($0.value) ? Unicode.Scalar(change($0.value)) ?? $0 : $0 }))
    }
}

/// A rule on every text of the tree, with samples that must break it and samples that must not.
struct TextRule: Sendable {
    let name: String
    /// Beginnings of paths that may break the rule, each with the reason.
    let exceptions: [String: String]
    let bad: [String]
    let good: [String]
    let find: @Sendable (TextFile) throws -> [Finding]
}
