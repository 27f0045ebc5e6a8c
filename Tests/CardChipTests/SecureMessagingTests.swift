import CardChip
import NumberValues
import Testing
import Values

@testable import CardReader

@Suite("Secure messaging with the text application")
struct SecureMessagingTests {
    /// A transport that keeps every byte that passes.
    final class Listening: CardTransport {
        private let plain: any CardTransport
        private(set) var heard: [UInt8] = []

        init(_ plain: any CardTransport) { self.plain = plain }

        func transmit(_ command: [UInt8]) throws(CardError) -> [UInt8] {
            let answer = try plain.transmit(command)
            heard += command + answer
            return answer
        }
    }

    private func listening() -> Listening {
        let store = CardStore(chip: Printed.card, name: "test") { (_: CardImage) throws(CardError) in }
        return Listening(InMemoryTransport(store))
    }

    private func secured(_ transport: Listening) throws -> InputAssistanceCard {
        var generator = SeededGenerator(seed: 1)
        let card = try InputAssistanceCard(transport)
        #expect(try card.verify(try Pin("5678", for: .inputAssistance)) == .verified)
        return try card.secured(using: &generator)
    }

    @Test("a listener hears neither number nor items nor check number, which it hears without")
    func hidden() throws {
        let open = listening()
        let plain = try InputAssistanceCard(open)
        _ = try plain.verify(try Printed.information().checkNumberA)
        _ = try plain.individualNumber()
        #expect(open.heard.lastRange(of: Array(Printed.checkNumberA.utf8)) != nil)

        let hidden = listening()
        let card = try secured(hidden)
        #expect(try card.verify(try Printed.information().checkNumberA) == .verified)
        #expect(try card.individualNumber() == Printed.number)
        #expect(try card.fourItems().differences(from: try Printed.information().fourItems).isEmpty)
        for secret in [Printed.checkNumberA, "見本", "試験市", "19800217"] {
            #expect(hidden.heard.lastRange(of: Array(secret.utf8)) == nil)
        }
    }

    @Test("wrong check numbers are counted as in the clear")
    func counted() throws {
        let card = try secured(listening())
        let wrong = try Pin("00000000000000", for: .checkNumberB)
        #expect(try card.verify(wrong) == .wrong(triesLeft: 9))
        #expect(try card.verify(wrong) == .wrong(triesLeft: 8))
        #expect(try card.triesLeft(.checkNumberB) == 8)
        #expect(try card.individualNumber() == Printed.number)
    }

    @Test("no session before the PIN, nor by check number A")
    func needsPin() throws {
        var generator = SystemRandomNumberGenerator()
        let card = try InputAssistanceCard(listening())
        #expect(throws: CardError(.pinNeeded)) { try card.secured(using: &generator) }
        _ = try card.verify(try Printed.information().checkNumberA)
        #expect(throws: CardError(.pinNeeded)) { try card.secured(using: &generator) }
    }

    @Test(
        "a command whose contents do not open ends the session",
        arguments: [
            "08200094128601" + String(repeating: "5A", count: 16), "0820009400",
            "08200094 13861102" + String(repeating: "5A", count: 16), "08B00000059603010000", "08A4020C028600",
            "08200094 0A86080102030405060708",
        ])
    func broken(command: String) throws {
        let transport = listening()
        let card = try secured(transport)
        #expect(hex(try transport.transmit(bytes(command)).suffix(2)) == "6988")
        #expect(hex(try transport.transmit(bytes("08B00000059603000000"))) == "69FC")
        #expect(throws: CardError.self) { try card.individualNumber() }
    }

    @Test("selecting the application ends the session")
    func selecting() throws {
        let transport = listening()
        _ = try secured(transport)
        _ = try transport.transmit(bytes(Say.selectInputAssistance))
        #expect(hex(try transport.transmit(bytes("08B00000059603000000"))) == "69FC")
    }

    @Test("a class with checksums is refused, and delivered keys of other forms")
    func refused() throws {
        let transport = listening()
        #expect(hex(try transport.transmit(bytes("0CB00000059603000000"))) == "69FC")
        _ = try secured(transport)
        #expect(hex(try transport.transmit(bytes("0CB00000059603000000"))) == "6987")
        let high = "80AE0000000100" + String(repeating: "FF", count: 256)
        let low = "80AE0000000100" + String(repeating: "01", count: 256)
        let commands = [("80AE00000101", "6700"), (high, "6F00"), (low, "6A80"), ("80AE01000101", "6A86")]
        for (command, word) in commands { #expect(hex(try transport.transmit(bytes(command))) == word) }
    }

    @Test("a command sent again does not open a second time")
    func replay() throws {
        let transport = listening()
        let card = try secured(transport)
        _ = try card.verify(try Printed.information().checkNumberB)
        let start = try #require(transport.heard.lastRange(of: bytes("08200080")))
        let command = Array(transport.heard[start.lowerBound..<(start.upperBound + 1 + 19)])
        #expect(hex(try transport.transmit(command)) == "6988")
    }

    @Test("other commands do not leave in the clear")
    func nothingElse() throws {
        let session = try #require(SecureSession(seed: [UInt8](repeating: 7, count: 32)))
        let transport = SecureTransport(ReaderTests.Script(["9000"]), session)
        #expect(throws: CardError(.refused)) { try transport.transmit(bytes("00840000 10")) }
        #expect(throws: CardError(.refused)) { try transport.transmit(bytes("00200094")) }
        #expect(SecureSession(seed: [1]) == nil && !"\(session)".contains("7, 7"))
    }
}
