import CardChip
import CardReader
import Foundation
import Glibc
import Testing

/// What needs the system's card service: one test at a time, because a machine has one such service.
@Suite(
    "The system's card service", .serialized,
    .enabled(if: CardService.canRun, Comment(rawValue: CardService.absent)))
enum CardServiceTests {}

/// The system's card service with a virtual reader of our own and one of our cards on it, for one test.
final class CardService {
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// Whether the programs are here; under CI they must be, so there the tests run and fail.
    static var canRun: Bool {
        if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
        let needed =
            [daemon, driver, module]
            + ["opensc-tool", "pkcs15-tool", "pkcs11-tool", "openssl"].map { "/usr/bin/" + $0 }
        return geteuid() == 0 && needed.allSatisfy { FileManager.default.fileExists(atPath: $0) }
            && !isTaken
    }

    /// Whether another service runs on this machine.
    private static var isTaken: Bool {
        guard let text = try? String(contentsOfFile: pidFile, encoding: .utf8),
            let process = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
        else { return false }
        return kill(process, 0) == 0
    }

    static let absent: String =
        "needs root, no other pcscd, and the packages opensc, opensc-pkcs11, pcscd, vsmartcard-vpcd and openssl"
    static let module = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so"
    private static let daemon = "/usr/sbin/pcscd"
    private static let driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
    private static let socket = "/run/pcscd/pcscd.comm"
    private static let pidFile = "/run/pcscd/pcscd.pid"

    let folder: URL
    private let process: Process
    private let store: CardStore
    private let reader: VirtualReader

    /// Starts the service and puts a card with certificates on the reader; ready when the service sees it. Certificates
    /// and keys of `CertifiedCard` lie in the folder.
    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("opensc-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let port = UInt16.random(in: 42_000..<48_000)
        process = try Self.start(port: port, folder: folder)
        do {
            store = try CardStore.create(try CertifiedCard.make(in: folder), folder: folder, name: "card")
            reader = try Self.insert(store, port: port)
            try waitForCard()
        } catch {
            Self.stop(process)
            throw error
        }
    }

    deinit {
        reader.remove()
        Self.stop(process)
        try? FileManager.default.removeItem(at: folder)
    }

    /// Programs started from here inherit a mask that blocks SIGTERM, and the service does not take it off.
    private static func stop(_ process: Process) {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        for left in [socket, pidFile] { try? FileManager.default.removeItem(atPath: left) }
    }

    private static func start(port: UInt16, folder: URL) throws -> Process {
        let readers = folder.appendingPathComponent("readers")
        try FileManager.default.createDirectory(at: readers, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: "/run/pcscd", withIntermediateDirectories: true)
        let number = "0x" + String(port, radix: 16, uppercase: true)
        let text = """
            FRIENDLYNAME "Virtual PCD"
            DEVICENAME /dev/null:\(number)
            LIBPATH \(driver)
            CHANNELID \(number)

            """
        try Data(text.utf8).write(to: readers.appendingPathComponent("virtual"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: daemon)
        process.arguments = ["--foreground", "--config", readers.path]
        let log = folder.appendingPathComponent("log")
        try Data().write(to: log)
        let handle = try FileHandle(forWritingTo: log)
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        return process
    }

    /// The reader listens a moment after the service has started.
    private static func insert(_ store: CardStore, port: UInt16) throws -> VirtualReader {
        for _ in 0..<100 {
            if let reader = try? VirtualReader(store, port: port) { return reader }
            usleep(100_000)
        }
        throw Problem(description: "the virtual reader did not begin to listen")
    }

    private func waitForCard() throws {
        for _ in 0..<50 {
            if try run(["opensc-tool", "--list-readers"]).text.contains("Yes") { return }
            usleep(200_000)
        }
        throw Problem(description: "the card service did not see the card")
    }

    /// The card as it is on the disk.
    var cardOnDisk: Chip {
        get throws {
            try CardImage.chip(from: Array(Data(contentsOf: folder.appendingPathComponent("card.card"))))
        }
    }

    /// Runs a program to its end, at most 30 seconds, and gives what it said.
    func run(_ arguments: [String]) throws -> (status: Int32, text: String) { try Self.run(arguments) }

    static func run(_ arguments: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["timeout", "--signal=KILL", "30"] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}

/// A card with real certificates, issued by openssl for the chip's own keys.
enum CertifiedCard {
    static func make(in folder: URL) throws -> Chip {
        var chip = Chip.blank(serial: try CardSerial("900000000000001"))
        for kind in CertificateKind.allCases {
            let key = try chip.generateKeyPair(for: kind)
            let (certificate, authority) = try certify(key, name: kind.rawValue, in: folder)
            try chip.install(certificate: certificate, authority: authority, for: kind)
        }
        try chip.set(try Pin("1234", for: .authentication))
        try chip.set(try Pin("ABC123", for: .signature))
        return chip
    }

    /// A certificate for a public key, and its authority's.
    private static func certify(_ key: [UInt8], name: String, in folder: URL) throws -> ([UInt8], [UInt8]) {
        func path(_ end: String) -> String { folder.appendingPathComponent(name + end).path }
        try Data(key).write(to: URL(fileURLWithPath: path(".pub")))
        let authority = [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj",
            "/C=JP/O=JPKI-TEST/OU=\(name)",
            "-keyout", path("-ca.key"), "-out", path("-ca.der"), "-outform", "DER",
        ]
        let certificate = [
            "openssl", "x509", "-new", "-subj", "/C=JP/CN=\(name)", "-force_pubkey", path(".pub"), "-CA",
            path("-ca.der"),
            "-CAform", "DER", "-CAkey", path("-ca.key"), "-days", "30", "-set_serial", "4097", "-out", path(".der"),
            "-outform",
            "DER",
        ]
        for command in [authority, certificate] {
            let result = try CardService.run(command)
            guard result.status == 0 else { throw CardService.Problem(description: result.text) }
        }
        return (
            Array(try Data(contentsOf: URL(fileURLWithPath: path(".der")))),
            Array(try Data(contentsOf: URL(fileURLWithPath: path("-ca.der"))))
        )
    }
}
