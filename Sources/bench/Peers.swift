import Foundation
import Values

/// Databases of a PostgreSQL for one nation, one for each institution.
struct BenchDatabases {
    private let connection: String
    init(_ connection: String) throws { self.connection = connection }

    /// Makes the databases and gives each institution's connection string.
    func create(for institutions: [InstitutionID]) throws -> [String: String] {
        let run = ProcessInfo.processInfo.processIdentifier
        var databases: [String: String] = [:]
        for name in institutions {
            let database = "bench_\(run)_\(name.text.replacing("-", with: "_"))"
            _ = try Command.output(["psql", "-qAt", connection, "-c", "CREATE DATABASE \(database)"])
            databases[name.text] = connection.replacing("dbname=postgres", with: "dbname=\(database)")
        }
        return databases
    }
}

/// A program that is run for its output.
enum Command {
    static func output(_ words: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchError.noPostgreSQL }
        return String(decoding: data, as: UTF8.self)
    }
}
