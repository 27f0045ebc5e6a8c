import CardChip
import Crypto
import CryptoExtras
import Foundation
import Glibc
import Testing

@testable import CardReader

@Suite("The terminal's side")
struct ReaderTests {
    /// A transport that plays back answers and keeps the commands.
    final class Script: CardTransport {
        private var answers: [[UInt8]]
        private(set) var commands: [String] = []

        init(_ answers: [String]) { self.answers = answers.map(bytes) }

        func transmit(_ command: [UInt8]) throws(CardError) -> [UInt8] {
            commands.append(hex(command))
            guard !answers.isEmpty else { throw CardError(.reader) }
            return answers.removeFirst()
        }
    }

    private func store(_ chip: Chip = TestCard.adult) -> CardStore {
        CardStore(chip: chip, name: "test") { (_: CardImage) throws(CardError) in }
    }

    private func card(_ chip: Chip = TestCard.adult) throws -> JPKICard { try JPKICard(InMemoryTransport(store(chip))) }

    @Test(
        "PIN, certificate and signature fit together",
        arguments: [
            (CertificateKind.authentication, "1234"), (.signature, "abc123"),
        ])
    func signs(kind: CertificateKind, pin: String) throws {
        let card = try card()
        #expect(throws: CardError(.pinNeeded)) { try card.sign(message: [1, 2, 3], with: kind) }
        #expect(try card.verify(try Pin(pin, for: kind.pinPurpose)) == .verified)
        let certificate = try card.certificate(kind)
        let key = try #require(TestCard.adult.publicKeyInfo(for: kind))
        #expect(certificate == TestCard.certificateShape(holding: key, filler: 1200))
        #expect(try card.authorityCertificate(kind).count > 900)
        let signature = try card.sign(message: [1, 2, 3], with: kind)
        let publicKey = try _RSA.Signing.PublicKey(derRepresentation: key)
        #expect(
            publicKey.isValidSignature(
                .init(rawRepresentation: signature), for: [1, 2, 3] as [UInt8], padding: .insecurePKCS1v1_5))
    }

    @Test("the signing certificate needs its PIN; the other one does not")
    func certificateAccess() throws {
        let card = try card()
        #expect(throws: CardError(.pinNeeded)) { try card.certificate(.signature) }
        #expect(throws: Never.self) { try card.certificate(.authentication) }
    }

    @Test("tries go down with wrong PINs, and a locked card says so")
    func tries() throws {
        let card = try card()
        let wrong = try Pin("9999", for: .authentication)
        #expect(try card.triesLeft(.authentication) == 3 && card.triesLeft(.signature) == 5)
        #expect(try card.verify(wrong) == .wrong(triesLeft: 2))
        #expect(try card.verify(wrong) == .wrong(triesLeft: 1))
        #expect(try card.verify(wrong) == .locked)
        #expect(try card.verify(wrong) == .locked)
        #expect(try card.triesLeft(.authentication) == 0)
    }

    @Test("a changed PIN is the new one; a PIN of another application is refused before it reaches the card")
    func change() throws {
        let store = store()
        let card = try JPKICard(InMemoryTransport(store))
        let new = try Pin("5555", for: .authentication)
        #expect(throws: CardError(.pinNeeded)) { try card.change(to: new) }
        _ = try card.verify(try Pin("1234", for: .authentication))
        try card.change(to: new)
        store.reset()
        #expect(try JPKICard(InMemoryTransport(store)).verify(new) == .verified)
        #expect(throws: CardError(.otherCard)) { try card.verify(try Pin("5678", for: .inputAssistance)) }
        #expect(throws: CardError(.refused)) { try card.change(to: try Pin("ABCDEF", for: .signature)) }
    }

    @Test("a child's card has no signing certificate")
    func child() throws {
        let card = try card(TestCard.child)
        #expect(try card.hasCertificate(.authentication) && !card.hasCertificate(.signature))
        #expect(throws: CardError(.noCertificate)) { try card.authorityCertificate(.signature) }
    }

    @Test("a card without the application is another card")
    func otherCard() {
        #expect(throws: CardError(.otherCard)) { try JPKICard(Script(["6A82"])) }
        #expect(throws: CardError(.refused)) { try JPKICard(Script(["6F00"])) }
        #expect(throws: CardError(.malformedAnswer)) { try JPKICard(Script(["90"])) }
        #expect(throws: CardError(.reader)) { try JPKICard(Script([])) }
    }

    @Test("an answer in parts is put together, and a wrong length is asked for again")
    func parts() throws {
        let script = Script(["9000", "9000", "6104", "8F8F00FF9000"])
        #expect(try JPKICard(script).hasCertificate(.signature))
        #expect(script.commands.last == "00C0000004")
        let shorter = Script(["9000", "9000", "6C03", "8F00009000"])
        #expect(try !JPKICard(shorter).hasCertificate(.authentication))
        #expect(shorter.commands.last == "00B0000003")
    }

    @Test(
        "answers that make no sense are refused, and endless ones end",
        arguments: [
            ["9000", "9000", "30039000"], ["9000", "9000", "308210009000", "00009000"],
            ["9000", "9000", "3082FFFF9000"],
            ["9000", "9000", "04820100 9000"], ["9000", "9000", "6110", "6110"],
        ])
    func nonsense(answers: [String]) {
        #expect(throws: CardError(.malformedAnswer)) { try JPKICard(Script(answers)).certificate(.authentication) }
    }

    @Test("an unknown answer to a PIN is an error, not a wrong PIN", arguments: ["6700", "6F00", "6300", "6985"])
    func unknownPinAnswer(word: String) throws {
        let card = try JPKICard(Script(["9000", "9000", word]))
        #expect(throws: CardError(.refused)) { try card.verify(try Pin("1234", for: .authentication)) }
    }

    @Test("one conversation cannot use the PIN that another verified")
    func conversations() async throws {
        let slot = SoftwareCardSlot(store())
        let pin = try Pin("1234", for: .authentication)
        #expect(try await slot.withCard { try JPKICard($0).verify(pin) } == .verified)
        await #expect(throws: CardError(.pinNeeded)) {
            try await slot.withCard { transport in try JPKICard(transport).sign(message: [1], with: .authentication) }
        }
        let answer = try await slot.withCard { try $0.transmit(bytes("802A0097010100")) }
        #expect(hex(answer) == "6A82")
    }

    @Test("a slot refuses the caller after the last that may wait")
    func queue() async throws {
        let worker = SerialWorker(label: "test")
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<(SerialWorker.largestQueue + 36) {
                group.addTask { (try? await worker.run { usleep(20_000) }) != nil }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.filter { !$0 }.count >= 1)
        #expect(outcomes.filter { $0 }.count >= SerialWorker.largestQueue)
    }

    @Test("every failure tells what happened and what helps", arguments: CardError.Code.allCases)
    func hints(code: CardError.Code) {
        let error = CardError(code)
        #expect(
            error.reason.hasSuffix(".") && error.hint.hasSuffix(".")
                && error.description == "\(error.reason) \(error.hint)")
    }
}
