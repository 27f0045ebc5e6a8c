public import CardChip
import Contracts
public import Logging
import NumberContracts
public import NumberValues
public import PortableSQL
public import Values
public import Wire

/// The card office (個人番号カードの製造・交付), with one use case so far: a card is made and handed over at the counter.
public struct CardOfficeService: Sendable {
    let database: Database
    let network: any WireNetwork
    let client: EndpointClient
    let clock: any NationClock
    let drawSerial: @Sendable () throws -> CardSerial
    let logger: Logger

    /// - Parameter drawSerial: draws a card serial; unused ones only are kept.
    public init(
        database: Database, network: any WireNetwork, clock: any NationClock, logger: Logger,
        drawSerial: @escaping @Sendable () throws -> CardSerial
    ) {
        self.database = database
        self.network = network
        client = EndpointClient(network)
        self.clock = clock
        self.logger = logger
        self.drawSerial = drawSerial
    }

    /// Makes and delivers a card: the chip makes its own keys, the certification service certifies them, the holder's
    /// PINs are set. The number authority learns of the certificate by the outbox.
    ///
    /// - Throws: ``CardOfficeError``, the neighbours' `Problem`s, `WireError`, `ChipError`.
    public func deliver(to holder: IndividualNumber, pins: CardPins, by actor: String) async throws -> DeliveredCard {
        let record = try await identity(of: holder)
        let birthDate = record.items.birthDate
        if let refusal = pins.refusal(signing: birthDate.age(on: clock.now().civilDate) >= Self.signingAge) {
            throw refusal
        }
        let card = try await order(for: holder, birthDate: birthDate, by: actor)
        var chip = Chip.blank(serial: card.serial)
        let authentication = try await certify(&chip, .authentication, card, record)
        try chip.set(pins.authentication)
        if let pin = pins.signature, birthDate.age(on: clock.now().civilDate) >= Self.signingAge {
            _ = try await certify(&chip, .signature, card, record)
            try chip.set(pin)
        }
        try await handOver(card, authentication, by: actor)
        return DeliveredCard(card: card, chip: chip)
    }

    /// From this age a card carries a certificate for signing (公的個人認証法3条; under 15 not in principle).
    static let signingAge = 15

    /// How many cards stand at each state.
    public func cardCounts() async throws -> [CardState: Int] { try await database.read { try $0.cardCounts() } }

    private func identity(of holder: IndividualNumber) async throws -> IdentityRecord {
        do {
            return try await client.call(
                NumberContract.identityRecord, of: InstitutionID.numberAuthority.text,
                IdentityRecordRequest(number: NumberField(holder)))
        } catch let problem as Problem where problem.status == 404 {
            throw CardOfficeError.holderUnknown
        }
    }

    private func order(
        for holder: IndividualNumber, birthDate: CivilDate, by actor: String
    ) async throws -> Card {
        let now = clock.now()
        let today = now.civilDate
        let new = try Card(
            id: .random(), serial: drawSerial(), holder: holder, state: .producing, issuedOn: today,
            expiresOn: CardLife.lastDay(issuedOn: today, birthDate: birthDate))
        return try await database.write { writer in
            if let card = try writer.card(of: holder) {
                guard card.state == .producing else { throw CardOfficeError.hasCard }
                return card
            }
            try writer.insert(new)
            try writer.record(.producing, of: new.id, by: actor, at: now)
            return new
        }
    }

    private func certify(
        _ chip: inout Chip, _ kind: CertificateKind, _ card: Card, _ record: IdentityRecord
    ) async throws -> CertificateName {
        let publicKey = try chip.generateKeyPair(for: kind)
        let use: CertificateUse = kind == .authentication ? .authentication : .signature
        let certified = try await client.call(
            CertificationContract.certify, of: InstitutionID.jpki.text,
            Certify(
                use: use, publicKey: ContractBytes(publicKey), municipality: record.municipality,
                cardExpires: card.expiresOn, birthDate: record.items.birthDate,
                fourItems: use == .signature ? record.items : nil),
            key: Identifier<CertificateKind>.random().text)
        try chip.install(
            certificate: certified.certificate.bytes, authority: certified.authority.bytes, for: kind)
        return certified.name
    }

    private func handOver(_ card: Card, _ certificate: CertificateName, by actor: String) async throws {
        let now = clock.now()
        let body = try WireJSON.encode(
            RegisterCertificate(number: NumberField(card.holder), certificate: certificate, replaces: nil))
        try await database.write { writer in
            guard try writer.deliver(card.id) else { throw CardOfficeError.hasCard }
            try writer.record(.delivered, of: card.id, by: actor, at: now)
            try writer.enqueue(
                id: CardID.random().bytes, subject: card.id.text, destination: InstitutionID.numberAuthority.text,
                endpoint: NumberContract.registerCertificate.name, body: body, at: now.microseconds)
        }
    }

    /// Delivers what the office has to say.
    public func relay() -> OutboxRelay {
        OutboxRelay(
            database: database, network: network, replies: [:], now: { [clock] in clock.now().microseconds },
            logger: logger)
    }
}
