import Foundation
import GRDB
import PortableSQL

/// One SQLite connection through GRDB, used by one thread.
final class SQLiteConnection: SQLConnection {
    private let queue: DatabaseQueue
    private var placeholderCounts: [String: Int] = [:]

    /// Makes an empty file that only its owner can read; SQLite gives its companions the same mode.
    static func makeFile(_ path: String) throws(SQLError) {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: attributes) else {
            throw SQLError(.connectionLost, "the database file cannot be made")
        }
    }

    init(_ path: String, _ role: SQLRole, busyMilliseconds: Int) throws(SQLError) {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(Double(busyMilliseconds) / 1_000)
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase { try Self.set(up: $0, role) }
        } catch let error as SQLError {
            throw error
        } catch {
            throw SQLError(sqlite: error)
        }
    }

    private static func set(up database: GRDB.Database, _ role: SQLRole) throws {
        try database.execute(sql: "PRAGMA journal_mode = WAL")
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try database.execute(sql: "PRAGMA foreign_keys = ON")
        try database.execute(sql: "PRAGMA secure_delete = ON")
        try require(database, "PRAGMA journal_mode", "wal")
        try require(database, "PRAGMA synchronous", "2")
        try require(database, "PRAGMA foreign_keys", "1")
        if role == .reader { try database.execute(sql: "PRAGMA query_only = ON") }
    }

    private static func require(_ database: GRDB.Database, _ pragma: String, _ value: String) throws {
        let found = try DatabaseValue.fetchOne(database, sql: pragma)?.storage.value
        guard found.map({ "\($0)" }) == value else { throw SQLError(.unsafeSettings, "\(pragma) is not \(value)") }
    }

    // MARK: - SQLConnection

    func run(_ statement: String, _ arguments: [SQLValue]) throws(SQLError) -> SQLAnswer {
        try onQueue { database in
            let prepared = try database.cachedStatement(sql: statement)
            try prepared.setArguments(named(arguments, for: statement))
            return try Self.answer(prepared, database)
        }
    }

    func script(_ text: String) throws(SQLError) {
        try onQueue { database in try database.execute(sql: text) }
    }

    func commit() throws(SQLError) {
        do {
            try script("COMMIT")
        } catch {
            // A failed write or sync at COMMIT may leave the frames in the WAL file.
            throw error.code == .connectionLost ? SQLError(.unknownOutcome, error.reason) : error
        }
    }

    func explained(_ error: SQLError) -> SQLError { error }

    func close() {
        try? queue.close()
    }

    private func onQueue<T>(_ body: (GRDB.Database) throws -> T) throws(SQLError) -> T {
        do {
            return try queue.inDatabase(body)
        } catch let error as SQLError {
            throw error
        } catch {
            throw SQLError(sqlite: error)
        }
    }

    // MARK: - Values

    /// Arguments bound by name: SQLite numbers `$n` by first appearance, not by n.
    private func named(_ arguments: [SQLValue], for statement: String) throws -> StatementArguments {
        let count = placeholderCounts[statement] ?? SQLPlaceholders.highest(in: statement)
        placeholderCounts[statement] = count
        guard count == arguments.count else {
            throw SQLError(.badValue, "\(arguments.count) arguments for \(count) placeholders")
        }
        var named: [String: (any DatabaseValueConvertible)?] = [:]
        for (index, argument) in arguments.enumerated() { named[String(index + 1)] = argument.databaseValue }
        return StatementArguments(named)
    }

    private static func answer(_ statement: Statement, _ database: GRDB.Database) throws -> SQLAnswer {
        let columns = SQLColumns(statement.columnNames.map { $0.lowercased() })
        var rows: [SQLRow] = []
        let cursor = try Row.fetchCursor(statement)
        while let row = try cursor.next() {
            rows.append(SQLRow(columns: columns, values: try row.databaseValues.map(SQLValue.init(databaseValue:))))
        }
        return SQLAnswer(rows: rows, changedRowsCount: statement.isReadonly ? 0 : database.changesCount)
    }
}

extension SQLValue {
    fileprivate init(databaseValue: DatabaseValue) throws {
        switch databaseValue.storage {
        case .null: self = .null
        case .int64(let integer): self = .integer(integer)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .bytes([UInt8](data))
        case .double: throw SQLError(.badValue, "floating-point values are not used")
        }
    }

    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let integer): integer.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }
}
