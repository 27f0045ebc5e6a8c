/// The running transaction behind a reader or writer. Confined to its connection's thread.
///
/// After a statement has failed, every later one in the same transaction fails with the same error, on both engines
/// alike, and the transaction is rolled back even if the closure swallowed the error.
public final class SQLContext {
    let engine: SQLEngine
    private let connection: any SQLConnection
    private(set) var failure: SQLError?

    init(_ engine: SQLEngine, _ connection: any SQLConnection) {
        self.engine = engine
        self.connection = connection
    }

    func run(_ statement: String, _ arguments: [SQLValue]) throws(SQLError) -> SQLAnswer {
        if let failure { throw failure }
        do {
            try refuseNUL(arguments)
            StatementLog.shared?.record(statement, engine)
            return try connection.run(statement, arguments)
        } catch {
            failure = error
            throw error
        }
    }

    func script(_ text: String) throws(SQLError) {
        if let failure { throw failure }
        do {
            try connection.script(text)
        } catch {
            failure = error
            throw error
        }
    }

    /// PostgreSQL cannot hold U+0000 in text, and SQLite would cut the text there: both refuse it.
    private func refuseNUL(_ arguments: [SQLValue]) throws(SQLError) {
        for (index, argument) in arguments.enumerated() {
            guard case .text(let text) = argument, text.utf8.contains(0) else { continue }
            throw SQLError(.badValue, "the text of $\(index + 1) contains U+0000")
        }
    }
}

/// Whatever can read in a transaction: store functions are written on `some SQLReading`.
///
/// Values are bound to `$1`, `$2` …, in any order; a statement is a `StaticString`, so that no value can be
/// interpolated into it. On PostgreSQL an argument has the type of its Swift value (`bigint`, `text`, `bytea`):
/// a function that wants another needs `CAST($1 AS integer)`. A `nil` must stand where its type is plain.
public protocol SQLReading {
    /// The transaction that statements run in.
    var context: SQLContext { get }
}

extension SQLReading {
    /// The engine, where a store must know it.
    public var engine: SQLEngine { context.engine }

    /// All rows of a SELECT (or of an INSERT … RETURNING on a writer). Throws what the engine refuses, as `SQLError`.
    public func rows(_ sql: StaticString, _ arguments: (any SQLConvertible)?...) throws(SQLError) -> [SQLRow] {
        try context.run(sql.description, arguments.map { $0?.sqlValue ?? .null }).rows
    }

    /// The first row, or nil when there is none. Throws what the engine refuses, as `SQLError`.
    public func row(_ sql: StaticString, _ arguments: (any SQLConvertible)?...) throws(SQLError) -> SQLRow? {
        try context.run(sql.description, arguments.map { $0?.sqlValue ?? .null }).rows.first
    }
}

/// Reads one consistent state of the database. Valid only inside the closure it is given to.
public struct SQLReader: SQLReading {
    /// What the statements run on.
    public let context: SQLContext
}

/// Reads and writes in one transaction. Valid only inside the closure it is given to.
public struct SQLWriter: SQLReading {
    /// What the statements run on.
    public let context: SQLContext

    /// Runs a statement and answers how many rows it changed. Throws what the engine refuses, as `SQLError`.
    @discardableResult
    public func execute(_ sql: StaticString, _ arguments: (any SQLConvertible)?...) throws(SQLError) -> Int {
        try context.run(sql.description, arguments.map { $0?.sqlValue ?? .null }).changedRowsCount
    }
}
