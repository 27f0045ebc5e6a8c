import NumberValues
public import PortableSQL
import Values

/// The register's tables and statements.
public enum RegistryStore {
    /// The schema, oldest first.
    public static let migrations: [Migration] = [
        .messaging,
        Migration(
            "resident registry 1",
            """
            CREATE TABLE household (
              id bytes NOT NULL PRIMARY KEY CHECK (length(id) = 16),
              address text NOT NULL,
              entered_at time NOT NULL
            ) unordered;
            CREATE TABLE resident (
              id bytes NOT NULL PRIMARY KEY CHECK (length(id) = 16),
              household_id bytes NOT NULL REFERENCES household (id),
              resident_code text NOT NULL UNIQUE CHECK (length(resident_code) = 11),
              individual_number text UNIQUE CHECK (length(individual_number) = 12),
              family_name text NOT NULL,
              given_name text NOT NULL,
              family_kana text,
              given_kana text,
              latin_name text,
              former_family_name text,
              birth_date text NOT NULL,
              sex text NOT NULL CHECK (sex IN ('0', '1', '2', '9')),
              relationship text NOT NULL,
              citizenship text NOT NULL,
              resident_since text NOT NULL
            ) unordered;
            CREATE INDEX resident_household ON resident (household_id);
            CREATE UNIQUE INDEX household_head ON resident (household_id) WHERE relationship = 'head';
            CREATE TABLE registry_event (
              id bytes NOT NULL PRIMARY KEY CHECK (length(id) = 16),
              resident_id bytes NOT NULL REFERENCES resident (id),
              event text NOT NULL,
              actor text NOT NULL,
              occurred_on text NOT NULL,
              recorded_at time NOT NULL
            ) unordered;
            CREATE INDEX registry_event_resident ON registry_event (resident_id, recorded_at);
            """),
    ]
}

extension SQLReading {
    func household(_ id: HouseholdID, in municipality: MunicipalityCode) throws -> Household? {
        guard let row = try row("SELECT address FROM household WHERE id = $1", id.bytes) else { return nil }
        return try Household(id: id, address: Address(text: row.text("address"), municipality: municipality))
    }

    func resident(_ id: ResidentID, in municipality: MunicipalityCode) throws -> Resident? {
        try row(
            """
            SELECT r.id, household_id, resident_code, individual_number, family_name, given_name, family_kana,
                   given_kana, latin_name, former_family_name, birth_date, sex, relationship, citizenship,
                   resident_since, h.address
            FROM resident r JOIN household h ON h.id = r.household_id WHERE r.id = $1
            """, id.bytes
        ).map { try Resident($0, municipality: municipality) }
    }

    /// Residents by birth date, at most `limit`.
    func residents(limit: Int, in municipality: MunicipalityCode) throws -> [Resident] {
        try rows(
            """
            SELECT r.id, household_id, resident_code, individual_number, family_name, given_name, family_kana,
                   given_kana, latin_name, former_family_name, birth_date, sex, relationship, citizenship,
                   resident_since, h.address
            FROM resident r JOIN household h ON h.id = r.household_id ORDER BY birth_date, r.id LIMIT $1
            """, limit
        ).map { try Resident($0, municipality: municipality) }
    }
}

extension SQLWriter {
    func insert(_ household: Household, at now: Instant) throws {
        try execute(
            "INSERT INTO household (id, address, entered_at) VALUES ($1, $2, $3)",
            household.id.bytes, household.address.text, now.microseconds)
    }

    func insert(_ resident: Resident) throws {
        let name = resident.items.name
        try execute(
            """
            INSERT INTO resident (id, household_id, resident_code, family_name, given_name, family_kana, given_kana,
              latin_name, former_family_name, birth_date, sex, relationship, citizenship, resident_since)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """,
            resident.id.bytes, resident.household.bytes, resident.code.disclosed(for: .residentRecord), name.family,
            name.given, name.familyKana, name.givenKana, name.latin, name.formerFamily,
            resident.items.birthDate.text, resident.items.sex.text, resident.relationship.rawValue,
            resident.citizenship.rawValue, resident.residentSince.text)
    }

    /// Writes the assigned number; false when the resident has one already.
    func setNumber(_ number: IndividualNumber, of resident: ResidentID) throws -> Bool {
        try execute(
            "UPDATE resident SET individual_number = $1 WHERE id = $2 AND individual_number IS NULL",
            number.disclosed(for: .residentRecord), resident.bytes) == 1
    }

    func record(
        _ event: RegistryEvent, of resident: ResidentID, by actor: String, on day: CivilDate, at now: Instant
    )
        throws
    {
        try execute(
            """
            INSERT INTO registry_event (id, resident_id, event, actor, occurred_on, recorded_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            Identifier<RegistryEvent>.random().bytes, resident.bytes, event.rawValue, actor, day.text,
            now.microseconds)
    }
}

extension Resident {
    init(_ row: SQLRow, municipality: MunicipalityCode) throws {
        guard let relationship = try Relationship(rawValue: row.text("relationship")),
            let citizenship = try Citizenship(rawValue: row.text("citizenship"))
        else { throw RegistryError.damagedRecord }
        id = try ResidentID(bytes: row.bytes("id"))
        household = try HouseholdID(bytes: row.bytes("household_id"))
        code = try ResidentCode(row.text("resident_code"))
        number = try row.optionalText("individual_number").map { try IndividualNumber($0) }
        items = try FourItems(row, municipality: municipality)
        self.relationship = relationship
        self.citizenship = citizenship
        residentSince = try CivilDate(row.text("resident_since"))
    }
}

extension FourItems {
    fileprivate init(_ row: SQLRow, municipality: MunicipalityCode) throws {
        try self.init(
            name: PersonName(
                family: row.text("family_name"), given: row.text("given_name"),
                familyKana: row.optionalText("family_kana"), givenKana: row.optionalText("given_kana"),
                latin: row.optionalText("latin_name"), formerFamily: row.optionalText("former_family_name")),
            address: Address(text: row.text("address"), municipality: municipality),
            birthDate: CivilDate(row.text("birth_date")), sex: Sex(row.text("sex")))
    }
}
