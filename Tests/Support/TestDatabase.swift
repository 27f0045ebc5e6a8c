import Foundation
public import PortableSQL
import PostgresDriver
import SQLiteDriver

/// An empty database of one test, which can be opened several times, as by several processes.
public struct TestDatabase: Sendable {
    /// Why a test has no database.
    public enum Problem: Error, CustomStringConvertible {
        case noPostgresAddress

        public var description: String { "MADOGUCHI_TEST_POSTGRES is not set (script/postgres start DIR prints it)" }
    }

    /// The engine it lies on.
    public let engine: TestEngine
    private let name = "test_" + (0..<16).map { _ in String(UInt8.random(in: 0...15), radix: 16) }.joined()

    /// The folder of the SQLite files, for tests that search them.
    public var folder: String { FileManager.default.temporaryDirectory.path + "/madoguchi-\(name)" }

    /// The file of the SQLite database.
    public var path: String { folder + "/test.sqlite" }

    /// Opens it; the caller closes it.
    public func open(limits: DatabaseLimits = TestDatabase.limits) throws -> Database {
        switch engine {
        case .sqlite: try .sqlite(at: path, limits: limits)
        case .postgreSQL: try .postgreSQL(try postgresAddress(), limits: limits)
        }
    }

    /// Opens a PostgreSQL database by any connection string, for tests of refusals.
    public static func openPostgres(_ address: String) throws -> Database {
        try .postgreSQL(address, limits: limits)
    }

    /// The usual limits with two readers, so that many tests fit on one server.
    public static var limits: DatabaseLimits {
        var limits = DatabaseLimits()
        limits.readersCount = 2
        return limits
    }

    fileprivate func make() async throws {
        switch engine {
        case .sqlite: try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        case .postgreSQL: try await administer("CREATE DATABASE \(name) TEMPLATE template0")
        }
    }

    fileprivate func remove() async throws {
        switch engine {
        case .sqlite: try FileManager.default.removeItem(atPath: folder)
        case .postgreSQL: try await administer("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        }
    }

    /// The connection string of the database; a later `dbname` goes before an earlier one.
    private func postgresAddress() throws -> String {
        guard let address = TestEngine.postgresAddress else { throw Problem.noPostgresAddress }
        return address + " dbname=\(name)"
    }

    /// CREATE DATABASE blocks for a while: on a thread of its own.
    private func administer(_ statement: String) async throws {
        guard let address = TestEngine.postgresAddress else { throw Problem.noPostgresAddress }
        try await withCheckedThrowingContinuation { (caller: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread {
                caller.resume(with: Result { try PostgresScript.run([statement], at: address) })
            }
        }
    }

    fileprivate init(_ engine: TestEngine) { self.engine = engine }
}

/// Gives `body` an empty database of its own, and removes it afterwards.
@discardableResult
public func withTestDatabase<T>(
    _ engine: TestEngine, _ body: (TestDatabase) async throws -> T
) async throws -> T {
    let place = TestDatabase(engine)
    try await place.make()
    let result: T
    do {
        result = try await body(place)
    } catch {
        try? await place.remove()
        throw error
    }
    try await place.remove()
    return result
}

/// Gives `body` an open database of its own with these migrations applied, and removes it afterwards.
@discardableResult
public func withDatabase<T>(
    _ engine: TestEngine, migrations: [Migration] = [], limits: DatabaseLimits = TestDatabase.limits,
    _ body: (Database) async throws -> T
) async throws -> T {
    try await withTestDatabase(engine) { place in
        let database = try place.open(limits: limits)
        let result: T
        do {
            if !migrations.isEmpty { try await database.migrate(migrations) }
            result = try await body(database)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
        return result
    }
}
