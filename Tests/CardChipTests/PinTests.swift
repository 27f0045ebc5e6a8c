import CardChip
import Testing

@Suite("PINs and their counters")
struct PinTests {
    @Test("the authentication PIN locks after three wrong tries, and then even the right one is refused")
    func lockAfterThree() {
        var chip = TestCard.adult
        _ = chip.statusWords([Say.selectJPKI, Say.select("0018")])
        let tries = [String](repeating: Say.wrongAuthentication, count: 3)
        #expect(chip.statusWords(tries) == ["63C2", "63C1", "63C0"])
        #expect(
            chip.statusWords([Say.rightAuthentication, Say.wrongAuthentication, Say.triesLeft]) == [
                "6984", "6984", "63C0",
            ])
    }

    @Test("the signature password locks after five")
    func lockAfterFive() {
        var chip = TestCard.adult
        _ = chip.statusWords([Say.selectJPKI, Say.select("001B")])
        let tries = [String](repeating: Say.wrongSignature, count: 5)
        #expect(chip.statusWords(tries) == ["63C4", "63C3", "63C2", "63C1", "63C0"])
        #expect(chip.statusWords([Say.rightSignature, Say.triesLeft]) == ["6984", "63C0"])
    }

    @Test("a locked PIN leaves the other one and its key working")
    func locksApart() {
        var chip = TestCard.adult
        _ = chip.statusWords(
            [Say.selectJPKI, Say.select("0018")] + [String](repeating: Say.wrongAuthentication, count: 3))
        #expect(
            chip.statusWords([Say.select("001B"), Say.rightSignature, "802A009A010100"]) == ["9000", "9000", "9000"])
    }

    @Test("asking how many tries are left costs none, verified or not")
    func query() {
        var chip = TestCard.adult
        _ = chip.statusWords([Say.selectJPKI, Say.select("0018")])
        #expect(
            chip.statusWords([Say.triesLeft, Say.triesLeft, "00200098", "0020008000"]) == [
                "63C3", "63C3", "63C3", "63C3",
            ])
        #expect(chip.statusWords([Say.rightAuthentication, Say.triesLeft]) == ["9000", "63C3"])
    }

    @Test("only the right PIN gives the tries back; time, reset and selecting do not")
    func giveBack() {
        var chip = TestCard.adult
        _ = chip.statusWords([Say.selectJPKI, Say.select("0018"), Say.wrongAuthentication, Say.wrongAuthentication])
        chip.reset()
        #expect(chip.statusWords([Say.selectJPKI, Say.select("0018"), Say.triesLeft]).last == "63C1")
        #expect(chip.statusWords([Say.rightAuthentication, Say.triesLeft]) == ["9000", "63C3"])
    }

    @Test("selecting an application forgets that a PIN was verified")
    func selectClears() {
        var chip = TestCard.adult
        let verified = [Say.selectJPKI, Say.select("0018"), Say.rightAuthentication]
        #expect(chip.statusWords(verified + ["802A0097010100"]).last == "9000")
        #expect(chip.statusWords([Say.selectJPKI, "802A0097010100"]).last == "6982")
        #expect(chip.statusWords(verified + [Say.selectCommon, Say.selectJPKI, "802A0097010100"]).last == "6982")
        #expect(chip.statusWords(verified + ["00A4040C02 FFFF", "802A0097010100"]).last == "9000")
    }

    @Test("reset forgets that a PIN was verified, and what was selected")
    func resetClears() {
        var chip = TestCard.adult
        _ = chip.statusWords([Say.selectJPKI, Say.select("0018"), Say.rightAuthentication])
        chip.reset()
        #expect(chip.statusWords(["802A0097010100", Say.selectJPKI, "802A0097010100"]) == ["6A82", "9000", "6982"])
    }

    @Test("a wrong try forgets an earlier right one")
    func wrongClears() {
        var chip = TestCard.adult
        let commands = [
            Say.selectJPKI, Say.select("0018"), Say.rightAuthentication, Say.wrongAuthentication, "802A0097010100",
        ]
        #expect(chip.statusWords(commands).suffix(2) == ["63C2", "6982"])
    }

    @Test("after a change the new PIN opens and the old one does not")
    func change() {
        var chip = TestCard.adult
        _ = chip.statusWords([Say.selectJPKI, Say.select("0018"), Say.rightAuthentication, "002401800435363738"])
        chip.reset()
        #expect(chip.statusWords([Say.selectJPKI, Say.select("0018"), Say.rightAuthentication]).last == "63C2")
        #expect(chip.statusWords([Say.verify("5678"), Say.triesLeft]) == ["9000", "63C3"])
    }

    @Test("every try counts as a change, right or wrong, so that both are written alike")
    func changed() {
        var chip = TestCard.adult
        for command in [Say.selectJPKI, "00B08A0000", Say.select("0018"), Say.triesLeft] {
            #expect(!chip.process(bytes(command)).changed)
        }
        #expect(chip.process(bytes(Say.rightAuthentication)).changed)
        #expect(chip.process(bytes(Say.wrongAuthentication)).changed)
    }

    @Test("a PIN that was never set is locked")
    func neverSet() {
        var chip = TestCard.child
        #expect(
            chip.statusWords([Say.selectJPKI, Say.select("001B"), Say.triesLeft, Say.rightSignature]).suffix(2) == [
                "63C0", "6984",
            ])
        #expect(chip.triesLeft(.signature) == 0)
    }

    @Test("the counter sets a new PIN after a lock, with all tries")
    func setAnew() throws {
        var chip = TestCard.adult
        _ = chip.statusWords(
            [Say.selectJPKI, Say.select("0018")] + [String](repeating: Say.wrongAuthentication, count: 3))
        try chip.set(try Pin("8765", for: .authentication))
        #expect(chip.statusWords([Say.triesLeft, Say.verify("8765")]) == ["63C3", "9000"])
    }

    @Test(
        "full-width and small letters are read as they were meant",
        arguments: [
            ("１２３４", PinPurpose.authentication, "1234"), (" abc123 ", .signature, "ABC123"),
            ("ａｂｃ１２３", .signature, "ABC123"),
        ])
    func reads(text: String, purpose: PinPurpose, expected: String) throws {
        #expect(try Pin(text, for: purpose).disclosed == Array(expected.utf8))
    }

    @Test(
        "other shapes are refused",
        arguments: [
            ("123", PinPurpose.authentication), ("12345", .authentication), ("12a4", .authentication),
            ("", .authentication),
            ("ABC12", .signature), ("ABCDEFGHIJ1234567", .signature), ("ABC-123", .signature), ("あいうえおか", .signature),
            ("1234567", .birthDate), ("٤٥٦٧", .inputAssistance), ("12345678901", .checkNumberA),
            ("1", .residentRegister),
        ])
    func refuses(text: String, purpose: PinPurpose) {
        #expect(throws: ChipError.self) { try Pin(text, for: purpose) }
    }

    @Test("a signature password of letters only or digits only is not set", arguments: ["ABCDEF", "123456"])
    func mixed(text: String) throws {
        var chip = TestCard.adult
        let pin = try Pin(text, for: .signature)
        #expect(!pin.mayBeSet)
        #expect(throws: ChipError.self) { try chip.set(pin) }
    }

    @Test("neither a PIN nor a chip shows a secret")
    func redacted() throws {
        var shown = "\(try Pin("7395", for: .authentication))"
        dump(try Pin("7395", for: .authentication), to: &shown)
        var chip = TestCard.blank
        try chip.set(try Pin("7395", for: .authentication))
        dump(chip, to: &shown)
        shown += String(reflecting: chip) + "\(chip)"
        #expect(!shown.contains("7395") && !shown.contains("55, 51, 57, 53") && !shown.contains(" 57"))
    }
}
