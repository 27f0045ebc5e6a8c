/// One numbered step of a schema, never edited once it has been applied anywhere.
///
/// The text is one for both engines. In the place of a column's type stand these words:
/// `int64`, `text` (compared by code point), `bytes`, `flag` (0 or 1, with a CHECK), `time` (µs since 1970, UTC).
/// `CREATE TABLE x (…) unordered;` makes a table whose rows keep no trace of their order of insertion on SQLite.
public struct Migration: Sendable {
    /// A name that is unique in the database, such as "001 residents".
    public let id: String
    let statements: [String]

    /// A step of one or more statements.
    public init(_ id: String, _ statements: StaticString...) {
        self.id = id
        self.statements = statements.map(\.description)
    }

    /// FNV-1a (64 bits) of the statements as written: enough to notice an edit, no protection against malice.
    /// Source: draft-eastlake-fnv, offset basis and prime for 64 bits.
    var fingerprint: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for statement in statements {
            for byte in statement.utf8 + [0] {
                hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            }
        }
        return String(hash, radix: 16)
    }
}
