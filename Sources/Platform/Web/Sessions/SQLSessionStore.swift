public import PortableSQL

/// Sessions in a database, one row each, found by the digest of the browser's secret.
public struct SQLSessionStore: SessionStore {
    /// The schema of sessions, for the list of the institution that owns the database.
    public static let migrations = [
        Migration(
            "web 001 sessions",
            """
            CREATE TABLE web_session (
              secret_digest bytes NOT NULL PRIMARY KEY CHECK (length(secret_digest) = 32),
              data bytes NOT NULL,
              began_at time NOT NULL,
              seen_at time NOT NULL CHECK (seen_at >= began_at),
              ends_at time NOT NULL CHECK (ends_at > began_at)
            ) unordered;
            CREATE INDEX web_session_seen_at ON web_session (seen_at);
            CREATE INDEX web_session_ends_at ON web_session (ends_at);
            """)
    ]

    private let database: Database

    /// A store in a database that has `migrations` applied.
    public init(_ database: Database) { self.database = database }

    /// Writes a new session in place of an old one, and forgets those idle since a moment.
    public func insert(_ record: SessionRecord, replacing old: [UInt8]?, removingIdleSince idle: Int64) async throws {
        try await database.write { sql in
            try sql.execute(
                "DELETE FROM web_session WHERE seen_at <= $1 OR ends_at <= $2", idle, record.beganAt)
            if let old { try sql.execute("DELETE FROM web_session WHERE secret_digest = $1", old) }
            try sql.execute(
                """
                INSERT INTO web_session (secret_digest, data, began_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $5)
                """,
                record.secretDigest, record.data, record.beganAt, record.seenAt, record.endsAt)
        }
    }

    /// The session of a secret, if there is one.
    public func find(_ secretDigest: [UInt8]) async throws -> SessionRecord? {
        try await database.read { sql in
            let row = try sql.row(
                "SELECT data, began_at, seen_at, ends_at FROM web_session WHERE secret_digest = $1", secretDigest)
            guard let row else { return nil }
            return SessionRecord(
                secretDigest: secretDigest, data: try row.bytes("data"), beganAt: try row.integer("began_at"),
                seenAt: try row.integer("seen_at"), endsAt: try row.integer("ends_at"))
        }
    }

    /// Notes that a session was used.
    public func touch(_ secretDigest: [UInt8], at now: Int64) async throws {
        _ = try await database.write { sql in
            try sql.execute(
                "UPDATE web_session SET seen_at = $2 WHERE secret_digest = $1 AND seen_at < $2", secretDigest, now)
        }
    }

    /// Replaces what a session holds; false when it is gone.
    public func replaceData(_ secretDigest: [UInt8], with data: [UInt8]) async throws -> Bool {
        try await database.write { sql in
            try sql.execute("UPDATE web_session SET data = $2 WHERE secret_digest = $1", secretDigest, data) == 1
        }
    }

    /// Forgets a session.
    public func remove(_ secretDigest: [UInt8]) async throws {
        _ = try await database.write { sql in
            try sql.execute("DELETE FROM web_session WHERE secret_digest = $1", secretDigest)
        }
    }
}
