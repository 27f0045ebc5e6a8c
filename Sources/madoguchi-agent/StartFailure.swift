import ArgumentParser
import CardAgent
import Foundation

/// Why the agent does not start: words for people, and an exit code of sysexits.h.
struct StartFailure {
    let words: String
    let code: ExitCode

    /// A folder that is not what it should be.
    init(_ error: AgentError, _ folder: AgentFolder) {
        switch error {
        case .walletUnreadable:
            words = "There are no cards in \(folder.root.path): the folder \(folder.wallet.path) is missing."
            code = ExitCode(66)
        case .keysMissing:
            words = "\(folder.statementsFile.path) or \(folder.authorityFile.path) is missing."
            code = ExitCode(66)
        case .keysRefused:
            words = "The statements in \(folder.statementsFile.path) are not signed by the key authority."
            code = ExitCode(65)
        case .malformedClock:
            words = "\(folder.clockFile.path) is not a clock's setting."
            code = ExitCode(65)
        default:
            words = "The agent cannot start (\(error.rawValue))."
            code = ExitCode(70)
        }
    }

    private init(words: String, code: ExitCode) {
        self.words = words
        self.code = code
    }

    /// What ended the listener: most often the port is taken.
    static func whileServing(_ error: any Error, port: UInt16) -> StartFailure {
        guard "\(error)".contains("EADDRINUSE") || "\(error)".contains("in use") else {
            return StartFailure(words: "The agent stopped: \(error)", code: ExitCode(70))
        }
        let words = "Port \(port) is in use, perhaps by another card agent. Stop it, or choose a port with --port."
        return StartFailure(words: words, code: ExitCode(69))
    }

    /// Says it on standard error.
    func exit() -> ExitCode {
        FileHandle.standardError.write(Data("madoguchi-agent: \(words)\n".utf8))
        return code
    }
}

/// Standard output, a line at a time and at once.
enum Output {
    static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
