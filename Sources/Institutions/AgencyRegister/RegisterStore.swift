import Contracts
import NumberValues
public import PortableSQL
import Values
import Wire

/// The register's tables and statements.
public enum RegisterStore {
    /// The schema, oldest first.
    public static let migrations: [Migration] = [
        .messaging,
        Migration(
            "agency register 1",
            """
            CREATE TABLE agency_person (
              id bytes NOT NULL PRIMARY KEY CHECK (length(id) = 16),
              individual_number text NOT NULL UNIQUE CHECK (length(individual_number) = 12),
              items text NOT NULL,
              link text NOT NULL CHECK (link IN ('opening', 'submitted', 'collecting', 'linked')),
              entered_on text NOT NULL
            ) unordered;
            CREATE TABLE agency_record (
              person_id bytes NOT NULL REFERENCES agency_person (id),
              kind text NOT NULL,
              period text NOT NULL,
              document text NOT NULL,
              recorded_at time NOT NULL,
              PRIMARY KEY (person_id, kind, period)
            ) unordered;
            CREATE TABLE register_audit (
              id bytes NOT NULL PRIMARY KEY CHECK (length(id) = 16),
              person_id bytes NOT NULL,
              act text NOT NULL,
              actor text NOT NULL,
              recorded_at time NOT NULL
            ) unordered;
            """),
    ]
}

extension SQLReading {
    func person(under number: IndividualNumber) throws -> AgencyPerson? {
        try row(
            "SELECT id, individual_number, items, link FROM agency_person WHERE individual_number = $1",
            number.disclosed(for: .agencyRegister)
        ).map(AgencyPerson.init)
    }

    func person(_ id: AgencyPersonID) throws -> AgencyPerson? {
        try row("SELECT id, individual_number, items, link FROM agency_person WHERE id = $1", id.bytes)
            .map(AgencyPerson.init)
    }

    /// A person's records, in the order in which they came.
    func records(of person: AgencyPersonID) throws -> [InformationDocument] {
        try rows(
            "SELECT document FROM agency_record WHERE person_id = $1 ORDER BY recorded_at, kind, period", person.bytes
        ).map { try WireJSON.decode(InformationDocument.self, from: Array($0.text("document").utf8)) }
    }

    /// How many persons stand at each state of their link.
    func linkCounts() throws -> [LinkState: Int] {
        let counts = try rows("SELECT link, count(*) AS persons FROM agency_person GROUP BY link")
        return try Dictionary(uniqueKeysWithValues: counts.map { row in try (LinkState(row), row.int("persons")) })
    }
}

extension SQLWriter {
    func insert(_ person: AgencyPerson, on day: CivilDate) throws {
        try execute(
            "INSERT INTO agency_person (id, individual_number, items, link, entered_on) VALUES ($1, $2, $3, $4, $5)",
            person.id.bytes, person.number.disclosed(for: .agencyRegister), person.items.stored(),
            person.link.rawValue, day.text)
    }

    func setItems(_ items: FourItems, of person: AgencyPersonID) throws {
        try execute("UPDATE agency_person SET items = $1 WHERE id = $2", items.stored(), person.bytes)
    }

    /// Moves a person's link on; false when it does not stand at `old`.
    func setLink(_ new: LinkState, from old: LinkState, of person: AgencyPersonID) throws -> Bool {
        try execute(
            "UPDATE agency_person SET link = $1 WHERE id = $2 AND link = $3", new.rawValue, person.bytes, old.rawValue)
            == 1
    }

    func keep(_ document: InformationDocument, of person: AgencyPersonID, at now: Instant) throws {
        let text = try String(decoding: WireJSON.encode(document), as: UTF8.self)
        try execute(
            """
            INSERT INTO agency_record (person_id, kind, period, document, recorded_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (person_id, kind, period) DO UPDATE SET document = excluded.document,
              recorded_at = excluded.recorded_at
            """,
            person.bytes, document.kind.text, document.period.text, text, now.microseconds)
    }

    func audit(_ act: RegisterAct, of person: AgencyPersonID, by actor: String, at now: Instant) throws {
        try execute(
            "INSERT INTO register_audit (id, person_id, act, actor, recorded_at) VALUES ($1, $2, $3, $4, $5)",
            Identifier<RegisterAct>.random().bytes, person.bytes, act.rawValue, actor, now.microseconds)
    }
}

/// What was done with a person's entry.
enum RegisterAct: String {
    case entered, itemsChanged, recordKept, restricted, disclosed
}

extension FourItems {
    fileprivate func stored() throws -> String { try String(decoding: WireJSON.encode(self), as: UTF8.self) }
}

extension LinkState {
    fileprivate init(_ row: SQLRow) throws {
        guard let state = try LinkState(rawValue: row.text("link")) else { throw RegisterError.damagedRecord }
        self = state
    }
}

extension AgencyPerson {
    fileprivate init(_ row: SQLRow) throws {
        id = try AgencyPersonID(bytes: row.bytes("id"))
        number = try IndividualNumber(row.text("individual_number"))
        items = try WireJSON.decode(FourItems.self, from: Array(row.text("items").utf8))
        link = try LinkState(row)
    }
}
