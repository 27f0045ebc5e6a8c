import CardChip
import CardOffice
import Contracts
import NumberContracts
import NumberValues
import PortableSQL
import Synchronization
import TestSupport
import Testing
import Values
import Wire

@Suite struct DeliveryTests {
    @Test("a card is made, certified, handed over, and its certificate told", arguments: TestEngine.available)
    func delivered(engine: TestEngine) async throws {
        try await withOffice(engine) { office in
            let holder = try office.resident()
            let delivered = try await office.service.deliver(to: holder, pins: Office.pins(), by: "clerk-1")
            #expect(CertificateKind.allCases.allSatisfy { delivered.chip.hasCertificate($0) })
            #expect(delivered.chip.triesLeft(.authentication) == 3 && delivered.chip.triesLeft(.signature) == 5)
            #expect(delivered.card.holder == holder && delivered.chip.serial == delivered.card.serial)
            #expect(try delivered.card.expiresOn == CivilDate("2036-03-01"))
            let orders = office.neighbours.state.withLock { $0.orders }
            #expect(orders.map(\.use) == [.authentication, .signature])
            #expect(orders.map { $0.fourItems == nil } == [true, false])
            #expect(orders.map(\.publicKey.bytes) == CertificateKind.keys(of: delivered.chip))
            #expect(orders.allSatisfy { $0.cardExpires == delivered.card.expiresOn })
            let events = try await office.events()
            #expect(events == ["delivered by clerk-1", "producing by clerk-1"])
            #expect(try await office.service.relay().deliverDue() == 1)
            let registered = office.neighbours.state.withLock { $0.registered }
            #expect(registered.count == 1 && registered[0].replaces == nil)
            #expect(try registered[0].number.parsed() == holder)
            #expect(registered[0].certificate.serial == ContractBytes([1]), "the one for authentication")
        }
    }

    @Test(
        "a child under fifteen gets no certificate for signing, and a card for five years",
        arguments: TestEngine.available)
    func child(engine: TestEngine) async throws {
        try await withOffice(engine) { office in
            let holder = try office.resident(born: "2011-11-20")
            let delivered = try await office.service.deliver(
                to: holder, pins: Office.pins(signature: nil), by: "clerk-1")
            #expect(delivered.chip.hasCertificate(.authentication) && !delivered.chip.hasCertificate(.signature))
            #expect(delivered.chip.triesLeft(.signature) == 0)
            #expect(try delivered.card.expiresOn == CivilDate("2030-11-20"))
            #expect(office.neighbours.state.withLock { $0.orders.map(\.use) } == [.authentication])
        }
    }

    @Test("a password for signing changes nothing for a child")
    func childWithPassword() async throws {
        try await withOffice(.sqlite) { office in
            let delivered = try await office.service.deliver(
                to: office.resident(born: "2011-11-20"), pins: Office.pins(), by: "clerk-1")
            #expect(!delivered.chip.hasCertificate(.signature) && delivered.chip.triesLeft(.signature) == 0)
        }
    }

    static let pins: [(CardOfficeError, @Sendable () throws -> CardPins)] = [
        (.signaturePinMissing, { try Office.pins(signature: nil) }),
        (.pinRefused, { try Office.pins(signature: "12345678") }),
        (.pinRefused, { try Office.pins(signature: "ABCDEFGH") }),
        (
            .pinRefused,
            {
                try CardPins(
                    authentication: Pin("1234", for: .inputAssistance), signature: Pin("MADO2026", for: .signature))
            }
        ),
        (
            .pinRefused,
            {
                try CardPins(
                    authentication: Pin("1234", for: .authentication), signature: Pin("1234", for: .authentication))
            }
        ),
    ]

