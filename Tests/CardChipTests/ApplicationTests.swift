import CardChip
import Crypto
import CryptoExtras
import Foundation
import NumberValues
import Testing
import Values

@Suite("The applications for text, face, register and card")
struct ApplicationTests {
    private static func verifyA(_ key: String) -> String {
        "002000" + key + "0C" + hex(Printed.checkNumberA.utf8)
    }
    private static func verifyB(_ key: String) -> String { "002000" + key + "0E" + hex(Printed.checkNumberB.utf8) }
    private static let verifyInput = "002000910435363738"
    private static let verifyBirth = "0020009106" + hex(Printed.birthDate.utf8)

    /// Which secret opens which file: application, VERIFY command, files that open.
    static let access: [(String, String, Set<String>)] = [
        (Say.selectInputAssistance, "", ["0004", "0005"]),
        (Say.selectInputAssistance, verifyInput, ["0001", "0002", "0003", "0004", "0005", "0006", "0007"]),
        (Say.selectInputAssistance, verifyA("94"), ["0001", "0003", "0004", "0005", "0006", "0007"]),
        (Say.selectInputAssistance, verifyB("95"), ["0002", "0003", "0004", "0005", "0006", "0007"]),
        (Say.selectFace, "", ["0003", "0004"]),
        (Say.selectFace, verifyBirth, ["0001", "0003", "0004"]),
        (Say.selectFace, verifyB("92"), ["0002", "0003", "0004"]),
        (Say.selectFace, verifyA("93"), ["0002", "0003", "0004", "0005"]),
        (Say.selectRegister, "0020009C0434333231", []),
        (Say.selectCommon, "0020009C0434333231", []),
        (Say.selectJPKI, "", ["0002", "0006", "0008", "000A", "000B"]),
        (Say.selectJPKI, "002000980431323334", ["0002", "0006", "0008", "000A", "000B"]),
        (Say.selectJPKI, "0020009B06414243313233", ["0001", "0002", "0006", "0008", "000A", "000B"]),
    ]

