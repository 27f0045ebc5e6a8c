import CardChip
import Testing

@Suite("Status words of the JPKI application")
struct StatusWordTests {
    /// Commands in a row on a fresh adult card, and the status word of the last one.
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let commands: [String]
        let expected: String

        init(_ description: String, _ commands: [String], _ expected: String) {
            self.testDescription = description
            self.commands = commands
            self.expected = expected
        }
    }

    static let selecting = [
        Case("the application", [Say.selectJPKI], "9000"),
        Case("the application with P2=00", ["00A404000A D392F000260100000001 00"], "9000"),
        Case("an unknown application", ["00A4040C0A D392F000260100000002"], "6A82"),
        Case("an application by half its name", ["00A4040C05 D392F00026"], "6A82"),
        Case("an application without a name", ["00A4040C"], "6A82"),
        Case("a file before an application", [Say.select("000A")], "6A82"),
        Case("a file of no such name", [Say.selectJPKI, Say.select("0003")], "6A82"),
        Case("a file by one byte", [Say.selectJPKI, "00A4020C0118"], "6700"),
        Case("a file with P1=09", [Say.selectJPKI, "00A4090C020018"], "6A86"),
        Case("the master file after reset", ["00A40000"], "6A86"),
        Case("the master file inside an application", [Say.selectJPKI, "00A40000"], "9000"),
        Case("the file after that is still there", [Say.selectJPKI, "00A40000", Say.select("0018")], "9000"),
        Case("3F00", ["00A40000023F00"], "6A82"),
        Case("3F00 inside an application", [Say.selectJPKI, "00A40000023F00"], "6A82"),
        Case("the card manager", [Say.selectJPKI, Say.selectCardManager, Say.select("0018")], "6A82"),
    ]

    static let reading = [
        Case("without a selected file", [Say.selectJPKI, "00B0000000"], "6986"),
        Case("without an expected length", [Say.selectJPKI, Say.select("000A"), "00B00000"], "6700"),
        Case("with data", [Say.selectJPKI, Say.select("000A"), "00B00000010000"], "6700"),
        Case("at the end of the file", [Say.selectJPKI, Say.select("0008"), "00B0000300"], "6B00"),
        Case("past the end of the file", [Say.selectJPKI, Say.select("0008"), "00B07FFF00"], "6B00"),
        Case("a PIN", [Say.selectJPKI, Say.select("0018"), "00B0000000"], "6981"),
        Case("a private key", [Say.selectJPKI, Say.select("0017"), "00B0000000"], "6981"),
        Case("the terminals' key", [Say.selectJPKI, Say.select("0016"), "00B0000000"], "6981"),
        Case("the unknown file", [Say.selectJPKI, Say.select("0009"), "00B0000000"], "6982"),
        Case("the signing certificate", [Say.selectJPKI, Say.select("0001"), "00B0000000"], "6982"),
        Case("by short name", [Say.selectJPKI, "00B08A0000"], "9000"),
        Case("by short name of no file", [Say.selectJPKI, "00B0830000"], "6A82"),
        Case("by short name zero", [Say.selectJPKI, "00B0800000"], "6A82"),
        Case("by short name with bit 7", [Say.selectJPKI, "00B0CA0000"], "6A86"),
        Case("a record of a transparent file", [Say.selectJPKI, Say.select("000A"), "00B2010400"], "6981"),
        Case("records with a wrong P2", [Say.selectJPKI, Say.select("000A"), "00B2010000"], "6A86"),
    ]

    static let verifying = [
        Case("before an application", [Say.verify("1234")], "6986"),
        Case("without a selected file", [Say.selectJPKI, Say.verify("1234")], "6986"),
        Case("a certificate file", [Say.selectJPKI, Say.select("000A"), Say.verify("1234")], "6981"),
        Case("a key file, query", [Say.selectJPKI, Say.select("0017"), Say.triesLeft], "6981"),
        Case("the right PIN", [Say.selectJPKI, Say.select("0018"), Say.rightAuthentication], "9000"),
        Case("the right PIN by short name", [Say.selectJPKI, "002000980431323334"], "9000"),
        Case("the right password by short name", [Say.selectJPKI, "0020009B06414243313233"], "9000"),
        Case("a short name of no file", [Say.selectJPKI, "002000830431323334"], "6A82"),
        Case("P1=01", [Say.selectJPKI, Say.select("0018"), "002001800431323334"], "6A86"),
        Case("P2=00", [Say.selectJPKI, Say.select("0018"), "002000000431323334"], "6A86"),
        Case("P2=C0", [Say.selectJPKI, Say.select("0018"), "002000C00431323334"], "6A86"),
        Case("17 bytes", [Say.selectJPKI, Say.select("0018"), Say.verify("12345678901234567")], "6700"),
        Case("a wrong PIN", [Say.selectJPKI, Say.select("0018"), Say.wrongAuthentication], "63C2"),
        Case("a PIN of one byte", [Say.selectJPKI, Say.select("0018"), Say.verify("1")], "63C2"),
        Case("the password in small letters", [Say.selectJPKI, Say.select("001B"), Say.verify("abc123")], "63C4"),
    ]

    static let signing = [
        Case("before the PIN", [Say.selectJPKI, Say.select("0017"), "802A00800101 00"], "6982"),
        Case("after another PIN", [Say.selectJPKI, Say.select("001B"), Say.rightSignature, "802A0097010100"], "6982"),
        Case("by short name", [Say.selectJPKI, "002000980431323334", "802A0097010100"], "9000"),
        Case("without a selected file", [Say.selectJPKI, "802A0080010100"], "6986"),
        Case(
            "with a PIN file", [Say.selectJPKI, Say.select("0018"), Say.rightAuthentication, "802A0080010100"], "6981"),
        Case("with P1=06", [Say.selectJPKI, "002000980431323334", "802A0697010100"], "6A86"),
        Case("with P1=FF", [Say.selectJPKI, "002000980431323334", "802AFF97010100"], "6A86"),
        Case("with P2=00", [Say.selectJPKI, "002000980431323334", "802A0000010100"], "6A86"),
        Case("nothing", [Say.selectJPKI, "002000980431323334", "802A009700"], "6700"),
        Case("without an expected length", [Say.selectJPKI, "002000980431323334", "802A00970101"], "6700"),
        Case("246 bytes", [Say.selectJPKI, "002000980431323334", "802A0097F6" + zeros(246) + "00"], "6700"),
        Case("245 bytes", [Say.selectJPKI, "002000980431323334", "802A0097F5" + zeros(245) + "00"], "9000"),
        Case("a hash of 31 bytes", [Say.selectJPKI, "002000980431323334", "802A02971F" + zeros(31) + "00"], "6985"),
        Case(
            "a hash of 33 bytes, PSS", [Say.selectJPKI, "002000980431323334", "802A049721" + zeros(33) + "00"], "6985"),
        Case("with a hidden key", [Say.selectJPKI, "002000980431323334", "802A0096010100"], "6981"),
    ]

    static let changing = [
        Case("before the old PIN", [Say.selectJPKI, Say.select("0018"), "002401800435363738"], "6982"),
        Case("after it", [Say.selectJPKI, Say.select("0018"), Say.rightAuthentication, "002401800435363738"], "9000"),
        Case(
            "to three digits", [Say.selectJPKI, Say.select("0018"), Say.rightAuthentication, "0024018003353637"], "6A80"
        ),
        Case(
            "to letters", [Say.selectJPKI, Say.select("0018"), Say.rightAuthentication, "002401800441424344"], "6A80"),
        Case("to nothing", [Say.selectJPKI, Say.select("0018"), Say.rightAuthentication, "00240180"], "6700"),
        Case(
            "with P1=00", [Say.selectJPKI, Say.select("0018"), Say.rightAuthentication, "002400800435363738"], "6A86"),
        Case("of a certificate", [Say.selectJPKI, Say.select("000A"), "002401800435363738"], "6981"),
        Case(
            "by the other applications' command",
            [Say.selectJPKI, Say.select("0018"), Say.rightAuthentication, "803200800435363738"], "6985"),
    ]

    static let other = [
        Case("an unknown instruction", ["00FF000000"], "6D00"),
        Case("GET DATA of something else", ["00CADF3005"], "6A88"),
        Case("the phone's last-command indicator", ["80FC0000"], "6D00"),
        Case("an unknown class", ["90A4000000"], "6E00"),
        Case("secure messaging", [Say.selectJPKI, "08B0000000"], "69FC"),
        Case("a session key", [Say.selectJPKI, "80AE0000010100"], "6982"),
        Case("a challenge", ["0084000010"], "9000"),
        Case("a challenge of unknown length", ["00840000"], "6700"),
        Case("a challenge of extended length", ["00840000000000"], "6985"),
        Case("a challenge with parameters", ["0084010010"], "6A86"),
        Case("INTERNAL AUTHENTICATE by a key that is not here", [Say.selectJPKI, "00880099 01 01 00"], "6A82"),
        Case("INTERNAL AUTHENTICATE by a key behind a PIN", [Say.selectJPKI, "00880097 01 01 00"], "6982"),
        Case("INTERNAL AUTHENTICATE by a PIN", [Say.selectJPKI, "00880098 01 01 00"], "6981"),
        Case("an empty command", [""], "6700"),
    ]

    @Test("SELECT", arguments: selecting) func selects(_ test: Case) { check(test) }
    @Test("READ", arguments: reading) func reads(_ test: Case) { check(test) }
    @Test("VERIFY", arguments: verifying) func verifies(_ test: Case) { check(test) }
    @Test("COMPUTE DIGITAL SIGNATURE", arguments: signing) func signs(_ test: Case) { check(test) }
    @Test("CHANGE REFERENCE DATA", arguments: changing) func changes(_ test: Case) { check(test) }
    @Test("other commands", arguments: other) func others(_ test: Case) { check(test) }

    private func check(_ test: Case) {
        var chip = TestCard.adult
        #expect(chip.statusWords(test.commands).last == test.expected)
    }

    @Test("an absent certificate reads as past the end, on a card fresh from the factory")
    func blankCertificate() {
        var chip = TestCard.blank
        #expect(chip.statusWords([Say.selectJPKI, Say.select("000A"), "00B0000000"]) == ["9000", "9000", "6B00"])
    }

    /// The commands by which other drivers ask for their own cards before JPKI's turn: none may succeed.
    static let probes =
        [
            "00A4040007 627601FF000000", "00A4040006 A00000000101", "00A404000B E82B0601040181C31F0201 00",
            "00A4040C0F D23300000045737445494420763335", "00CADF3005", "00CB3FFF035C017E08",
            "00A4040009 A00000030800001000 00", "00A4040C07 A000000116DB00 00", "00A4040C07 A0000000791000 00",
            "00A404000C F276A288BCFBA69D34F31001", "00A4040009 A00000039742544659 00", "00A4040006 D27600012401 00",
        ] + (0...15).map { "00A4040C07 A00000007901" + hex([UInt8($0)]) + " 00" }

    @Test("commands that ask for other cards get an error", arguments: probes)
    func probe(command: String) {
        var chip = TestCard.adult
        let status = chip.answer(command)
        #expect(["6A82", "6D00", "6A88"].contains(status))
    }
}

private func zeros(_ count: Int) -> String { String(repeating: "00", count: count) }
