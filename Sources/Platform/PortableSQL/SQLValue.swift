/// The database engine behind a `Database`.
public enum SQLEngine: String, Sendable, Hashable, CaseIterable {
    case sqlite
    case postgreSQL
}

/// A value as both engines hold it: the only four kinds that the portable column words make.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
}

extension SQLValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind of the value; never its content, which may be personal data.
    public var description: String {
        switch self {
        case .null: "null"
        case .integer: "integer"
        case .text: "text"
        case .bytes: "bytes"
        }
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A Swift value that can be bound to a `$n` placeholder.
public protocol SQLConvertible {
    /// The value as it is bound.
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLConvertible {
    /// The value as the engine takes it.
    public var sqlValue: SQLValue { self }
}

extension Int: SQLConvertible {
    /// The value as the engine takes it.
    public var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Int64: SQLConvertible {
    /// The value as the engine takes it.
    public var sqlValue: SQLValue { .integer(self) }
}

extension String: SQLConvertible {
    /// The value as the engine takes it.
    public var sqlValue: SQLValue { .text(self) }
}

extension Bool: SQLConvertible {
    /// 1 or 0, as the column word `flag` holds it.
    public var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension Array: SQLConvertible where Element == UInt8 {
    /// The value as the engine takes it.
    public var sqlValue: SQLValue { .bytes(self) }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    /// The value as the engine takes it.
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}
