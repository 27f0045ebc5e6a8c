import ArgumentParser
import Foundation
import Logging
import Nation
import Values
import Wire

/// The folder of a nation, as an argument.
struct FolderArgument: ParsableArguments {
    @Argument(help: "The nation's folder.")
    var folder: String

    var nation: NationFolder { NationFolder(URL(filePath: folder)) }
}

/// Whether a list is printed as JSON.
struct ListOptions: ParsableArguments {
    @Flag(help: "Print JSON.")
    var json = false

    /// Prints rows as JSON, or as lines of columns.
    func show<Row: Encodable>(_ rows: [Row], _ columns: (Row) -> [String]) throws {
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(rows), as: UTF8.self))
        } else {
            for row in rows { print(columns(row).joined(separator: "\t")) }
        }
    }
}

/// Words for people who run the program; progress goes to standard error.
enum Terminal {
    /// A line on standard output, at once, whoever reads it.
    static func say(_ text: String) { FileHandle.standardOutput.write(Data("\(text)\n".utf8)) }

    static func progress(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }

    /// A logger that writes one line of JSON-like fields to standard error, from `level` up.
    static func logger(_ level: Logger.Level) -> @Sendable (InstitutionID) -> Logger {
        { name in
            var logger = Logger(label: name.text) { StreamLogHandler.standardError(label: $0) }
            logger.logLevel = level
            return logger
        }
    }
}

/// Runs work, and turns what it throws into one line of words and exit code 1.
func explaining<Value>(_ work: () async throws -> Value) async throws -> Value {
    do { return try await work() } catch let error as NationError {
        throw ValidationFailure(error.description)
    } catch let problem as Problem {
        throw ValidationFailure("\(problem.title) (\(problem.code))")
    }
}

/// An error that ArgumentParser prints as it is.
struct ValidationFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
