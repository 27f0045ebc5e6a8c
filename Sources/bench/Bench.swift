import ArgumentParser
import Foundation
import Values

/// `bench`: measures a whole nation in this process, each figure beside its limit from the same run.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure logins, exchanges and start-up of a nation, beside their limits.")
    @Option(help: "How long each rate is measured, in seconds.")
    var seconds = 5
    @Option(help: "How many callers at once.")
    var callers = 32
    @Option(help: "How many logins are prepared and then timed.")
    var logins = 400
    @Option(help: "RSA-2048 verifies a second of OpenSSL on one core, as script/bench measures them in the same run.")
    var rsaVerifies: Int?
    @Option(help: "P-256 signs a second of OpenSSL on one core, likewise.")
    var ecdsaSigns: Int?
    @Option(
        help: "libpq connection string of a PostgreSQL on which databases may be made (fsync on); SQLite only without.")
    var postgres: String?

    func run() async throws {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "madoguchi-bench-\(ProcessInfo.processInfo.processIdentifier)")
        defer { try? FileManager.default.removeItem(at: root) }
        print("| what | measured | limit in the same run |\n|---|---|---|")
        try await measureStart(root.appending(path: "start"))
        try await measure(engine: "SQLite FULL", at: root.appending(path: "sqlite"), databases: [:])
        if let postgres {
            let databases = try BenchDatabases(postgres)
            try await measure(
                engine: "PostgreSQL fsync=on", at: root.appending(path: "postgres"),
                databases: databases.create(for: BenchNation.institutions()))
        }
        row("resident memory at the end", "\(Memory.residentMegabytes) MB", "300 MB (aim)")
    }

    private func measureStart(_ folder: URL) async throws {
        let begun = ContinuousClock.now
        let nation = try await BenchNation.make(at: folder, databases: [:])
        let made = ContinuousClock.now
        _ = try await nation.firstPageWords()
        let shown = ContinuousClock.now
        await nation.close()
        row("empty folder to a nation with 11 cards", (made - begun).text, "22 RSA-2048 keys made by cards")
        row("nation to the first page's words", (shown - made).text, "10 s for both (aim)")
    }

    private func measure(engine: String, at folder: URL, databases: [String: String]) async throws {
        let nation = try await BenchNation.make(at: folder, databases: databases)
        let commits = try await nation.durableCommits(callers: callers, seconds: seconds)
        let exchanges = try await nation.exchanges(callers: callers, seconds: seconds)
        row(
            "\(engine): exchanges portal → core → gateway → portal, \(callers) callers",
            "\(exchanges.rate)/s, p50 \(exchanges.p50), p99 \(exchanges.p99)",
            "\(commits.rate) durable writes/s of the engine, \(callers) callers")
        let logged = try await nation.logins(count: logins, callers: callers)
        row(
            "\(engine): logins without the chip's signing, \(callers) callers",
            "\(logged.rate)/s, p50 \(logged.p50), p99 \(logged.p99)",
            "openssl: \(figure(rsaVerifies)) RSA-2048 verifies/s, \(figure(ecdsaSigns)) P-256 signs/s a core")
        await nation.close()
    }

    private func figure(_ figure: Int?) -> String { figure.map(String.init) ?? "-" }

    private func row(_ what: String, _ measured: String, _ limit: String) {
        print("| \(what) | \(measured) | \(limit) |")
    }
}

/// This process's memory.
enum Memory {
    /// VmRSS of /proc/self/status.
    static var residentMegabytes: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") }
        return (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) / 1024
    }
}

extension Duration {
    /// Milliseconds with one digit after the point, or seconds from ten of them on.
    var text: String {
        let milliseconds = Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
        return milliseconds < 10_000
            ? String(format: "%.1f ms", milliseconds) : String(format: "%.1f s", milliseconds / 1000)
    }
}