    @Test("PINs that may not be set are refused before anything is made", arguments: pins.indices)
    func refusedPins(index: Int) async throws {
        try await withOffice(.sqlite) { office in
            let (refusal, pins) = Self.pins[index]
            let holder = try office.resident()
            await #expect(throws: refusal) {
                try await office.service.deliver(to: holder, pins: pins(), by: "clerk-1")
            }
            let cards = try await office.count("SELECT count(*) AS n FROM card")
            #expect(cards == 0 && office.neighbours.state.withLock { $0.orders.isEmpty })
        }
    }

    @Test("a second card is refused", arguments: TestEngine.available)
    func second(engine: TestEngine) async throws {
        try await withOffice(engine) { office in
            let holder = try office.resident()
            _ = try await office.service.deliver(to: holder, pins: Office.pins(), by: "clerk-1")
            await #expect(throws: CardOfficeError.hasCard) {
                try await office.service.deliver(to: holder, pins: Office.pins(), by: "clerk-1")
            }
            #expect(try await office.service.cardCounts() == [.delivered: 1])
            #expect(office.neighbours.state.withLock { $0.orders.count } == 2, "and nothing is certified for it")
        }
    }

    @Test("of deliveries at once to one holder one is made, and one certificate told", arguments: TestEngine.available)
    func atOnce(engine: TestEngine) async throws {
        try await withOffice(engine) { office in
            let holder = try office.resident(born: "2012-03-01")
            let pins = try Office.pins(signature: nil)
            let delivered = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        (try? await office.service.deliver(to: holder, pins: pins, by: "clerk-1")) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(delivered == 1)
            #expect(try await office.service.cardCounts() == [.delivered: 1])
            #expect(try await office.count("SELECT count(*) AS n FROM outbox") == 1)
        }
    }

    @Test("a delivery that broke off is taken up with the same card", arguments: TestEngine.available, 0...1)
    func brokenOff(engine: TestEngine, certificates: Int) async throws {
        try await withOffice(engine) { office in
            let holder = try office.resident()
            office.neighbours.state.withLock { $0.certificatesLeft = certificates }
            await #expect(throws: Problem.busy) {
                try await office.service.deliver(to: holder, pins: Office.pins(), by: "clerk-1")
            }
            #expect(try await office.service.cardCounts() == [.producing: 1])
            #expect(try await office.count("SELECT count(*) AS n FROM outbox") == 0)
            office.neighbours.state.withLock { $0.certificatesLeft = nil }
            _ = try await office.service.deliver(to: holder, pins: Office.pins(), by: "clerk-2")
            #expect(try await office.service.cardCounts() == [.delivered: 1])
            let events = try await office.events()
            #expect(events == ["delivered by clerk-2", "producing by clerk-1"])
        }
    }

    @Test("nobody's number gets no card, and nothing is written", arguments: TestEngine.available)
    func unknownHolder(engine: TestEngine) async throws {
        try await withOffice(engine) { (office: Office) async throws in
            var generator = SeededGenerator(seed: 5)
            let nobody = IndividualNumber.random(using: &generator)
            await #expect(throws: CardOfficeError.holderUnknown) {
                try await office.service.deliver(to: nobody, pins: Office.pins(), by: "clerk-1")
            }
            #expect(try await office.count("SELECT count(*) AS n FROM card") == 0)
        }
    }

    static let lives = [
        ("2026-11-18", "1990-03-01", "2036-03-01"), ("2026-11-18", "1990-11-18", "2036-11-18"),
        ("2026-11-18", "1990-11-19", "2035-11-19"), ("2026-11-18", "2010-03-01", "2031-03-01"),
        ("2022-03-31", "2003-05-05", "2026-05-05"), ("2022-04-01", "2003-05-05", "2031-05-05"),
    ]

    @Test("a card lives to the tenth birthday, under age to the fifth", arguments: lives)
    func life(issued: String, born: String, last: String) throws {
        let day = try CardLife.lastDay(issuedOn: CivilDate(issued), birthDate: CivilDate(born))
        #expect(day.text == last)
    }

    @Test("neither card nor PINs show themselves")
    func redaction() async throws {
        try await withOffice(.sqlite) { office in
            let delivered = try await office.service.deliver(
                to: office.resident(), pins: Office.pins(), by: "clerk-1")
            var dumped = ""
            dump(delivered.card, to: &dumped)
            dump(try Office.pins(), to: &dumped)
            #expect(!dumped.contains(delivered.card.serial.description) && !dumped.contains("MADO2026"))
        }
    }
}

extension CertificateKind {
    /// The chip's public keys, for authentication and for signing.
    static func keys(of chip: Chip) -> [[UInt8]] {
        [CertificateKind.authentication, .signature].compactMap { chip.publicKeyInfo(for: $0) }
    }
}
