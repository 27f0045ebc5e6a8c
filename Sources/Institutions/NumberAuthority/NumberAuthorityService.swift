import Contracts
public import JPKIValidation
public import Logging
import NumberContracts
public import NumberValues
public import PersonCodes
public import PortableSQL
import Synchronization
public import Values
public import Wire

/// The number authority (機構): draws numbers, keeps the identity records, knows whose certificate is whose, and makes
/// the person point that codes come from.
public struct NumberAuthorityService: Sendable {
    let database: Database
    let client: EndpointClient
    let clock: any NationClock
    let key: PersonPointKey
    let validator: JPKIValidator
    /// The portal's web origin: logins elsewhere are none.
    let portalOrigin: String
    let draw: @Sendable () -> IndividualNumber
    let logger: Logger

    /// - Parameters:
    ///   - key: k, which never leaves this institution.
    ///   - portalOrigin: scheme, host and port of the portal.
    ///   - draw: draws a number; a nation made from a seed gives its own.
    public init(
        database: Database, network: any WireNetwork, clock: any NationClock, key: PersonPointKey,
        validator: JPKIValidator, portalOrigin: String, logger: Logger,
        draw: @escaping @Sendable () -> IndividualNumber = { randomNumber() }
    ) {
        self.database = database
        client = EndpointClient(network)
        self.clock = clock
        self.key = key
        self.validator = validator
        self.portalOrigin = portalOrigin
        self.draw = draw
        self.logger = logger
    }

    /// Eleven digits from the system's randomness and the check digit.
    public static func randomNumber() -> IndividualNumber {
        var generator = SystemRandomNumberGenerator()
        return IndividualNumber.random(using: &generator)
    }

    /// Draws the same numbers each time for one seed: for demo nations, never for real residents.
    public static func seededDraw(_ seed: UInt64) -> @Sendable () -> IndividualNumber {
        let generator = Mutex(SeededGenerator(seed: seed ^ 0x6E75_6D62_6572_7321))  // a stream of its own
        return { generator.withLock { IndividualNumber.random(using: &$0) } }
    }

    /// How often a number is drawn again when the one drawn was ever assigned.
    static let draws = 32

    // MARK: Numbers and records

    /// The number of a resident: the one she has, or a new one. Takes her items over.
    func assign(_ request: AssignNumber, by caller: Caller, _ writer: SQLWriter) throws -> AssignedNumber {
        try Self.require(caller, of: request.municipality)
        guard let code = try? request.resident.parsed() else { throw AuthorityError.malformedNumber }
        let now = clock.now()
        try writer.takeOver(request.items, request.municipality, of: code, at: now)
        if let number = try writer.liveNumber(of: code) {
            try writer.audit(.itemsTakenOver, of: code, by: caller.name, at: now)
            return AssignedNumber(number: NumberField(number))
        }
        let number = try freeNumber(besides: code, writer)
        try writer.assign(number, to: code, at: now)
        try writer.audit(.numberAssigned, of: code, by: caller.name, at: now)
        return AssignedNumber(number: NumberField(number))
    }

    private func freeNumber(besides code: ResidentCode, _ reader: some SQLReading) throws -> IndividualNumber {
        for _ in 0..<Self.draws {
            let number = draw()
            if try !reader.wasAssigned(number) { return number }
        }
        throw AuthorityError.numbersExhausted
    }

    func updateItems(_ request: UpdateItems, by caller: Caller, _ writer: SQLWriter) throws -> Acknowledgement {
        try Self.require(caller, of: request.municipality)
        guard let code = try? request.resident.parsed() else { throw AuthorityError.malformedNumber }
        guard try writer.identity(of: code) != nil else { throw AuthorityError.unknownNumber }
        try writer.takeOver(request.items, request.municipality, of: code, at: clock.now())
        try writer.audit(.itemsTakenOver, of: code, by: caller.name, at: clock.now())
        return Acknowledgement()
    }

    func identityRecord(_ request: IdentityRecordRequest, by caller: Caller) async throws -> IdentityRecord {
        let number = try Self.parsed(request.number)
        let now = clock.now()
        return try await database.write { writer in
            guard let code = try writer.residentCode(under: number), let record = try writer.identity(of: code) else {
                throw AuthorityError.unknownNumber
            }
            try writer.audit(.identityDisclosed, of: code, by: caller.name, at: now)
            return IdentityRecord(municipality: record.municipality, items: record.items)
        }
    }

    func registerCertificate(
        _ request: RegisterCertificate, by caller: Caller, _ writer: SQLWriter
    ) throws
        -> Acknowledgement
    {
        let now = clock.now()
        guard let code = try writer.residentCode(under: Self.parsed(request.number)) else {
            throw AuthorityError.unknownNumber
        }
        if let holding = try writer.holding(of: request.certificate) {
            guard holding == CertificateHolding(resident: code, isReplaced: false) else {
                throw AuthorityError.certificateTaken
            }
            return Acknowledgement()
        }
        if let old = request.replaces { try writer.replace(old, of: code, at: now) }
        try writer.insert(request.certificate, of: code, at: now)
        try writer.audit(.certificateRegistered, of: code, by: caller.name, at: now)
        return Acknowledgement()
    }

    /// A registry states and changes the residents of its own municipality, and no others.
    private static func require(_ caller: Caller, of municipality: MunicipalityCode) throws {
        guard try caller.name == InstitutionID.residentRegistry(municipality).text else {
            throw AuthorityError.otherMunicipality
        }
    }

    static func parsed(_ field: NumberField) throws -> IndividualNumber {
        guard let number = try? field.parsed() else { throw AuthorityError.malformedNumber }
        return number
    }
}
