import CardChip
import CardReader
import Foundation
import Testing

/// Bytes from hexadecimal text; spaces are for the reader.
func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.utf8.filter { $0 != 0x20 }.map { UInt8(String(UnicodeScalar($0)), radix: 16) ?? 0 }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// Bytes as hexadecimal text in capitals.
func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String(format: "%02X", $0) }.joined()
}

extension Chip {
    /// One command and its answer, both as hexadecimal text.
    mutating func answer(_ command: String) -> String { hex(process(bytes(command)).response) }

    /// The status words of commands in a row.
    mutating func statusWords(_ commands: [String]) -> [String] { commands.map { String(answer($0).suffix(4)) } }
}

/// Commands that tests say often.
enum Say {
    static let selectJPKI = "00A4040C0A D392F000260100000001"
    static let selectInputAssistance = "00A4040C0A D3921000310001010408"
    static let selectFace = "00A4040C0A D3921000310001010402"
    static let selectRegister = "00A4040C0A D3921000310001010401"
    static let selectCommon = "00A4040C0A D3921000310001010100"
    static let selectCardManager = "00A4040C07 A0000001510000"

    static func select(_ file: String) -> String { "00A4020C02" + file }
    static func verify(_ pin: String) -> String { "002000 80" + String(format: "%02X", pin.utf8.count) + hex(pin.utf8) }
    static let triesLeft = "00200080"
    static let rightAuthentication = verify("1234")
    static let wrongAuthentication = verify("9999")
    static let rightSignature = verify("ABC123")
    static let wrongSignature = verify("XYZ999")
}

/// Cards for tests. Key pairs are made once: 80 ms each would be most of the suite's time.
enum TestCard {
    static let serial = "900000000000001"

    /// A card of an adult: both certificates, PINs 1234, ABC123, 5678 and 4321.
    static let adult: Chip = Result { try make(kinds: [.authentication, .signature]) }.value
    /// A card of a child: no signing certificate and no PIN for one.
    static let child: Chip = Result { try make(kinds: [.authentication]) }.value
    /// A card as it leaves the factory.
    static let blank: Chip = Result { Chip.blank(serial: try CardSerial(serial)) }.value

    private static func make(kinds: [CertificateKind]) throws -> Chip {
        var chip = Chip.blank(serial: try CardSerial(serial))
        for kind in kinds {
            let key = try chip.generateKeyPair(for: kind)
            let authority = certificateShape(holding: Array("authority of \(kind.rawValue)".utf8), filler: 900)
            try chip.install(
                certificate: certificateShape(holding: key, filler: 1200), authority: authority, for: kind)
        }
        try chip.set(try Pin("1234", for: .authentication))
        if kinds.contains(.signature) { try chip.set(try Pin("ABC123", for: .signature)) }
        try chip.set(try Pin("5678", for: .inputAssistance))
        try chip.set(try Pin("4321", for: .residentRegister))
        return chip
    }

    /// Something with the outer shape of a certificate, which is all that the chip looks at, around a public key.
    static func certificateShape(holding key: [UInt8], filler: Int) -> [UInt8] {
        let body = [UInt8](repeating: 0x04, count: filler) + key
        return [0x30, 0x82, UInt8(body.count >> 8), UInt8(body.count & 0xFF)] + body
    }
}

extension Result {
    /// The value, or the end of the test run: test cards cannot fail to be made.
    var value: Success {
        switch self {
        case .success(let value): value
        case .failure(let error): fatalError("\(error)")
        }
    }
}

/// A folder of a test's own, removed when the value goes away.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("card-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = url.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        return file.path
    }
}

/// The openssl command, as the judge of signatures.
enum OpenSSL {
    struct Output {
        let status: Int32
        let text: String
    }

    static func run(_ arguments: [String]) throws -> Output {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Output(status: process.terminationStatus, text: String(decoding: data, as: UTF8.self))
    }
}
