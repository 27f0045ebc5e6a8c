import Foundation
import Synchronization

/// For the check of the tests' reach: each distinct statement text, once per process, in a file per engine.
///
/// On only when the environment names a folder in `MADOGUCHI_STATEMENT_LOG`; it holds statement texts, never values.
final class StatementLog: Sendable {
    static let shared = ProcessInfo.processInfo.environment["MADOGUCHI_STATEMENT_LOG"].map { StatementLog(folder: $0) }

    private struct Entry: Hashable {
        let engine: SQLEngine
        let statement: String
    }

    private let folder: String
    private let seen = Mutex<Set<Entry>>([])

    init(folder: String) { self.folder = folder }

    func record(_ statement: String, _ engine: SQLEngine) {
        seen.withLock { seen in
            guard seen.insert(Entry(engine: engine, statement: statement)).inserted else { return }
            append(oneLine(statement), to: "\(folder)/\(engine.rawValue).\(getpid()).sql")
        }
    }

    private func oneLine(_ statement: String) -> String {
        statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private func append(_ line: String, to path: String) {
        guard let file = fopen(path, "a") else { return }
        fputs(line + "\n", file)
        fclose(file)
    }
}
