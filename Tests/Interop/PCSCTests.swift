import CardChip
import CardReader
import Foundation
import Glibc
import Testing

extension CardServiceTests {
    /// The terminal's side of ours through the system's card service, as with a real reader.
    @Suite("Our terminal through PC/SC")
    struct PCSCTests {
        private let service: CardService
        private var files: URL { service.folder }

        init() throws { service = try CardService() }

        @Test("the virtual reader is found, and its card reads, verifies and signs")
        func signs() async throws {
            let name = try #require(try PCSCSlot.readerNames().first)
            #expect(name.contains("Virtual PCD"))
            let slot = PCSCSlot(reader: name)
            let pin = try Pin("1234", for: .authentication)
            let (result, certificate, signature) = try await slot.withCard { transport in
                let card = try JPKICard(transport)
                return (
                    try card.verify(pin), try card.certificate(.authentication),
                    try card.sign(message: Array("madoguchi".utf8), with: .authentication)
                )
            }
            #expect(result == .verified)
            let issued = try Data(contentsOf: files.appendingPathComponent("authentication.der"))
            #expect(certificate == Array(issued))
            #expect(try verifies(signature))
        }

        private func verifies(_ signature: [UInt8]) throws -> Bool {
            func path(_ name: String) -> String { files.appendingPathComponent(name).path }
            try Data(signature).write(to: files.appendingPathComponent("signature"))
            try Data("madoguchi".utf8).write(to: files.appendingPathComponent("message"))
            let output = try service.run([
                "openssl", "dgst", "-sha256", "-keyform", "DER", "-verify", path("authentication.pub"), "-signature",
                path("signature"), path("message"),
            ])
            return output.text.contains("Verified OK")
        }

        @Test("a conversation ends with a reset: the next one must verify again, and the tries stay")
        func reset() async throws {
            let slot = PCSCSlot(reader: try #require(try PCSCSlot.readerNames().first))
            let (right, wrong) = (try Pin("1234", for: .authentication), try Pin("9999", for: .authentication))
            #expect(try await slot.withCard { try JPKICard($0).verify(wrong) } == .wrong(triesLeft: 2))
            #expect(try await slot.withCard { try JPKICard($0).triesLeft(.authentication) } == 2)
            #expect(try await slot.withCard { try JPKICard($0).verify(right) } == .verified)
            await #expect(throws: CardError.self) {
                try await slot.withCard { try JPKICard($0).sign(message: [1], with: .authentication) }
            }
        }

        @Test("a reader without a card, an unknown reader and a card in use are told apart")
        func refused() async throws {
            let names = try PCSCSlot.readerNames()
            #expect(names.count == 2)
            #expect(await refusal(PCSCSlot(reader: names[1])) == .noCard)
            #expect(await refusal(PCSCSlot(reader: "no such reader")) == .reader)
            let holder = PCSCSlot(reader: names[0])
            async let held: Void = holder.withCard { _ in usleep(1_500_000) }
            try await Task.sleep(for: .milliseconds(500))
            #expect(await refusal(PCSCSlot(reader: names[0])) == .busy)
            try await held
            #expect(await refusal(PCSCSlot(reader: names[0])) == nil)
        }

        private func refusal(_ slot: PCSCSlot) async -> CardError.Code? {
            do {
                try await slot.withCard { transport in _ = try JPKICard(transport) }
                return nil
            } catch { return (error as? CardError)?.code }
        }
    }
}
