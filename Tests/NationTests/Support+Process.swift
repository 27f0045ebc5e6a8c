import Foundation
import Glibc
import Synchronization

/// Runs a program to its end, for its output.
enum Tool {
    struct Failed: Error { let status: Int32 }

    static func run(_ program: String, _ arguments: [String], input: Data = Data()) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: input)
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
        return output
    }
}

/// A nation, or some of its institutions, served by `madoguchi` in a process of its own.
final class ServedNation: Sendable {
    struct NotReady: Error {}

    private let process: Mutex<Process>
    let processID: pid_t
    private static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "madoguchi")

    init(_ root: URL, only: [String] = [], environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = ["nation", "serve", root.path] + (only.isEmpty ? [] : ["--only"] + only)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try Self.log(beside: root)
        try process.run()
        processID = process.processIdentifier
        self.process = Mutex(process)
    }

    /// What the process wrote, for who looks into a failure.
    private static func log(beside root: URL) throws -> FileHandle {
        let file = root.path + ".log"
        if !FileManager.default.fileExists(atPath: file) {
            _ = FileManager.default.createFile(atPath: file, contents: nil)
        }
        let handle = try FileHandle(forWritingTo: URL(filePath: file))
        try handle.seekToEnd()
        return handle
    }

    var isRunning: Bool { process.withLock { $0.isRunning } }

    /// Ends the process at once, as a crash would, and waits until it is gone.
    func kill() {
        _ = Glibc.kill(processID, SIGKILL)
        process.withLock { $0.waitUntilExit() }
    }

    /// Asks the process to finish what is under way.
    func stop() {
        _ = Glibc.kill(processID, SIGTERM)
        process.withLock { $0.waitUntilExit() }
    }

    /// Waits until somebody accepts connections at every port.
    func waitUntilListening(_ ports: [Int]) async throws {
        for _ in 0..<600 {
            guard isRunning else { throw NotReady() }
            if ports.allSatisfy(Ports.isOpen) { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw NotReady()
    }
}

/// TCP ports of this machine.
enum Ports {
    /// Ports of 127.0.0.1 that nobody uses at the moment.
    static func free(_ count: Int) throws -> [Int] {
        let handles = try (0..<count).map { _ in try bound() }
        defer { for (handle, _) in handles { close(handle) } }
        return handles.map(\.port)
    }

    static func isOpen(_ port: Int) -> Bool {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(handle) }
        return withAddress(port) { connect(handle, $0, $1) } == 0
    }

    private static func bound() throws -> (handle: Int32, port: Int) {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard handle >= 0, withAddress(0, { bind(handle, $0, $1) }) == 0 else { throw ServedNation.NotReady() }
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(handle, $0, &length) }
        }
        guard status == 0 else { throw ServedNation.NotReady() }
        return (handle, Int(UInt16(bigEndian: address.sin_port)))
    }

    private static func withAddress(_ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
