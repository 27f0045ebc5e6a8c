import Foundation
import Testing
import Values

private enum CardKind {}

@Suite("Identifiers")
struct IdentifierTests {
    @Test("bytes and text are the same 128 bits")
    func forms() throws {
        let bytes = (0..<16).map { UInt8($0 * 16 + 1) }
        let id = try Identifier<CardKind>(bytes: bytes)
        #expect(id.bytes == bytes)
        #expect(id.text == "01112131415161718191a1b1c1d1e1f1")
        #expect(try Identifier<CardKind>(id.text) == id)
        #expect(try decoded([Identifier<CardKind>].self, json([id])) == [id])
    }

    @Test("any other length is refused", arguments: [0, 1, 15, 17, 32])
    func lengths(count: Int) {
        #expect(throws: ValueError(.wrongLength, "")) {
            try Identifier<CardKind>(bytes: Array(repeating: 0, count: count))
        }
    }

    @Test(
        "any text but 32 lower-case digits is refused",
        arguments: [
            "", "0", String(repeating: "0", count: 31), String(repeating: "0", count: 33),
            String(repeating: "A", count: 32),
            String(repeating: "g", count: 32), "0x" + String(repeating: "0", count: 30),
            " " + String(repeating: "0", count: 31),
            "00000000-0000-0000-0000-000000000000",
        ])
    func texts(text: String) throws {
        #expect(throws: ValueError.self) { try Identifier<CardKind>(text) }
        #expect(try refusal([Identifier<CardKind>].self, json([text])) != nil)
    }

    @Test("a seed gives the same identifiers again, the system does not")
    func random() {
        var (first, second) = (SeededGenerator(seed: 1), SeededGenerator(seed: 1))
        #expect(Identifier<CardKind>.random(using: &first) == .random(using: &second))
        #expect(Set((0..<1_000).map { _ in Identifier<CardKind>.random() }).count == 1_000)
    }

    @Test("the order is that of the bytes")
    func order() {
        var generator = SeededGenerator(seed: 2)
        let ids = (0..<200).map { _ in Identifier<CardKind>.random(using: &generator) }
        #expect(ids.sorted().map(\.text) == ids.map(\.text).sorted())
    }
}

@Suite("Bytes as text")
struct ByteTextTests {
    /// RFC 4648 section 10.
    @Test(
        "the vectors of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectors(plain: String, encoded: String) throws {
        #expect(Array(plain.utf8).base64URL == encoded)
        #expect(try [UInt8](base64URL: encoded) == Array(plain.utf8))
    }

    @Test(
        "text that base64url does not have is refused",
        arguments: [
            "Z", "Zg==", "Zm9vY", "Zm8=", "Zh", "Zm9", "Zg\n", " Zg", "+A", "/A", "Z.", "Ｚｇ", "Zg\u{0}",
        ])
    func refused(text: String) {
        #expect(throws: ValueError.self) { try [UInt8](base64URL: text) }
    }

    @Test("Foundation reads the same bytes, whatever the length")
    func againstFoundation() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        for count in 0..<200 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let expected = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
                .replacing("=", with: "")
            #expect(bytes.base64URL == expected, "seed \(seed)")
            #expect(try [UInt8](base64URL: expected) == bytes, "seed \(seed)")
            #expect(try [UInt8](hex: bytes.hex) == bytes, "seed \(seed)")
            #expect(bytes.hex == bytes.map { String(format: "%02x", $0) }.joined(), "seed \(seed)")
        }
    }

    @Test("hexadecimal text is read in either case, and nothing else")
    func hex() throws {
        #expect(try [UInt8](hex: "00fFAb") == [0, 255, 0xAB])
        for text in ["0", "0g", "0x00", " 00", "00 ", "００", "-1"] {
            #expect(throws: ValueError.self) { try [UInt8](hex: text) }
        }
    }
}

@Suite("Seeded generator")
struct SeededGeneratorTests {
    /// The first outputs of SplitMix64 for the seed 1234567, as published with its reference implementation.
    @Test("the numbers are those of SplitMix64")
    func vector() {
        var generator = SeededGenerator(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect((0..<5).map { _ in generator.next() } == expected)
    }
}

@Suite("Errors")
struct ErrorTests {
    @Test("errors are equal when their codes are")
    func equality() {
        #expect(ValueError(.notADate, "one") == ValueError(.notADate, "two"))
        #expect(ValueError(.notADate, "one") != ValueError(.outOfRange, "one"))
        #expect(Set([ValueError(.notADate, "one"), ValueError(.notADate, "two")]).count == 1)
    }

    @Test("digits are evened out in one place")
    func digits() {
        #expect(TextNormalization.digits("１２-３ ４\u{3000}−５ー") == "12345ー")
        #expect(TextNormalization.digits("abc") == "abc")
    }
}
