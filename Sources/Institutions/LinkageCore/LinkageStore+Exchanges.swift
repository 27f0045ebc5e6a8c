import Contracts
import InstitutionKeys
import PersonCodes
import PortableSQL
import Values
import VerifiableLog
import Wire

extension SQLReading {
    func exchange(_ id: ExchangeID, of asker: InstitutionID) throws -> StoredExchange? {
        let row = try row(
            """
            SELECT leaf_index, asker, asker_exchange, request_digest, provider, provider_exchange, kind, period, basis,
              affair, procedure, outcome, reason, requested_at, recorded_at, running_number, subject, blinding
            FROM exchange WHERE asker = $1 AND asker_exchange = $2
            """, asker.text, id.bytes)
        return try row.map { try StoredExchange($0) }
    }

    /// Entries under a portal code that were recorded before an instant, newest first.
    func exchanges(of subject: InstitutionCode, before: Instant, limit: Int) throws -> [StoredExchange] {
        let rows = try rows(
            """
            SELECT leaf_index, asker, asker_exchange, request_digest, provider, provider_exchange, kind, period, basis,
              affair, procedure, outcome, reason, requested_at, recorded_at, running_number, subject, blinding
            FROM exchange WHERE subject = $1 AND recorded_at < $2 ORDER BY recorded_at DESC LIMIT $3
            """, subject.bytes, before.microseconds, limit)
        return try rows.map { try StoredExchange($0) }
    }

    /// The rows of a range of leaves, by index.
    func exchangeRows(_ range: Range<Int64>) throws -> [SQLRow] {
        try rows(
            """
            SELECT leaf_index, asker, asker_exchange, request_digest, provider, provider_exchange, kind, period, basis,
              affair, procedure, outcome, reason, requested_at, recorded_at, running_number, subject, blinding
            FROM exchange WHERE leaf_index >= $1 AND leaf_index < $2 ORDER BY leaf_index
            """, range.lowerBound, range.upperBound)
    }

    func livePermit(at leaf: LeafIndex) throws -> StoredPermit? {
        let row = try row(
            "SELECT asker_keys, sealed_code, issued_at FROM live_permit WHERE leaf_index = $1", leaf.value)
        return try row.map { row in
            StoredPermit(
                askerKeys: try row.text("asker_keys"),
                sealedCode: try WireJSON.decode(SealedBytes.self, from: row.bytes("sealed_code")),
                issuedAt: Instant(microseconds: try row.integer("issued_at")))
        }
    }

    /// When a person's newest entry was recorded.
    func lastRecorded(of subject: InstitutionCode) throws -> Instant? {
        let row = try row("SELECT max(recorded_at) AS newest FROM exchange WHERE subject = $1", subject.bytes)
        return try row?.optionalInteger("newest").map { Instant(microseconds: $0) }
    }
}

extension SQLWriter {
    /// The next running number under an asker's code: 1, 2, 3 … without a gap.
    func nextRunningNumber(of asker: InstitutionID, _ code: InstitutionCode) throws -> Int {
        let row = try row(
            """
            INSERT INTO running_number (asker, code, last_number) VALUES ($1, $2, 1)
            ON CONFLICT (asker, code) DO UPDATE SET last_number = running_number.last_number + 1
            RETURNING last_number
            """, asker.text, code.bytes)
        guard let row else { throw LinkageError(.logUnavailable) }
        return try row.int("last_number")
    }

    func insert(_ stored: StoredExchange) throws {
        let entry = stored.entry
        try execute(
            """
            INSERT INTO exchange (leaf_index, asker, asker_exchange, request_digest, provider, provider_exchange, kind,
              period, basis, affair, procedure, outcome, reason, requested_at, recorded_at, running_number, subject,
              blinding)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """, stored.leaf.value, entry.asker.text, entry.exchange.bytes, stored.request.bytes, entry.provider.text,
            entry.providerExchange?.bytes, entry.kind.text, entry.period.text, entry.basis, entry.affair,
            entry.procedure, entry.outcome.rawValue, entry.reason, entry.requestedAt.microseconds,
            entry.recordedAt.microseconds, entry.runningNumber, entry.subject.bytes, stored.blinding.bytes)
    }

    func insert(_ permit: StoredPermit, at leaf: LeafIndex) throws {
        try execute(
            """
            INSERT INTO live_permit (leaf_index, asker_keys, sealed_code, issued_at, expires_at)
            VALUES ($1, $2, $3, $4, $5)
            """, leaf.value, permit.askerKeys, WireJSON.encode(permit.sealedCode), permit.issuedAt.microseconds,
            permit.expiresAt.microseconds)
    }

    func deletePermits(before now: Instant) throws {
        try execute("DELETE FROM live_permit WHERE expires_at <= $1", now.microseconds)
    }

    /// A call that was refused before anything was known of a person's entry.
    func insertRefusedCall(by caller: String, _ reason: LinkageError.Code, at now: Instant) throws {
        try execute(
            "INSERT INTO refused_call (id, caller, refused_at, reason) VALUES ($1, $2, $3, $4)",
            ExchangeID.random().bytes, caller, now.microseconds, reason.rawValue)
    }
}

extension StoredExchange {
    init(_ row: SQLRow) throws {
        let provider = try row.optionalBytes("provider_exchange").map { try ExchangeID(bytes: $0) }
        guard let outcome = ExchangeOutcome(rawValue: try row.text("outcome")) else {
            throw LinkageError(.logDamaged)
        }
        entry = ExchangeEntry(
            exchange: try ExchangeID(bytes: row.bytes("asker_exchange")), providerExchange: provider,
            asker: try InstitutionID(row.text("asker")), provider: try InstitutionID(row.text("provider")),
            kind: try InformationKindID(row.text("kind")), period: try InformationPeriod(row.text("period")),
            basis: try row.text("basis"), affair: try row.text("affair"), procedure: try row.text("procedure"),
            outcome: outcome, reason: try row.text("reason"),
            requestedAt: Instant(microseconds: try row.integer("requested_at")),
            recordedAt: Instant(microseconds: try row.integer("recorded_at")),
            runningNumber: try row.int("running_number"),
            subject: try InstitutionCode(bytes: row.bytes("subject")))
        request = try TokenDigest(bytes: row.bytes("request_digest"))
        blinding = try Blinding(bytes: row.bytes("blinding"))
        leaf = try LeafIndex(row.integer("leaf_index"))
    }
}
