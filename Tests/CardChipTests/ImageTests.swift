import CardChip
import Testing
import Values

@Suite("Card images")
struct ImageTests {
    private static let image = CardImage(TestCard.adult).bytes

    @Test("a card that is written and read again is the same card, powered off")
    func roundTrip() throws {
        var chip = TestCard.adult
        _ = chip.statusWords([Say.selectJPKI, Say.select("0018"), Say.wrongAuthentication])
        var read = try CardImage.chip(from: CardImage(chip).bytes)
        #expect(read.serial == chip.serial)
        #expect(CardImage(read).bytes == CardImage(chip).bytes)
        #expect(read.statusWords([Say.triesLeft, Say.selectJPKI, "00200098"]) == ["6986", "9000", "63C2"])
        #expect(read.statusWords(["002000980431323334", "802A0397014100"]) == ["9000", "9000"])
    }

    @Test("two images of one state are equal")
    func canonical() { #expect(CardImage(TestCard.adult).bytes == Self.image) }

    @Test(
        "an image cut short anywhere is refused",
        arguments: stride(from: 0, to: image.count, by: 61).map { $0 } + [image.count - 1])
    func cutShort(length: Int) {
        #expect(throws: ChipError.self) { try CardImage.chip(from: Array(Self.image.prefix(length))) }
    }

    @Test("an image with a byte too many is refused")
    func tooLong() { #expect(refusal(Self.image + [0]) == .imageLength) }

    @Test("every flipped bit is refused: all of the header, a thousand of the rest")
    func flippedBits() {
        let seed = UInt64.random(in: .min ... .max)
        print("flipped bits: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let random = (0..<1000).map { _ in Int.random(in: 0..<(Self.image.count * 8), using: &generator) }
        for bit in Array(0..<(14 * 8)) + random {
            var image = Self.image
            image[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: ChipError.self, "bit \(bit)") { try CardImage.chip(from: image) }
        }
    }

    @Test("each refusal has its own word")
    func words() {
        var other = Self.image
        other[0] ^= 1
        #expect(refusal(other) == .imageKind)
        #expect(refusal(Array("not a card at all, but long enough to be one, surely".utf8)) == .imageKind)
        var later = Self.image
        later[9] = 2
        #expect(refusal(later) == .imageVersion)
        var edited = Self.image
        edited[20] ^= 1
        #expect(refusal(edited) == .imageDamaged)
        #expect(refusal(Array(Self.image.dropLast())) == .imageLength)
        #expect(refusal([]) == .imageLength)
        #expect(refusal(Forged.image(payload: [])) == .imageContents)
    }

    private func refusal(_ image: [UInt8]) -> ChipError.Code? {
        do throws(ChipError) {
            _ = try CardImage.chip(from: image)
            return nil
        } catch { return error.code }
    }

    @Test("a changed payload with a checksum that fits never traps, and keeps PINs within their tries")
    func forged() {
        let seed = UInt64.random(in: .min ... .max)
        print("forged payloads: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let payload = Array(CardImage(TestCard.blank).bytes.dropFirst(14).dropLast(32))
        for _ in 0..<5_000 {
            var changed = payload
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: 0..<changed.count, using: &generator)
                changed[index] = UInt8.random(in: .min ... .max, using: &generator)
            }
            if Bool.random(using: &generator) { changed.removeLast(Int.random(in: 0...20, using: &generator)) }
            guard let chip = try? CardImage.chip(from: Forged.image(payload: changed)) else { continue }
            for purpose in PinPurpose.allCases { #expect(chip.triesLeft(purpose) <= purpose.tries) }
        }
    }

    @Test("a payload with more tries than a PIN has, or a PIN twice, is refused")
    func impossible() throws {
        var chip = TestCard.blank
        try chip.set(try Pin("1234", for: .authentication))
        let payload = Array(CardImage(chip).bytes.dropFirst(14).dropLast(32))
        let entry = try #require(payload.lastRange(of: [0x01, 0x00, 0x18, 0x03, 0x04]))
        var generous = payload
        generous[entry.lowerBound + 3] = 4
        #expect(refusal(Forged.image(payload: generous)) == .imageContents)
        var twice = payload
        twice[entry.upperBound + 4 + 2] = 0x18
        #expect(refusal(Forged.image(payload: twice)) == .imageContents)
        #expect(refusal(Forged.image(payload: payload)) == nil)
    }

    @Test("an image does not show its bytes")
    func redacted() {
        var shown = "\(CardImage(TestCard.adult))"
        dump(CardImage(TestCard.adult), to: &shown)
        #expect(shown.count < 200)
    }
}
