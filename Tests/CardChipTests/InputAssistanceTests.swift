import CardChip
import NumberValues
import Testing
import Values

@testable import CardReader

@Suite("Number and items, read by a terminal")
struct InputAssistanceTests {
    private func card() throws -> InputAssistanceCard {
        let store = CardStore(chip: Printed.card, name: "test") { (_: CardImage) throws(CardError) in }
        return try InputAssistanceCard(InMemoryTransport(store))
    }

    @Test("with its PIN the card tells number and items as they were written")
    func both() throws {
        let card = try card()
        #expect(throws: CardError(.pinNeeded)) { try card.individualNumber() }
        #expect(throws: CardError(.pinNeeded)) { try card.fourItems() }
        #expect(try card.verify(try Pin("5678", for: .inputAssistance)) == .verified)
        #expect(try card.individualNumber() == Printed.number)
        #expect(try card.fourItems().differences(from: try Printed.information().fourItems).isEmpty)
    }

    @Test("check number A tells the number only, B the items only")
    func checkNumbers() throws {
        let first = try card()
        #expect(try first.verify(try Printed.information().checkNumberA) == .verified)
        #expect(try first.individualNumber() == Printed.number)
        #expect(throws: CardError(.pinNeeded)) { try first.fourItems() }
        let second = try card()
        #expect(try second.verify(try Printed.information().checkNumberB) == .verified)
        #expect(throws: CardError(.pinNeeded)) { try second.individualNumber() }
        #expect(try second.fourItems().sex == .male)
    }

    @Test("a PIN of another application does not reach the card")
    func otherPin() throws {
        let card = try card()
        #expect(throws: CardError(.otherCard)) { try card.verify(try Pin("1234", for: .authentication)) }
        #expect(try card.triesLeft(.inputAssistance) == 3 && card.triesLeft(.checkNumberA) == 10)
    }

    @Test(
        "objects that are cut short, lie about their length or come twice are refused",
        arguments: [
            "FF", "FF10", "FF1005313233", "FF1081", "FF108180", "FF1082FF", "FF1083000001FF", "DF220131DF220132",
            "DF2201",
        ])
    func objects(text: String) {
        #expect(throws: CardError(.malformedAnswer)) { try CardObjects.parse(bytes(text + (text == "FF" ? "10" : ""))) }
    }

    @Test("an answer of any bytes is read or refused, never a trap")
    func random() {
        let seed = UInt64.random(in: .min ... .max)
        print("random objects: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...24, using: &generator)
            let bytes = (0..<count).map { _ in
                [0xFF, 0xDF, 0x10, 0x22, 0x81, 0x82, 0x00, 0x02].randomElement(using: &generator) ?? UInt8(0)
            }
            _ = try? CardObjects.parse(bytes)
        }
    }
}
