public import Contracts
public import Logging
import NumberContracts
public import NumberValues
public import PortableSQL
public import Values
public import Wire

/// The register of persons of one agency (団体内統合宛名システム), and the ledger of records behind it.
///
/// It alone at the agency knows the number. Its gateway is told the agency's own id for the person, and nothing else.
public struct AgencyRegisterService: Sendable {
    let database: Database
    let network: any WireNetwork
    let clock: any NationClock
    let gateway: InstitutionID
    let enrolledBy: CallerRule
    let logger: Logger

    /// - Parameters:
    ///   - gateway: the agency's own gateway.
    ///   - enrolledBy: who may enter persons over the wire: the registry of the same municipality.
    public init(
        database: Database, network: any WireNetwork, clock: any NationClock, gateway: InstitutionID,
        enrolledBy: CallerRule, logger: Logger
    ) {
        self.database = database
        self.network = network
        self.clock = clock
        self.gateway = gateway
        self.enrolledBy = enrolledBy
        self.logger = logger
    }

    /// Enters a person, or takes over her changed items; the acquisition of her code begins by itself.
    @discardableResult
    public func enrol(_ number: IndividualNumber, _ items: FourItems, by actor: String) async throws -> AgencyPersonID {
        try await database.write { try enrol(number, items, by: actor, $0) }
    }

    /// Keeps a record of a person, and puts its copy into the gateway as soon as the gateway holds her code.
    ///
    /// - Throws: ``RegisterError/unknownPerson``; then nothing is written.
    public func keep(_ document: InformationDocument, of number: IndividualNumber, by actor: String) async throws {
        let now = clock.now()
        try await database.write { writer in
            guard let person = try writer.person(under: number) else { throw RegisterError.unknownPerson }
            try writer.keep(document, of: person.id, at: now)
            try writer.audit(.recordKept, of: person.id, by: actor, at: now)
            guard person.link == .linked else { return }
            try tell(AgencyContract.storeCopy, StoreCopy(person: person.id, document: document), person.id, writer)
        }
    }

    /// Sets or lifts the flag that keeps the person's copies from being shown (不開示).
    ///
    /// - Throws: ``RegisterError/unknownPerson``; then nothing is written.
    public func restrict(_ number: IndividualNumber, _ disclosure: Disclosure, by actor: String) async throws {
        let now = clock.now()
        try await database.write { writer in
            guard let person = try writer.person(under: number) else { throw RegisterError.unknownPerson }
            let act = disclosure == .notDisclosed ? RegisterAct.restricted : .disclosed
            try writer.audit(act, of: person.id, by: actor, at: now)
            let body = RestrictPerson(person: person.id, disclosure: disclosure)
            try tell(AgencyContract.restrict, body, person.id, writer)
        }
    }

    /// The person under a number, for a clerk with an affair.
    public func person(under number: IndividualNumber) async throws -> AgencyPerson? {
        try await database.read { try $0.person(under: number) }
    }

    /// How many persons stand at each state of their link.
    public func linkCounts() async throws -> [LinkState: Int] {
        try await database.read { try $0.linkCounts() }
    }

    func enrol(
        _ number: IndividualNumber, _ items: FourItems, by actor: String, _ writer: SQLWriter
    ) throws -> AgencyPersonID {
        let now = clock.now()
        if let known = try writer.person(under: number) {
            try writer.setItems(items, of: known.id)
            try writer.audit(.itemsChanged, of: known.id, by: actor, at: now)
            return known.id
        }
        let person = AgencyPerson(id: .random(), number: number, items: items, link: .opening)
        try writer.insert(person, on: now.civilDate)
        try writer.audit(.entered, of: person.id, by: actor, at: now)
        try tell(AgencyContract.openAcquisition, OpenPersonAcquisition(person: person.id), person.id, writer)
        return person.id
    }

    func tell<Request, Response>(
        _ endpoint: Endpoint<Request, Response>, _ body: Request, _ person: AgencyPersonID,
        to other: InstitutionID? = nil, _ writer: SQLWriter
    ) throws {
        try writer.enqueue(
            id: AgencyPersonID.random().bytes, subject: person.text, destination: (other ?? gateway).text,
            endpoint: endpoint.name, body: WireJSON.encode(body), at: clock.now().microseconds)
    }
}
