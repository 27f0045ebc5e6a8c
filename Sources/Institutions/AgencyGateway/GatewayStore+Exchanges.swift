import Contracts
import InstitutionKeys
import PersonCodes
import PortableSQL
import Values
import Wire

extension SQLReading {
    func provision(_ exchange: ExchangeID) throws -> StoredProvision? {
        let row = try row(
            "SELECT asker, request_digest, answered_at, sealed_answer FROM provision WHERE exchange = $1",
            exchange.bytes)
        return try row.map { row in
            StoredProvision(
                asker: try InstitutionID(row.text("asker")),
                request: try TokenDigest(bytes: row.bytes("request_digest")),
                answeredAt: Instant(microseconds: try row.integer("answered_at")),
                answer: try row.optionalBytes("sealed_answer").map { try WireJSON.decode(SealedBytes.self, from: $0) })
        }
    }

    /// Permits whose leaf has neither been proven nor missed, the most urgent first.
    func openChecks(limit: Int) throws -> [InclusionCheck] {
        let rows = try rows(
            """
            SELECT exchange, leaf_index, leaf_hash, due_at FROM inclusion_check
            WHERE verified_at IS NULL AND alarm IS NULL ORDER BY due_at LIMIT $1
            """, limit)
        return try rows.map { row in
            InclusionCheck(
                exchange: try ExchangeID(bytes: row.bytes("exchange")), leafIndex: try row.integer("leaf_index"),
                leafHash: try row.bytes("leaf_hash"), dueAt: Instant(microseconds: try row.integer("due_at")))
        }
    }

    func inclusionAlarms(limit: Int) throws -> [InclusionAlarm] {
        let rows = try rows(
            """
            SELECT exchange, leaf_index, alarm, alarmed_at FROM inclusion_check
            WHERE alarm IS NOT NULL ORDER BY alarmed_at DESC LIMIT $1
            """, limit)
        return try rows.compactMap { row in
            guard let reason = InclusionAlarm.Reason(rawValue: try row.text("alarm")) else { return nil }
            return InclusionAlarm(
                exchange: try ExchangeID(bytes: row.bytes("exchange")), leafIndex: try row.integer("leaf_index"),
                reason: reason, raisedAt: Instant(microseconds: try row.integer("alarmed_at")))
        }
    }
}

extension SQLWriter {
    func insert(
        _ provision: VerifiedProvision, _ result: ExchangeResult, _ answer: SealedBytes, at now: Instant
    ) throws {
        let permit = provision.permit
        try execute(
            """
            INSERT INTO provision (exchange, asker, kind, period, basis, code, request_digest, outcome, requested_at,
              answered_at, permit_expires_at, sealed_answer)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """, permit.exchange.bytes, permit.asker.text, permit.kind.text, permit.period.text, permit.basis,
            provision.code.bytes, provision.requestDigest.bytes, result.rawValue,
            provision.request.requestedAt.microseconds, now.microseconds, permit.expiresAt.microseconds,
            WireJSON.encode(answer))
    }

    /// Forgets the stored answers of permits that are over; what was exchanged with whom stays.
    func clearAnswers(before now: Instant) throws {
        try execute(
            "UPDATE provision SET sealed_answer = NULL WHERE permit_expires_at <= $1 AND sealed_answer IS NOT NULL",
            (now - Permit.skew).microseconds)
    }

    func insertRefusal(
        of exchange: ExchangeID?, by caller: InstitutionID, _ reason: GatewayError.Code, at now: Instant
    ) throws {
        try execute(
            "INSERT INTO refused_provision (id, exchange, caller, reason, refused_at) VALUES ($1, $2, $3, $4, $5)",
            ExchangeID.random().bytes, exchange?.bytes, caller.text, reason.rawValue, now.microseconds)
    }

    func insert(_ inquiry: Inquire, as exchange: ExchangeID, at now: Instant) throws {
        try execute(
            """
            INSERT INTO inquiry (exchange, person, provider, kind, period, clause, affair, procedure, requested_at,
              outcome, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'asked', '')
            """, exchange.bytes, inquiry.person.bytes, inquiry.provider.text, inquiry.kind.text, inquiry.period.text,
            inquiry.citation.clause, inquiry.citation.affair, inquiry.citation.procedure, now.microseconds)
    }

    func end(_ exchange: ExchangeID, outcome: String, reason: String, at now: Instant) throws {
        try execute(
            "UPDATE inquiry SET outcome = $2, reason = $3, ended_at = $4 WHERE exchange = $1 AND ended_at IS NULL",
            exchange.bytes, outcome, reason, now.microseconds)
    }

    func insert(_ check: InclusionCheck) throws {
        try execute(
            "INSERT INTO inclusion_check (exchange, leaf_index, leaf_hash, due_at) VALUES ($1, $2, $3, $4)",
            check.exchange.bytes, check.leafIndex, check.leafHash, check.dueAt.microseconds)
    }

    func setVerified(_ exchange: ExchangeID, at now: Instant) throws {
        try execute(
            "UPDATE inclusion_check SET verified_at = $2 WHERE exchange = $1 AND alarm IS NULL",
            exchange.bytes, now.microseconds)
    }

    func raise(_ reason: InclusionAlarm.Reason, of exchange: ExchangeID, at now: Instant) throws {
        try execute(
            """
            UPDATE inclusion_check SET alarm = $2, alarmed_at = $3 WHERE exchange = $1 AND verified_at IS NULL
              AND alarm IS NULL
            """, exchange.bytes, reason.rawValue, now.microseconds)
    }
}
