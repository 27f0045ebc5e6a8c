/// The column names of one answer, shared by its rows.
package struct SQLColumns: Sendable {
    private let indexes: [String: Int]
    private static let ambiguous = -1

    package init(_ names: [String]) {
        var indexes: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            indexes[name] = indexes[name] == nil ? index : Self.ambiguous
        }
        self.indexes = indexes
    }

    func index(of name: String) throws(SQLError) -> Int {
        guard let index = indexes[name] else { throw SQLError(.badValue, "no column \(name)") }
        guard index != Self.ambiguous else { throw SQLError(.badValue, "two columns \(name)") }
        return index
    }
}

/// One row of an answer. Columns are read by name, in lower case as both engines give them.
///
/// Each reader throws `SQLError` (`badValue`) when the column is absent or its value is of another kind.
public struct SQLRow: Sendable {
    private let columns: SQLColumns
    private let values: [SQLValue]

    package init(columns: SQLColumns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The value as it came.
    public func value(_ column: String) throws(SQLError) -> SQLValue {
        values[try columns.index(of: column)]
    }

    /// An `int64` or `time` column.
    public func integer(_ column: String) throws(SQLError) -> Int64 {
        try required(optionalInteger(column), column)
    }

    /// An `int64` column as `Int`.
    public func int(_ column: String) throws(SQLError) -> Int {
        Int(try integer(column))
    }

    /// A `text` column.
    public func text(_ column: String) throws(SQLError) -> String {
        try required(optionalText(column), column)
    }

    /// A `bytes` column.
    public func bytes(_ column: String) throws(SQLError) -> [UInt8] {
        try required(optionalBytes(column), column)
    }

    /// A `flag` column, or a comparison in the SELECT list.
    public func flag(_ column: String) throws(SQLError) -> Bool {
        try required(optionalFlag(column), column)
    }

    /// An `int64` or `time` column that may be NULL.
    public func optionalInteger(_ column: String) throws(SQLError) -> Int64? {
        switch try value(column) {
        case .null: nil
        case .integer(let integer): integer
        case .text, .bytes: throw mismatch(column)
        }
    }

    /// An `int64` column that may be NULL, as `Int`.
    public func optionalInt(_ column: String) throws(SQLError) -> Int? {
        guard let integer = try optionalInteger(column) else { return nil }
        return Int(integer)
    }

    /// A `text` column that may be NULL.
    public func optionalText(_ column: String) throws(SQLError) -> String? {
        switch try value(column) {
        case .null: nil
        case .text(let text): text
        case .integer, .bytes: throw mismatch(column)
        }
    }

    /// A `bytes` column that may be NULL.
    public func optionalBytes(_ column: String) throws(SQLError) -> [UInt8]? {
        switch try value(column) {
        case .null: nil
        case .bytes(let bytes): bytes
        case .integer, .text: throw mismatch(column)
        }
    }

    /// A `flag` column that may be NULL.
    public func optionalFlag(_ column: String) throws(SQLError) -> Bool? {
        switch try optionalInteger(column) {
        case nil: nil
        case 0: false
        case 1: true
        default: throw mismatch(column)
        }
    }

    private func required<T>(_ value: T?, _ column: String) throws(SQLError) -> T {
        guard let value else { throw SQLError(.badValue, "column \(column) is NULL") }
        return value
    }

    private func mismatch(_ column: String) -> SQLError {
        SQLError(.badValue, "column \(column) holds a value of another kind")
    }
}
