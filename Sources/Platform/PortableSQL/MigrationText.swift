/// A migration's text, cut into tokens so that words are replaced only where a type or a table option stands.
struct MigrationText {
    private var tokens: [SQLToken]

    init(_ text: String) { tokens = SQLToken.tokens(of: text) }

    /// The text for one engine.
    func translated(for engine: SQLEngine) -> String {
        statements().map { translate($0, engine) }.joined()
    }

    /// The tokens of each statement, its `;` included.
    private func statements() -> [[SQLToken]] {
        var statements: [[SQLToken]] = [[]]
        for token in tokens {
            statements[statements.count - 1].append(token)
            if token.text == ";" && token.kind == .symbol { statements.append([]) }
        }
        return statements
    }

    private func translate(_ statement: [SQLToken], _ engine: SQLEngine) -> String {
        var result: [String] = []
        let significant = statement.indices.filter { statement[$0].kind != .trivia }
        for (place, index) in significant.enumerated() {
            let from = place == 0 ? statement.startIndex : significant[place - 1] + 1
            result += statement[from..<index].map(\.text)
            result.append(replacement(place, significant.map { statement[$0] }, engine))
        }
        let end = significant.last.map { $0 + 1 } ?? statement.startIndex
        result += statement[end...].map(\.text)
        return result.joined()
    }

    // MARK: - Words

    private func replacement(_ place: Int, _ tokens: [SQLToken], _ engine: SQLEngine) -> String {
        let token = tokens[place]
        if let option = tableOption(place, tokens, engine) { return option }
        guard token.kind == .word, place > 0, let word = ColumnWord(rawValue: token.text) else { return token.text }
        let before = tokens[place - 1]
        let after = place + 1 < tokens.count ? tokens[place + 1].text : ""
        if before.isKeyword("AS") { return after == ")" ? word.type(engine) : token.text }
        guard after != ".", isColumn(place - 1, tokens) else { return token.text }
        return word.definition(of: before.text, engine)
    }

    /// Whether the token is a column's name. Behind `(`, `,` and COLUMN most keywords may be names (`key text`).
    private func isColumn(_ place: Int, _ tokens: [SQLToken]) -> Bool {
        guard place > 0, ["(", ","].contains(tokens[place - 1].text) || tokens[place - 1].isKeyword("COLUMN") else {
            return tokens[place].isName
        }
        return tokens[place].beginsColumn
    }

    /// `STRICT` at the end of each CREATE TABLE on SQLite, with `WITHOUT ROWID` for `unordered`.
    private func tableOption(_ place: Int, _ tokens: [SQLToken], _ engine: SQLEngine) -> String? {
        guard tokens[0].isKeyword("CREATE"), tokens.count > 2, tokens[1].isKeyword("TABLE") else { return nil }
        let last = tokens.last?.text == ";" ? tokens.count - 2 : tokens.count - 1
        let hasOption = tokens[last].kind == .word && tokens[last].text == "unordered"
        guard place == last else { return nil }
        switch engine {
        case .sqlite: return hasOption ? "STRICT, WITHOUT ROWID" : tokens[last].text + " STRICT"
        case .postgreSQL: return hasOption ? "" : nil
        }
    }
}

/// The words for column types.
private enum ColumnWord: String {
    case int64, text, bytes, flag, time

    func type(_ engine: SQLEngine) -> String {
        switch (self, engine) {
        case (.int64, .sqlite), (.time, .sqlite), (.flag, .sqlite): "INTEGER"
        case (.text, _): "TEXT"
        case (.bytes, .sqlite): "BLOB"
        case (.int64, .postgreSQL), (.time, .postgreSQL): "BIGINT"
        case (.bytes, .postgreSQL): "BYTEA"
        case (.flag, .postgreSQL): "SMALLINT"
        }
    }

    /// The type with what makes it alike on both engines.
    func definition(of column: String, _ engine: SQLEngine) -> String {
        switch self {
        case .flag: "\(type(engine)) CHECK (\(column) IN (0, 1))"
        case .text: engine == .postgreSQL ? "TEXT COLLATE \"C\"" : "TEXT"
        case .int64, .bytes, .time: type(engine)
        }
    }
}

