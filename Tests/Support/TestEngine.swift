import Foundation
public import PortableSQL

/// The engines that tests of stores run on: `@Test(arguments: TestEngine.available)`.
public enum TestEngine: String, Sendable, CaseIterable, CustomStringConvertible {
    case sqlite = "SQLite"
    case postgreSQL = "PostgreSQL"

    /// The same engine in the words of PortableSQL.
    public var engine: SQLEngine {
        switch self {
        case .sqlite: .sqlite
        case .postgreSQL: .postgreSQL
        }
    }

    public var description: String { rawValue }

    /// SQLite always; PostgreSQL when `MADOGUCHI_TEST_POSTGRES` holds the connection string of a server to make
    /// databases on. Without it the engine is left out and the process says so once; with `CI=true` it stays in the
    /// list, and its tests fail.
    public static let available: [TestEngine] = {
        if postgresAddress != nil || environment["CI"] == "true" { return allCases }
        print("skipped: PostgreSQL")
        return [.sqlite]
    }()

    static let postgresAddress = environment["MADOGUCHI_TEST_POSTGRES"].flatMap { $0.isEmpty ? nil : $0 }

    private static let environment = ProcessInfo.processInfo.environment
}