    @Test("each secret opens its own files and no other", arguments: access)
    func opens(application: String, verify: String, expected: Set<String>) {
        var chip = Printed.card
        var open: Set<String> = []
        _ = chip.answer(application)
        if !verify.isEmpty { #expect(chip.answer(verify) == "9000") }
        for file in 0...0xFF {
            let name = String(format: "%04X", file)
            guard chip.answer(Say.select(name)) == "9000" else { continue }
            if chip.answer("00B0000000").count > 4 { open.insert(name) }
        }
        #expect(open == expected)
    }

    @Test("with every PIN verified, number and items stand only in the files that list them")
    func dumpOfEverything() throws {
        var chip = Printed.card
        let needles = [
            ("number", Array(Printed.checkNumberA.utf8)), ("name", Array("見本".utf8)), ("address", Array("試験市".utf8)),
            ("birth date", Array("19800217".utf8)), ("PIN", Array("5678".utf8)), ("password", Array("ABC123".utf8)),
            ("check number", Array(Printed.checkNumberB.utf8)),
        ]
        var found: Set<String> = []
        for (name, application, pins) in Self.everyPin {
            _ = chip.answer(application)
            for pin in pins { #expect(chip.answer(pin) == "9000") }
            for file in 0...0xFF {
                let bytes = ReadFile(&chip, String(format: "%04X", file)).bytes + Self.records(&chip)
                for needle in needles where bytes.lastRange(of: needle.1) != nil {
                    found.insert("\(name) \(String(format: "%04X", file)) \(needle.0)")
                }
            }
        }
        #expect(
            found == [
                "text 0001 number", "text 0002 name", "text 0002 address", "text 0002 birth date",
                "face 0001 birth date",
                "face 0002 birth date",
            ])
    }

    private static let everyPin = [
        ("jpki", Say.selectJPKI, ["002000980431323334", "0020009B06414243313233"]),
        ("text", Say.selectInputAssistance, [verifyInput, verifyA("94"), verifyB("95")]),
        ("face", Say.selectFace, [verifyBirth, verifyB("92"), verifyA("93")]),
        ("register", Say.selectRegister, ["0020009C0434333231"]), ("common", Say.selectCommon, ["0020009C0434333231"]),
    ]

    private static func records(_ chip: inout Chip) -> [UInt8] {
        (1...3).flatMap { chip.process([0x00, 0xB2, $0, 0x04, 0x00]).response.dropLast(2) }
    }

    @Test("the number's file is 17 bytes: object and two bytes of filler")
    func numberFile() {
        var chip = Printed.card
        _ = chip.statusWords([Say.selectInputAssistance, Self.verifyInput])
        #expect(ReadFile(&chip, "0001").bytes == bytes("FF100C") + Array(Printed.checkNumberA.utf8) + [0xFF, 0xFF])
    }

    @Test(
        "the table of the items' file says where each item starts, counted from the file's start",
        arguments: [
            "見本県試験市中央一丁目２－３", "市", String(repeating: "長い住所", count: 40),
        ])
    func itemsFile(address: String) throws {
        var chip = TestCard.adult
        try chip.install(try Printed.information(address: address, portrait: []), signedBy: Printed.issuer.issuer)
        _ = chip.statusWords([Say.selectInputAssistance, Self.verifyInput])
        let file = ReadFile(&chip, "0002")
        let table = try #require(file.part(0xDF21))
        let starts = stride(from: 0, to: 8, by: 2).map { Int(table[$0]) << 8 | Int(table[$0 + 1]) }
        let tags = starts.map { UInt16(file.bytes[$0]) << 8 | UInt16(file.bytes[$0 + 1]) }
        #expect(tags == [0xDF22, 0xDF23, 0xDF24, 0xDF25])
        #expect(file.part(0xDF22) == Array("見本　太郎".utf8))
        #expect(file.part(0xDF23) == Array(address.utf8))
        #expect(file.part(0xDF24) == Array("19800217".utf8))
        #expect(file.part(0xDF25) == Array("1".utf8))
    }

    @Test("the text files carry hashes and signatures that hold with the key of the card's own certificate")
    func textSignatures() throws {
        var chip = Printed.card
        _ = chip.statusWords([Say.selectInputAssistance, Self.verifyInput])
        let number = ReadFile(&chip, "0001").bytes
        let items = ReadFile(&chip, "0002")
        let hashes = ReadFile(&chip, "0003")
        let behindTable = Array(try #require(items.outer).value.dropFirst(3 + 8))
        #expect(hashes.part(0xDF31) == Array(SHA256.hash(data: number)))
        #expect(hashes.part(0xDF32) == Array(SHA256.hash(data: behindTable)))
        let key = try certifiedKey(ReadFile(&chip, "0004"))
        try expectSigned(hashes, by: 0xDF33, with: key)
        let own = ReadFile(&chip, "0007")
        try expectSigned(own, by: 0xDF52, with: key)
        try expectPresence(&chip, application: .inputAssistance, cardKey: try #require(own.part(0xDF51)))
    }

    @Test("the face files carry signatures that hold, the face over three hashes")
    func faceSignatures() throws {
        var chip = Printed.card
        _ = chip.statusWords([Say.selectFace, Self.verifyA("93"), Self.verifyBirth])
        let key = try certifiedKey(ReadFile(&chip, "0004"))
        let age = ReadFile(&chip, "0001")
        try expectSigned(age, by: 0xDF13, with: key)
        try expectSigned(ReadFile(&chip, "0005"), by: 0xDF43, with: key)
        let face = ReadFile(&chip, "0002")
        let outer = try #require(face.outer).value
        let objects = ReadFile.objects(outer)
        func group(_ tags: [UInt16]) -> [UInt8] {
            objects.filter { tags.contains($0.tag) }.flatMap { outer[$0.start..<$0.end] }
        }
        let digests = [[0xDF22, 0xDF23, 0xDF24], [0xDF25, 0xDF26], [0xDF27]].flatMap { SHA256.hash(data: group($0)) }
        let signature = try #require(face.part(0xDF28))
        #expect(try recovered(signature, with: key).suffix(96).elementsEqual(digests))
        #expect(face.part(0xDF29) == Array("20350217".utf8))
        #expect(face.part(0xDF27)?.count == 4000)
        try expectPresence(&chip, application: .faceConfirmation, cardKey: try #require(face.part(0xDF24)))
    }

    /// The key of file 0004, after its certificate was checked with the root's key.
    private func certifiedKey(_ file: ReadFile) throws -> _RSA.Signing.PublicKey {
        #expect(file.outer?.tag == 0x7F21)
        let body = try #require(file.part(0x5F4E))
        #expect(body.count == 297)
        let root = try _RSA.Signing.PublicKey(derRepresentation: Printed.issuer.root.publicKeyInfo)
        let signature = _RSA.Signing.RSASignature(rawRepresentation: try #require(file.part(0x5F37)))
        #expect(root.isValidSignature(signature, for: body, padding: .insecurePKCS1v1_5))
        return try publicKey(Array(body.dropFirst(32)))
    }

    /// A key as the card writes it.
    private func publicKey(_ objects: [UInt8]) throws -> _RSA.Signing.PublicKey {
        let parts = ReadFile.objects(objects)
        return try _RSA.Signing.PublicKey(
            n: try #require(parts.first { $0.tag == 0x91 }).value, e: try #require(parts.first { $0.tag == 0x90 }).value
        )
    }

    private func expectSigned(_ file: ReadFile, by tag: UInt16, with key: _RSA.Signing.PublicKey) throws {
        let outer = try #require(file.outer).value
        let signature = try #require(ReadFile.objects(outer).first { $0.tag == tag })
        #expect(
            key.isValidSignature(
                .init(rawRepresentation: signature.value), for: Array(outer[..<signature.start]),
                padding: .insecurePKCS1v1_5))
    }

    private func expectPresence(_ chip: inout Chip, application: Application, cardKey: [UInt8]) throws {
        let challenge = Array("challenge".utf8)
        let info = CardDigestInfo.sha256(SHA256.hash(data: challenge))
        let command = CommandAPDU(cla: 0x80, ins: 0x2A, p1: 0, p2: 0, data: info, expected: 256)
        let signature = Array(chip.process(command.bytes).response.dropLast(2))
        let key = try publicKey(cardKey)
        #expect(key.isValidSignature(.init(rawRepresentation: signature), for: challenge, padding: .insecurePKCS1v1_5))
        #expect(chip.presenceKeyInfo(of: application).map { Data($0) } == key.derRepresentation)
    }

    /// The block inside a signature, by way of openssl.
    private func recovered(_ signature: [UInt8], with key: _RSA.Signing.PublicKey) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let output = folder.url.appendingPathComponent("block")
        let result = try OpenSSL.run([
            "pkeyutl", "-verifyrecover", "-pubin", "-keyform", "DER", "-inkey",
            try folder.write(Array(key.derRepresentation), to: "key"), "-in",
            try folder.write(signature, to: "signature"),
            "-out", output.path,
        ])
        #expect(result.status == 0)
        return Array(try Data(contentsOf: output))
    }

    @Test("the common application signs a challenge without a PIN")
    func internalAuthentication() throws {
        var chip = Printed.card
        _ = chip.answer(Say.selectCommon)
        let challenge = [UInt8](repeating: 0x5A, count: 255)
        let command = CommandAPDU(cla: 0x00, ins: 0x88, p1: 0, p2: 0x99, data: challenge, expected: 256)
        let signature = Array(chip.process(command.bytes).response.dropLast(2))
        let key = try _RSA.Signing.PublicKey(derRepresentation: try #require(chip.presenceKeyInfo(of: .common)))
        #expect(key.isValidSignature(.init(rawRepresentation: signature), for: challenge, padding: .insecurePKCS1v1_5))
    }

    /// Status words of the other applications.
    static let words: [(String, [String], String)] = [
        ("a blocked reference, query", [Say.selectInputAssistance, Say.select("0012"), Say.triesLeft], "63C0"),
        ("a blocked reference, try", [Say.selectInputAssistance, Say.select("0012"), Say.verify("1234")], "6984"),
        (
            "check number A does not change",
            [Say.selectInputAssistance, verifyA("94"), "002401940C303030303030303030303030"], "6985"
        ),
        ("the text PIN changes", [Say.selectInputAssistance, verifyInput, "002401910431313131"], "9000"),
        (
            "the register's PIN changes by CHANGE KEY",
            [Say.selectRegister, "0020009C0434333231", "8032009C0431313131"], "9000"
        ),
        ("and only after VERIFY", [Say.selectRegister, "8032009C0431313131"], "6982"),
        ("and not by CHANGE REFERENCE DATA", [Say.selectCommon, "0020009C0434333231", "0024019C0431313131"], "6985"),
        ("CHANGE KEY with P1=01", [Say.selectCommon, "8032019C0431313131"], "6A86"),
        ("READ BINARY of a record file", [Say.selectCommon, Say.select("0001"), "00B0000000"], "6981"),
        ("record 1", [Say.selectCommon, Say.select("0001"), "00B2010400"], "9000"),
        ("record 1 by short name", [Say.selectCommon, "00B2010C00"], "9000"),
        ("record 0", [Say.selectCommon, Say.select("0001"), "00B2000400"], "6A83"),
        ("record 2", [Say.selectCommon, Say.select("0001"), "00B2020400"], "6A83"),
        ("records to the end", [Say.selectCommon, Say.select("0001"), "00B2010500"], "6A86"),
        ("INTERNAL AUTHENTICATE in the text application", [Say.selectInputAssistance, "00880093010100"], "6985"),
        ("INTERNAL AUTHENTICATE of nothing", [Say.selectCommon, "0088009900"], "6700"),
        ("INTERNAL AUTHENTICATE with P1=01", [Say.selectCommon, "00880199010100"], "6A86"),
        ("signing with the key for presence by name", [Say.selectFace, "802A009A010100"], "6985"),
        ("presence with P1=03", [Say.selectFace, "802A0300010100"], "6A86"),
        ("presence in the common application", [Say.selectCommon, "802A0000010100"], "6A86"),
        ("presence of 246 bytes", [Say.selectFace, "802A0000F6" + String(repeating: "00", count: 246) + "00"], "6700"),
        ("a session key in the face application", [Say.selectFace, "80AE0000010100"], "66F1"),
        ("a session key in the common application", [Say.selectCommon, "80AE0000010100"], "66F1"),
        ("a session key in the register's application", [Say.selectRegister, "80AE0000010100"], "6982"),
        ("GET DATA of the municipality inside an application", [Say.selectCommon, "00CA00F000"], "6A88"),
        ("GET DATA without a length", ["00CA00F0"], "6700"),
        ("GET DATA with too short a length", ["00CA00F004"], "6700"),
        ("GET DATA of card recognition data", ["00CA006600"], "6A88"),
    ]

    @Test("status words", arguments: words)
    func statusWord(_: String, commands: [String], expected: String) {
        var chip = Printed.card
        #expect(chip.statusWords(commands).last == expected)
    }

    @Test(
        "GET DATA tells card, municipality, expiry and answer to reset",
        arguments: [
            ("00CA004500", hex(TestCard.serial.utf8)), ("00CA00F000", hex("99001".utf8)),
            ("00CA00F200", hex("20350217".utf8)),
            ("00CA5F5100", "E000FF8131FE4514"),
            ("00CA004200", hex("9099001".utf8) + "0805" + hex("001".utf8) + "00000000"),
        ])
    func getData(command: String, expected: String) {
        var chip = Printed.card
        #expect(chip.answer(command) == expected + "9000")
        _ = chip.statusWords([Say.selectJPKI, Say.selectCardManager])
        #expect(chip.answer(command) == expected + "9000")
    }

    @Test("the common record holds serial number, municipality and expiry")
    func commonRecord() {
        var chip = Printed.card
        _ = chip.statusWords([Say.selectCommon, Say.select("0001")])
        #expect(chip.answer("00B2010400") == "011C" + hex((TestCard.serial + "9900120350217").utf8) + "9000")
        #expect(chip.statusWords([Say.selectRegister, "00B2011400"]) == ["9000", "9000"])
    }

    @Test("check numbers lock after ten wrong tries, in each application for itself")
    func checkNumbers() {
        var chip = Printed.card
        _ = chip.answer(Say.selectFace)
        let wrong = "002000920E" + hex("00000000000000".utf8)
        #expect(chip.statusWords([String](repeating: wrong, count: 10)).last == "63C0")
        #expect(chip.statusWords([Self.verifyB("92"), Self.verifyA("93")]) == ["6984", "9000"])
        #expect(chip.statusWords([Say.selectInputAssistance, Self.verifyB("95")]).last == "9000")
    }

    @Test("a child's card says that it has no signing certificate, and gives none")
    func child() {
        var chip = TestCard.child
        #expect(chip.statusWords([Say.selectJPKI, Say.select("0008")]) == ["9000", "9000"])
        #expect(chip.answer("00B0000000") == "008F009000")
        #expect(chip.statusWords([Say.select("0001"), "00B0000000"]) == ["9000", "6982"])
        #expect(chip.statusWords([Say.select("001A"), "802A0080010100"]).last == "6982")
        var adult = TestCard.adult
        #expect(adult.statusWords([Say.selectJPKI, Say.select("0008")]).last == "9000")
        #expect(adult.answer("00B0000000") == "8F8F009000")
    }

    @Test("token information is 160 bytes and names a physical card")
    func tokenInformation() {
        var chip = TestCard.blank
        _ = chip.answer(Say.selectJPKI)
        let file = ReadFile(&chip, "0006").bytes
        #expect(file.count == 160)
        #expect(file.prefix(32).elementsEqual("JPKIAPICCTOKEN2                 ".utf8))
        #expect(
            hex(file[96..<140]) == "0000040D0000000100000000000000010000000000000010000000 06".filter { $0 != " " }
                + String(repeating: "F", count: 32))
    }
}
