/// What went wrong in the database; it never holds a value from a statement or a row.
public struct SQLError: Error, Sendable {
    /// The kinds of failure a caller can tell apart.
    public enum Code: Sendable, Hashable {
        /// A queue is full, a lock was not had in time, or conflicts did not end within the retry time.
        /// Nothing was written.
        case busy
        case uniqueViolation
        case foreignKeyViolation
        case checkViolation
        case notNullViolation
        /// The server could not be reached, or the disk refuses its work. Nothing was written.
        case connectionLost
        /// The connection or the disk failed during COMMIT: the write may have happened or not.
        case unknownOutcome
        /// An argument, a column name or a row's value is not what was asked for.
        case badValue
        /// The migrations and the database do not fit together.
        case migration
        /// The database was closed.
        case closed
        /// The engine is not set up as this program needs it (durability, encoding).
        case unsafeSettings
        /// The engine refused the statement: a fault of the program.
        case statement
        /// Another transaction came between. `Database` runs the work again; callers see `busy` at most.
        case conflict
    }

    /// The kind of failure; two errors are equal when their codes are.
    public let code: Code
    /// For a unique violation the columns as `table.column, table.column`, alike on both engines where the engine
    /// names them; for a check the constraint's name.
    public let constraint: String?
    /// Words for an operator or a developer: constant text, engine codes and schema names only.
    public let reason: String

    /// An error of this kind.
    public init(_ code: Code, _ reason: String = "", constraint: String? = nil) {
        self.code = code
        self.constraint = constraint
        self.reason = reason
    }

    /// See `Code.busy`.
    public static let busy = SQLError(.busy, "the database is busy")
    /// See `Code.unknownOutcome`.
    public static let unknownOutcome = SQLError(.unknownOutcome, "the connection failed during COMMIT")
    /// See `Code.closed`.
    public static let closed = SQLError(.closed, "the database is closed")
}

extension SQLError: Equatable {
    public static func == (left: SQLError, right: SQLError) -> Bool { left.code == right.code }
}

extension SQLError: CustomStringConvertible {
    public var description: String {
        let place = constraint.map { " (\($0))" } ?? ""
        return "SQLError.\(code)\(place): \(reason)"
    }
}

extension SQLError {
    /// Whether the whole transaction is gone with nothing written, so that its work can be run again.
    var endsTransaction: Bool { code == .conflict || code == .connectionLost }

    /// The error as a caller outside sees it.
    var forCaller: SQLError {
        code == .conflict ? SQLError(.busy, "conflicts with other transactions did not end: \(reason)") : self
    }
}
