import Contracts
import JPKIValidation
import PersonCodes
public import PortableSQL
import Values
import Wire

/// The portal's tables and statements. No number, none of the four items: an account is a code.
public enum PortalStore {
    /// The schema, oldest first.
    public static let migrations: [Migration] = [
        .messaging,
        Migration(
            "portal 1",
            """
            CREATE TABLE login_attempt (
              reference bytes NOT NULL PRIMARY KEY CHECK (length(reference) = 16),
              nonce bytes NOT NULL UNIQUE CHECK (length(nonce) = 32),
              cookie_hash bytes NOT NULL CHECK (length(cookie_hash) = 32),
              begun_at time NOT NULL,
              handle_hash bytes UNIQUE CHECK (length(handle_hash) = 32),
              evidence text,
              used_at time,
              CHECK (used_at IS NULL OR handle_hash IS NOT NULL),
              CHECK ((evidence IS NOT NULL) = (handle_hash IS NOT NULL AND used_at IS NULL))
            ) unordered;
            CREATE INDEX login_attempt_age ON login_attempt (begun_at);
            CREATE TABLE account (
              portal_code bytes NOT NULL PRIMARY KEY CHECK (length(portal_code) = 32),
              opened_on text NOT NULL
            ) unordered;
            CREATE TABLE portal_exchange (
              exchange bytes NOT NULL PRIMARY KEY CHECK (length(exchange) = 16),
              portal_code bytes NOT NULL REFERENCES account (portal_code),
              provider text NOT NULL,
              kind text NOT NULL,
              period text NOT NULL,
              requested_at time NOT NULL,
              outcome text NOT NULL
            ) unordered;
            CREATE INDEX portal_exchange_account ON portal_exchange (portal_code, requested_at);
            """),
    ]
}

extension SQLReading {
    func attempt(_ reference: LoginReference) throws -> LoginAttempt? {
        try row(
            """
            SELECT reference, nonce, cookie_hash, begun_at, handle_hash, used_at FROM login_attempt
            WHERE reference = $1
            """, reference.bytes
        ).map(LoginAttempt.init)
    }

    /// The attempt that a handle belongs to, and the evidence for the number authority while it is unused.
    func attempt(handleHash: [UInt8]) throws -> (attempt: LoginAttempt, evidence: LoginEvidence?)? {
        try row(
            """
            SELECT reference, nonce, cookie_hash, begun_at, handle_hash, used_at, evidence FROM login_attempt
            WHERE handle_hash = $1
            """, handleHash
        ).map { row in
            let evidence = try row.optionalText("evidence").map {
                try WireJSON.decode(LoginEvidence.self, from: Array($0.utf8))
            }
            return try (LoginAttempt(row), evidence)
        }
    }
}

extension SQLWriter {
    func insert(_ attempt: LoginAttempt) throws {
        let old = (attempt.begunAt - .seconds(3600)).microseconds
        try execute("DELETE FROM login_attempt WHERE begun_at < $1", old)
        try execute(
            "INSERT INTO login_attempt (reference, nonce, cookie_hash, begun_at) VALUES ($1, $2, $3, $4)",
            attempt.reference.bytes, attempt.nonce, attempt.cookieHash, attempt.begunAt.microseconds)
    }

    func sign(_ reference: LoginReference, handleHash: [UInt8], evidence: LoginEvidence) throws {
        let text = try String(decoding: WireJSON.encode(evidence), as: UTF8.self)
        try execute(
            "UPDATE login_attempt SET handle_hash = $1, evidence = $2 WHERE reference = $3 AND handle_hash IS NULL",
            handleHash, text, reference.bytes)
    }

    /// Uses a login up and forgets its evidence.
    func use(_ reference: LoginReference, at now: Instant) throws {
        try execute(
            "UPDATE login_attempt SET used_at = $1, evidence = NULL WHERE reference = $2 AND used_at IS NULL",
            now.microseconds, reference.bytes)
    }

    func openAccount(_ code: InstitutionCode, on day: CivilDate) throws {
        try execute(
            "INSERT INTO account (portal_code, opened_on) VALUES ($1, $2) ON CONFLICT (portal_code) DO NOTHING",
            code.bytes, day.text)
    }

    func insert(_ exchange: ExchangeAsker.Question, at now: Instant) throws {
        try execute(
            """
            INSERT INTO portal_exchange (exchange, portal_code, provider, kind, period, requested_at, outcome)
            VALUES ($1, $2, $3, $4, $5, $6, 'asked')
            """,
            exchange.exchange.bytes, exchange.code.bytes, exchange.provider.text, exchange.kind.text,
            exchange.period.text, now.microseconds)
    }

    func setOutcome(_ outcome: String, of exchange: ExchangeID) throws {
        try execute("UPDATE portal_exchange SET outcome = $1 WHERE exchange = $2", outcome, exchange.bytes)
    }
}

extension LoginAttempt {
    fileprivate init(_ row: SQLRow) throws {
        reference = try LoginReference(bytes: row.bytes("reference"))
        nonce = try row.bytes("nonce")
        cookieHash = try row.bytes("cookie_hash")
        begunAt = try Instant(microseconds: row.integer("begun_at"))
        handleHash = try row.optionalBytes("handle_hash")
        usedAt = try row.optionalInteger("used_at").map { Instant(microseconds: $0) }
    }
}
