/// What a connection is opened for.
package enum SQLRole: Sendable {
    case reader
    case writer
}

/// What one statement gave: its rows, and how many rows it changed.
package struct SQLAnswer {
    package let rows: [SQLRow]
    package let changedRowsCount: Int

    package init(rows: [SQLRow], changedRowsCount: Int) {
        self.rows = rows
        self.changedRowsCount = changedRowsCount
    }
}

/// One connection of a driver: blocking, used by one thread only.
///
/// A driver throws `SQLError` with `conflict` when the transaction must be run again and `connectionLost` when the
/// connection is of no more use; nothing else ends a transaction.
package protocol SQLConnection: AnyObject {
    /// Runs one statement with its arguments bound to `$1`, `$2` …; the prepared statement is kept.
    func run(_ statement: String, _ arguments: [SQLValue]) throws(SQLError) -> SQLAnswer
    /// Runs a text of one or more statements without arguments.
    func script(_ text: String) throws(SQLError)
    /// Ends the transaction. Throws `unknownOutcome` or `connectionLost` when it may have been committed or not.
    func commit() throws(SQLError)
    /// Adds to an error what only the schema knows (which columns a violated constraint has); outside a failed state.
    func explained(_ error: SQLError) -> SQLError
    /// Releases the connection; it is not used afterwards.
    func close()
}

/// Opens a connection on the thread that will use it.
package typealias SQLOpening = @Sendable (SQLRole) throws(SQLError) -> any SQLConnection

extension SQLEngine {
    func begin(_ role: SQLRole) -> String {
        switch (self, role) {
        case (.sqlite, .reader): "BEGIN DEFERRED"
        case (.sqlite, .writer): "BEGIN IMMEDIATE"
        case (.postgreSQL, .reader): "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY"
        case (.postgreSQL, .writer): "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"
        }
    }
}
