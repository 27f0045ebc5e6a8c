/// The `$n` placeholders of a statement.
package enum SQLPlaceholders {
    /// The highest n of `$n` in a statement; 0 when there is none. Placeholders in string literals do not count.
    package static func highest(in statement: String) -> Int {
        var highest = 0
        for token in SQLToken.tokens(of: statement) where token.kind == .word && token.text.hasPrefix("$") {
            highest = max(highest, Int(token.text.dropFirst()) ?? 0)
        }
        return highest
    }
}
