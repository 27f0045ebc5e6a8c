import CardChip
import Testing

@Suite("Commands as bytes")
struct CommandTests {
    @Test(
        "each of the seven forms is read",
        arguments: [
            ("00200080", 0, nil as Int?),
            ("00B0000004", 0, 4),
            ("00B0000000", 0, 256),
            ("00A4020C020018", 2, nil),
            ("802A00800301020300", 3, 256),
            ("00CA00F8000000", 0, 65536),
            ("00CA00F8000100", 0, 256),
            ("802A0080000003010203", 3, nil),
            ("802A00800000030102030200", 3, 512),
        ])
    func forms(command: String, dataCount: Int, expected: Int?) throws {
        let parsed = try CommandAPDU(parsing: bytes(command))
        #expect(parsed.data.count == dataCount)
        #expect(parsed.expected == expected)
    }

    @Test(
        "lengths that do not agree with the bytes are refused",
        arguments: [
            "", "00", "00A4", "00A404", "00A4040C0AD392", "00A4020C0200180000", "002000800431323334 0000",
            "00A4020C0000",
            "00B00000000000000001", "802A0080000005010203", "802A008000000401020304FF",
        ])
    func wrongLengths(command: String) {
        #expect(throws: StatusWord.wrongLength) { try CommandAPDU(parsing: bytes(command)) }
    }

    @Test(
        "a command that is written and read again is the same", arguments: [0, 1, 255, 256, 300],
        [nil, 1, 256, 257, 65536])
    func roundTrip(dataCount: Int, expected: Int?) throws {
        let data = [UInt8](repeating: 0xA5, count: dataCount)
        let command = CommandAPDU(cla: 0x80, ins: 0x2A, p1: 1, p2: 2, data: data, expected: expected)
        #expect(try CommandAPDU(parsing: command.bytes) == command)
    }

    @Test("a command does not show its data")
    func redacted() {
        let command = CommandAPDU(cla: 0, ins: 0x20, p1: 0, p2: 0x80, data: Array("1234".utf8))
        #expect(!"\(command)".contains("49") && !String(reflecting: command).contains("50"))
        var shown = ""
        dump(command, to: &shown)
        #expect(!shown.contains("49"))
    }
}
