import Foundation

/// The scripts, and what runs them.
enum Journeys {
    /// Every journey by name.
    static let all = logins + records + attacks + intrusions

    private static let logins = [
        "back-button-costs-no-try", "busy-session-ends-after-half-an-hour", "certificate-that-ends-tomorrow",
        "choosing-no-card-asks-again", "form-of-an-ended-session-is-refused", "idle-session-ends",
        "locked-card-cannot-be-chosen", "login-in-english", "login-in-english-without-script", "login-in-japanese",
        "login-in-japanese-without-script", "logout-ends-the-session", "two-tabs", "wrong-pin-counts-down-and-locks",
    ]
    private static let records = [
        "addresses-that-do-not-exist", "altered-record-is-found", "csv-download", "information-that-is-not-disclosed",
        "own-information-and-its-record", "proof-is-checked-offline", "provider-that-holds-nothing",
        "provider-that-is-down", "provider-that-is-late", "question-without-a-year-asks-again",
        "somebody-elses-record-is-not-shown",
    ]
    private static let attacks = [
        "addresses-the-agent-does-not-ask", "expired-before-the-card", "expired-before-the-pin",
        "expired-before-the-return", "made-up-handles", "planted-login", "relayed-challenge",
        "relayed-challenge-over-a-login-of-ones-own", "replayed-handle", "request-of-an-unknown-party",
    ]
    private static let intrusions = [
        "form-posted-to-the-portal-from-another-site", "framed-pages", "login-begun-by-another-site",
        "pin-posted-by-a-script", "pin-posted-from-another-site", "program-without-a-browser", "rebound-host-name",
    ]

    static let absent = """
        needs chromium, the built programs madoguchi and madoguchi-agent (swift build), and in MADOGUCHI_PYTHON the \
        Python of script/bootstrap --tests
        """

    /// Whether everything is here; under CI it must be, so there the journeys run and fail.
    static var canRun: Bool {
        if environment["CI"] == "true" { return true }
        let built = ["madoguchi", "madoguchi-agent"].map { programs.appending(path: $0).path }
        return environment["MADOGUCHI_PYTHON"] != nil
            && (built + [chromium]).allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static let chromium = "/usr/bin/chromium"
    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// Where the programs were built: beside this test's bundle.
    private static var programs: URL {
        if let folder = environment["MADOGUCHI_BIN"] { return URL(filePath: folder) }
        let arguments = CommandLine.arguments.map { URL(filePath: $0) }
        let bundle = arguments.first { $0.pathExtension == "xctest" } ?? URL(filePath: ".build/debug/x.xctest")
        return bundle.deletingLastPathComponent()
    }

    private static var package: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    /// Runs the scripts to their end, at most 150 seconds: exit status and all that they said.
    static func run(_ words: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "journeys/run.py").path
        process.arguments =
            ["timeout", "--kill-after=10", "150", environment["MADOGUCHI_PYTHON"] ?? "python3", "-B", script] + words
        process.currentDirectoryURL = package
        process.environment = environment.merging(["MADOGUCHI_BIN": programs.path]) { _, ours in ours }
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
