import Contracts
import NumberValues
public import PortableSQL
import Values
import Wire

/// The authority's tables and statements.
public enum AuthorityStore {
    /// The schema, oldest first.
    public static let migrations: [Migration] = [
        .messaging,
        Migration(
            "number authority 1",
            """
            CREATE TABLE identity_record (
              resident_code text NOT NULL PRIMARY KEY CHECK (length(resident_code) = 11),
              municipality text NOT NULL,
              items text NOT NULL,
              changed_at time NOT NULL
            ) unordered;
            CREATE TABLE assigned_number (
              individual_number text NOT NULL PRIMARY KEY CHECK (length(individual_number) = 12),
              resident_code text NOT NULL REFERENCES identity_record (resident_code),
              assigned_at time NOT NULL,
              retired_at time
            ) unordered;
            CREATE UNIQUE INDEX live_number ON assigned_number (resident_code) WHERE retired_at IS NULL;
            CREATE TABLE held_certificate (
              issuer bytes NOT NULL,
              serial bytes NOT NULL,
              resident_code text NOT NULL REFERENCES identity_record (resident_code),
              registered_at time NOT NULL,
              replaced_at time,
              PRIMARY KEY (issuer, serial)
            ) unordered;
            CREATE INDEX held_certificate_resident ON held_certificate (resident_code);
            CREATE TABLE presented_login (
              nonce bytes NOT NULL PRIMARY KEY CHECK (length(nonce) = 32),
              acquisition bytes NOT NULL CHECK (length(acquisition) = 16),
              presented_at time NOT NULL
            ) unordered;
            CREATE INDEX presented_login_age ON presented_login (presented_at);
            CREATE TABLE authority_audit (
              id bytes NOT NULL PRIMARY KEY CHECK (length(id) = 16),
              resident_code text NOT NULL,
              act text NOT NULL,
              caller text NOT NULL,
              recorded_at time NOT NULL
            ) unordered;
            CREATE INDEX authority_audit_resident ON authority_audit (resident_code, recorded_at);
            """),
    ]
}

/// Whose a certificate is, and whether another one has replaced it.
struct CertificateHolding: Equatable {
    let resident: ResidentCode
    let isReplaced: Bool
}

/// What was done with a person's record, for the audit trail.
enum AuthorityAct: String {
    case numberAssigned = "number-assigned"
    case itemsTakenOver = "items-taken-over"
    case identityDisclosed = "identity-disclosed"
    case certificateRegistered = "certificate-registered"
    case acquisitionForAgency = "acquisition-agency"
    case acquisitionForLogin = "acquisition-login"
}

extension SQLReading {
    func liveNumber(of code: ResidentCode) throws -> IndividualNumber? {
        try row(
            "SELECT individual_number FROM assigned_number WHERE resident_code = $1 AND retired_at IS NULL",
            code.disclosed(for: .authorityRecord)
        ).map { try IndividualNumber($0.text("individual_number")) }
    }

    func residentCode(under number: IndividualNumber) throws -> ResidentCode? {
        try row(
            "SELECT resident_code FROM assigned_number WHERE individual_number = $1 AND retired_at IS NULL",
            number.disclosed(for: .authorityRecord)
        ).map { try ResidentCode($0.text("resident_code")) }
    }

    /// Whether a number was ever assigned, retired ones too.
    func wasAssigned(_ number: IndividualNumber) throws -> Bool {
        try row(
            "SELECT 1 AS found FROM assigned_number WHERE individual_number = $1",
            number.disclosed(for: .authorityRecord)) != nil
    }

    func identity(of code: ResidentCode) throws -> (municipality: MunicipalityCode, items: FourItems)? {
        try row(
            "SELECT municipality, items FROM identity_record WHERE resident_code = $1",
            code.disclosed(for: .authorityRecord)
        ).map { row in
            try (
                MunicipalityCode(row.text("municipality")),
                WireJSON.decode(FourItems.self, from: Array(row.text("items").utf8))
            )
        }
    }

    /// To whom a certificate belongs or belonged; nil for one that was never registered.
    func holding(of certificate: CertificateName) throws -> CertificateHolding? {
        try row(
            "SELECT resident_code, replaced_at FROM held_certificate WHERE issuer = $1 AND serial = $2",
            certificate.issuer.bytes, certificate.serial.bytes
        ).map { row in
            try CertificateHolding(
                resident: ResidentCode(row.text("resident_code")),
                isReplaced: row.optionalInteger("replaced_at") != nil)
        }
    }

    /// The resident to whom a certificate belongs, unless it was replaced.
    func residentCode(holding certificate: CertificateName) throws -> ResidentCode? {
        try holding(of: certificate).flatMap { $0.isReplaced ? nil : $0.resident }
    }

    /// The acquisition under which a login with this nonce was presented.
    func acquisition(presentedWith nonce: [UInt8]) throws -> AcquisitionID? {
        try row("SELECT acquisition FROM presented_login WHERE nonce = $1", nonce)
            .map { try AcquisitionID(bytes: $0.bytes("acquisition")) }
    }
}

extension SQLWriter {
    func takeOver(_ items: FourItems, _ municipality: MunicipalityCode, of code: ResidentCode, at now: Instant) throws {
        let text = try String(decoding: WireJSON.encode(items), as: UTF8.self)
        try execute(
            """
            INSERT INTO identity_record (resident_code, municipality, items, changed_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (resident_code) DO UPDATE SET municipality = excluded.municipality, items = excluded.items,
              changed_at = excluded.changed_at
            """,
            code.disclosed(for: .authorityRecord), municipality.text, text, now.microseconds)
    }

    func assign(_ number: IndividualNumber, to code: ResidentCode, at now: Instant) throws {
        try execute(
            "INSERT INTO assigned_number (individual_number, resident_code, assigned_at) VALUES ($1, $2, $3)",
            number.disclosed(for: .authorityRecord), code.disclosed(for: .authorityRecord), now.microseconds)
    }

    func insert(_ certificate: CertificateName, of code: ResidentCode, at now: Instant) throws {
        try execute(
            "INSERT INTO held_certificate (issuer, serial, resident_code, registered_at) VALUES ($1, $2, $3, $4)",
            certificate.issuer.bytes, certificate.serial.bytes, code.disclosed(for: .authorityRecord),
            now.microseconds)
    }

    /// Ends a certificate that another one replaces, if it is that resident's.
    func replace(_ certificate: CertificateName, of code: ResidentCode, at now: Instant) throws {
        try execute(
            """
            UPDATE held_certificate SET replaced_at = $1
            WHERE issuer = $2 AND serial = $3 AND resident_code = $4 AND replaced_at IS NULL
            """,
            now.microseconds, certificate.issuer.bytes, certificate.serial.bytes,
            code.disclosed(for: .authorityRecord))
    }

    func usePresented(_ nonce: [UInt8], for acquisition: AcquisitionID, at now: Instant) throws {
        try execute("DELETE FROM presented_login WHERE presented_at < $1", (now - .seconds(3600)).microseconds)
        try execute(
            "INSERT INTO presented_login (nonce, acquisition, presented_at) VALUES ($1, $2, $3)",
            nonce, acquisition.bytes, now.microseconds)
    }

    func audit(_ act: AuthorityAct, of code: ResidentCode, by caller: String, at now: Instant) throws {
        try execute(
            "INSERT INTO authority_audit (id, resident_code, act, caller, recorded_at) VALUES ($1, $2, $3, $4, $5)",
            Identifier<AuthorityAct>.random().bytes, code.disclosed(for: .authorityRecord), act.rawValue, caller,
            now.microseconds)
    }
}
