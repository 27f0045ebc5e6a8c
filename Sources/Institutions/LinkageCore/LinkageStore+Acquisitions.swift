import Contracts
import PersonCodes
import PortableSQL
import Values

extension SQLReading {
    func acquisition(_ id: AcquisitionID) throws -> AcquisitionRecord? {
        let row = try row(
            """
            SELECT id, opener, session, purpose, expires_at, code, presence FROM acquisition WHERE id = $1
            """, id.bytes)
        return try row.map { try AcquisitionRecord($0) }
    }

    func presence(_ id: PresenceID) throws -> PresenceRecord? {
        let row = try row(
            """
            SELECT id, code, session, purpose, issued_at, expires_at, ended FROM presence WHERE id = $1
            """, id.bytes)
        return try row.flatMap { try PresenceRecord($0) }
    }
}

extension SQLWriter {
    func insert(_ acquisition: AcquisitionRecord) throws {
        try execute(
            "INSERT INTO acquisition (id, opener, session, purpose, expires_at) VALUES ($1, $2, $3, $4, $5)",
            acquisition.id.bytes, acquisition.opener.text, acquisition.login?.session, acquisition.login?.purpose,
            acquisition.expiresAt.microseconds)
    }

    func countOpened(by opener: InstitutionID, on day: CivilDate) throws {
        try execute(
            """
            INSERT INTO acquisition_day (civil_day, opener, opened) VALUES ($1, $2, 1)
            ON CONFLICT (civil_day, opener) DO UPDATE SET opened = acquisition_day.opened + 1
            """, day.text, opener.text)
    }

    func setCode(_ code: InstitutionCode, of acquisition: AcquisitionID) throws {
        try execute("UPDATE acquisition SET code = $2 WHERE id = $1", acquisition.bytes, code.bytes)
    }

    func insert(_ presence: PresenceRecord, of acquisition: AcquisitionID) throws {
        try execute(
            """
            INSERT INTO presence (id, code, session, purpose, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
            """, presence.id.bytes, presence.code.bytes, presence.login.session, presence.login.purpose,
            presence.issuedAt.microseconds, presence.expiresAt.microseconds)
        try execute("UPDATE acquisition SET presence = $2 WHERE id = $1", acquisition.bytes, presence.id.bytes)
    }

    func endPresence(_ id: PresenceID) throws {
        try execute("UPDATE presence SET ended = 1 WHERE id = $1", id.bytes)
    }

    /// Deletes what is over: acquisitions, then presences.
    func sweep(before now: Instant) throws {
        try execute("DELETE FROM acquisition WHERE expires_at <= $1", now.microseconds)
        try execute(
            """
            DELETE FROM presence WHERE expires_at <= $1
              AND NOT EXISTS (SELECT 1 FROM acquisition WHERE acquisition.presence = presence.id)
            """, now.microseconds)
    }
}

extension AcquisitionRecord {
    init(_ row: SQLRow) throws {
        let session = try row.optionalBytes("session")
        let purpose = try row.optionalText("purpose")
        self.init(
            id: try AcquisitionID(bytes: row.bytes("id")), opener: try InstitutionID(row.text("opener")),
            login: session.flatMap { session in purpose.flatMap { LoginBinding(session: session, purpose: $0) } },
            expiresAt: Instant(microseconds: try row.integer("expires_at")),
            code: try row.optionalBytes("code").map { try InstitutionCode(bytes: $0) },
            presence: try row.optionalBytes("presence").map { try PresenceID(bytes: $0) })
    }
}

extension PresenceRecord {
    /// Nil when the row's binding is not one that could have been written.
    init?(_ row: SQLRow) throws {
        let binding = LoginBinding(session: try row.bytes("session"), purpose: try row.text("purpose"))
        guard let binding else { return nil }
        self.init(
            id: try PresenceID(bytes: row.bytes("id")), code: try InstitutionCode(bytes: row.bytes("code")),
            login: binding, issuedAt: Instant(microseconds: try row.integer("issued_at")),
            expiresAt: Instant(microseconds: try row.integer("expires_at")), isEnded: try row.flag("ended"))
    }
}
