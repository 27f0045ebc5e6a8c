import Contracts
import PersonCodes
import PortableSQL
import Values
import Wire

extension SQLReading {
    /// The person for whom an acquisition was opened here.
    func acquiringPerson(_ acquisition: AcquisitionID) throws -> AgencyPersonID? {
        let row = try row("SELECT person FROM acquisition WHERE id = $1", acquisition.bytes)
        return try row.map { try AgencyPersonID(bytes: $0.bytes("person")) }
    }

    func code(of person: AgencyPersonID) throws -> InstitutionCode? {
        let row = try row(
            """
            SELECT code FROM code_held WHERE person = $1 UNION ALL SELECT code FROM code_incoming WHERE person = $1
            """, person.bytes)
        return try row.map { try InstitutionCode(bytes: $0.bytes("code")) }
    }

    func person(with code: InstitutionCode) throws -> AgencyPersonID? {
        let row = try row(
            """
            SELECT person FROM code_held WHERE code = $1 UNION ALL SELECT person FROM code_incoming WHERE code = $1
            """, code.bytes)
        return try row.map { try AgencyPersonID(bytes: $0.bytes("person")) }
    }

    func isRestricted(_ person: AgencyPersonID) throws -> Bool {
        try row("SELECT person FROM restricted_person WHERE person = $1", person.bytes) != nil
    }

    /// The copies of a kind: of one year, or of every period.
    func copies(
        of person: AgencyPersonID, _ kind: InformationKindID, _ period: InformationPeriod
    ) throws -> [InformationDocument] {
        let rows = try rows(
            """
            SELECT document FROM record_copy WHERE person = $1 AND kind = $2 AND (period = $3 OR $3 = 'all')
            ORDER BY period
            """, person.bytes, kind.text, period.text)
        return try rows.map { try WireJSON.decode(InformationDocument.self, from: $0.bytes("document")) }
    }
}

extension SQLWriter {
    func insert(_ acquisition: OpenedAcquisition, for person: AgencyPersonID) throws {
        try execute(
            "INSERT INTO acquisition (id, person, expires_at) VALUES ($1, $2, $3)",
            acquisition.acquisition.bytes, person.bytes, acquisition.expires.microseconds)
    }

    func deleteAcquisitions(before now: Instant) throws {
        try execute("DELETE FROM acquisition WHERE expires_at <= $1", now.microseconds)
    }

    func insert(_ code: InstitutionCode, of person: AgencyPersonID) throws {
        try execute("INSERT INTO code_incoming (person, code) VALUES ($1, $2)", person.bytes, code.bytes)
    }

    /// Moves what has come in to the held codes, in an order of chance; answers how many.
    func mixCodes() throws -> Int {
        let incoming = try rows("SELECT person, code FROM code_incoming")
        for row in incoming.shuffled() {
            try execute(
                "INSERT INTO code_held (person, code) VALUES ($1, $2)", row.bytes("person"), row.bytes("code"))
        }
        try execute("DELETE FROM code_incoming")
        return incoming.count
    }

    func store(
        _ document: [UInt8], _ kind: InformationKindID, _ period: InformationPeriod, of person: AgencyPersonID
    )
        throws
    {
        try execute(
            """
            INSERT INTO record_copy (person, kind, period, document) VALUES ($1, $2, $3, $4)
            ON CONFLICT (person, kind, period) DO UPDATE SET document = excluded.document
            """, person.bytes, kind.text, period.text, document)
    }

    func set(_ disclosure: Disclosure, of person: AgencyPersonID) throws {
        switch disclosure {
        case .disclosed: try execute("DELETE FROM restricted_person WHERE person = $1", person.bytes)
        case .notDisclosed:
            try execute(
                "INSERT INTO restricted_person (person) VALUES ($1) ON CONFLICT (person) DO NOTHING", person.bytes)
        }
    }
}
