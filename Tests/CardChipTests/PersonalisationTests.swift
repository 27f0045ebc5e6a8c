import CardChip
import Testing
import Values

@Suite("Personalisation by the card office")
struct PersonalisationTests {
    @Test("a blank opens with no PIN and signs nothing")
    func blank() {
        var chip = TestCard.blank
        for purpose in PinPurpose.allCases { #expect(chip.triesLeft(purpose) == 0) }
        #expect(
            chip.statusWords([Say.selectJPKI, Say.select("0018"), Say.triesLeft, Say.verify("0000")]) == [
                "9000", "9000", "63C0", "6984",
            ])
        #expect(!chip.hasCertificate(.authentication) && !chip.hasCertificate(.signature))
    }

    @Test("a second key pair is refused until the first is discarded")
    func secondKey() throws {
        var chip = TestCard.adult
        let old = try #require(chip.publicKeyInfo(for: .authentication))
        #expect(refusal { try chip.generateKeyPair(for: .authentication) } == .keyExists)
        chip.discardKeyPair(for: .authentication)
        #expect(!chip.hasCertificate(.authentication) && chip.hasCertificate(.signature))
        #expect(try chip.generateKeyPair(for: .authentication) != old)
    }

    @Test("a certificate is refused without a key, for another key, and in a shape that terminals cannot read")
    func certificates() throws {
        var chip = TestCard.blank
        let shape = TestCard.certificateShape(holding: [1, 2, 3], filler: 500)
        #expect(refusal { try chip.install(certificate: shape, authority: shape, for: .signature) } == .noKey)
        let key = try chip.generateKeyPair(for: .signature)
        #expect(refusal { try chip.install(certificate: shape, authority: shape, for: .signature) } == .otherKey)
        let right = TestCard.certificateShape(holding: key, filler: 500)
        for wrong in [[], Array(right.dropLast()), right + [0], TestCard.certificateShape(holding: key, filler: 5000)] {
            #expect(refusal { try chip.install(certificate: wrong, authority: shape, for: .signature) } == .size)
            #expect(refusal { try chip.install(certificate: right, authority: wrong, for: .signature) } == .size)
        }
        #expect(!chip.hasCertificate(.signature))
        try chip.install(certificate: right, authority: shape, for: .signature)
        #expect(chip.hasCertificate(.signature))
    }

    @Test("pictures that do not fit are refused, and the card stays as it was")
    func tooLarge() throws {
        var chip = Printed.card
        let before = CardImage(chip).bytes
        let large = try Printed.information(portrait: [UInt8](repeating: 0, count: 33_000))
        #expect(refusal { try chip.install(large, signedBy: Printed.issuer.issuer) } == .size)
        #expect(CardImage(chip).bytes == before)
    }

    @Test("new items replace the old ones and keep the card's keys and the person's PINs")
    func newItems() throws {
        var chip = Printed.card
        try chip.install(try Printed.information(address: "見本県別市９"), signedBy: Printed.issuer.issuer)
        #expect(chip.presenceKeyInfo(of: .common) == Printed.card.presenceKeyInfo(of: .common))
        _ = chip.statusWords([Say.selectInputAssistance, "002000910435363738"])
        #expect(ReadFile(&chip, "0002").part(0xDF23) == Array("見本県別市９".utf8))
    }

    @Test("serial numbers, key names and security codes of other shapes are refused")
    func shapes() {
        for text in ["", "12345678901234", "1234567890123456", "12345678901234a", "１２３４５６７８９０１２３４５"] {
            #expect(throws: ChipError.self) { try CardSerial(text) }
        }
        #expect(throws: ChipError.self) { try KeyIdentifier(number: "900003") }
        #expect(throws: ChipError.self) { try KeyIdentifier(number: "9000033", group: "1") }
        #expect(throws: ChipError.self) { try SecurityCode("228") }
    }

    @Test("the PIN for the resident register is set in both applications that keep it")
    func bothApplications() throws {
        var chip = TestCard.blank
        try chip.set(try Pin("4321", for: .residentRegister))
        let verify = "0020009C0434333231"
        #expect(
            chip.statusWords([Say.selectCommon, verify, Say.selectRegister, verify]) == [
                "9000", "9000", "9000", "9000",
            ])
    }

    @Test("nothing about a card's person is shown")
    func redacted() throws {
        var shown = "\(try Printed.information())\(Printed.issuer.issuer)\(Printed.card)"
        dump(try Printed.information(), to: &shown)
        dump(Printed.issuer.issuer.key, to: &shown)
        dump(Printed.card, to: &shown)
        #expect(!shown.contains("見本") && !shown.contains("2285") && !shown.contains("1980"))
    }

    private func refusal<T>(_ work: () throws -> T) -> ChipError.Code? {
        do {
            _ = try work()
            return nil
        } catch { return (error as? ChipError)?.code }
    }
}