/// A piece of SQL text. The texts of all tokens together are the whole text.
struct SQLToken {
    enum Kind {
        case word, quotedName, string, symbol, trivia
    }

    let kind: Kind
    let text: String

    func isKeyword(_ keyword: String) -> Bool { kind == .word && text.uppercased() == keyword }

    /// Whether a column's type may follow.
    var isName: Bool {
        kind == .quotedName || (kind == .word && !Self.keywords.contains(text.uppercased()))
    }

    /// Whether it can be the name at the beginning of a column's definition.
    var beginsColumn: Bool {
        kind == .quotedName || (kind == .word && !Self.beginningsOfExpressions.contains(text.uppercased()))
    }

    private static let beginningsOfExpressions: Set<String> = [
        "ALL", "CASE", "CONSTRAINT", "DISTINCT", "EXISTS", "NOT", "SELECT", "WITH",
    ]

    /// Words after which a name stands, not a type.
    private static let keywords: Set<String> = [
        "ADD", "ALL", "AND", "ANY", "AS", "ASC", "BETWEEN", "BY", "CASE", "CHECK", "COLUMN", "CONSTRAINT", "CREATE",
        "DEFAULT", "DELETE", "DESC", "DISTINCT", "DROP", "ELSE", "END", "EXCEPT", "EXISTS", "FOREIGN", "FROM",
        "GROUP", "HAVING", "IF", "IN", "INDEX", "INSERT", "INTERSECT", "INTO", "IS", "JOIN", "KEY", "LIMIT", "NOT",
        "NULL", "ON", "OR", "ORDER", "PRIMARY", "REFERENCES", "RENAME", "SELECT", "SET", "TABLE", "THEN", "TO",
        "UNION", "UNIQUE", "UPDATE", "USING", "VALUES", "WHEN", "WHERE", "WITH",
    ]
}

extension SQLToken {
    static func tokens(of text: String) -> [SQLToken] {
        var rest = Substring(text)
        var tokens: [SQLToken] = []
        while let first = rest.first {
            let (kind, end) = scan(rest, first)
            tokens.append(SQLToken(kind: kind, text: String(rest[..<end])))
            rest = rest[end...]
        }
        return tokens
    }

    private static func scan(_ rest: Substring, _ first: Character) -> (Kind, String.Index) {
        if first == "'" { return (.string, endOfQuoted(rest, first)) }
        if first == "\"" { return (.quotedName, endOfQuoted(rest, first)) }
        if rest.hasPrefix("--") { return (.trivia, rest.firstIndex(where: \.isNewline) ?? rest.endIndex) }
        if rest.hasPrefix("/*") { return (.trivia, endOfComment(rest)) }
        if first.isWhitespace { return (.trivia, end(rest, where: \.isWhitespace)) }
        if isWordPart(first) { return (.word, end(rest, where: isWordPart)) }
        return (.symbol, rest.index(after: rest.startIndex))
    }

    private static func isWordPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "$"
    }

    private static func end(_ rest: Substring, where belongs: (Character) -> Bool) -> String.Index {
        rest.firstIndex { !belongs($0) } ?? rest.endIndex
    }

    /// A doubled quote inside counts as the end of one quoted piece and the start of the next: the sum is the same.
    private static func endOfQuoted(_ rest: Substring, _ quote: Character) -> String.Index {
        let inside = rest.dropFirst()
        return inside.firstIndex(of: quote).map { rest.index(after: $0) } ?? rest.endIndex
    }

    private static func endOfComment(_ rest: Substring) -> String.Index {
        var index = rest.index(rest.startIndex, offsetBy: 2)
        while index < rest.endIndex {
            if rest[index...].hasPrefix("*/") { return rest.index(index, offsetBy: 2) }
            index = rest.index(after: index)
        }
        return rest.endIndex
    }
}
