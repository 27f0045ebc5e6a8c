import Foundation
import GRDB

/// A table of an SQLite database with everything in it, in the order in which it lies there.
struct DumpedTable: Sendable {
    let name: String
    let columns: [String]
    /// Each cell as bytes: text as UTF-8, integers in decimal; NULL is nil.
    let rows: [[[UInt8]?]]
}

/// Reads and changes SQLite databases past their rooms, as somebody who has the files can.
enum RawDatabase {
    static func tables(at file: URL) throws -> [DumpedTable] {
        try open(file).read { database in
            let names = try String.fetchAll(
                database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            return try names.map { try table($0, database) }
        }
    }

    /// Runs statements, for planted faults.
    static func execute(_ sql: String, _ arguments: [(any DatabaseValueConvertible)?] = [], at file: URL) throws {
        try open(file).write { try $0.execute(sql: sql, arguments: StatementArguments(arguments)) }
    }

    private static func open(_ file: URL) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        return try DatabaseQueue(path: file.path, configuration: configuration)
    }

    private static func table(_ name: String, _ database: Database) throws -> DumpedTable {
        let columns = try database.columns(in: name).map(\.name)
        let rows = try Row.fetchAll(database, sql: "SELECT * FROM \"\(name)\"")
        return DumpedTable(name: name, columns: columns, rows: rows.map { $0.databaseValues.map(bytes) })
    }

    private static func bytes(_ value: DatabaseValue) -> [UInt8]? {
        switch value.storage {
        case .null: nil
        case .int64(let integer): Array(String(integer).utf8)
        case .double(let number): Array(String(number).utf8)
        case .string(let text): Array(text.utf8)
        case .blob(let data): Array(data)
        }
    }
}
