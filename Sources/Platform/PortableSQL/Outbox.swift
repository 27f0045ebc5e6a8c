/// A message that waits for delivery to another institution.
public struct OutboxMessage: Sendable {
    /// 16 random bytes made by the sender; the receiver's idempotency key.
    public let id: [UInt8]
    /// What the message is about; messages of one subject are delivered in order.
    public let subject: String
    /// The institution it goes to.
    public let destination: String
    /// The endpoint's name there.
    public let endpoint: String
    /// The request's body. Deleted at delivery.
    public let body: [UInt8]
    /// When it was written, µs UTC.
    public let enqueuedAt: Int64
    /// How often delivery has failed.
    public let attempts: Int

    init(_ row: SQLRow) throws(SQLError) {
        id = try row.bytes("id")
        subject = try row.text("subject")
        destination = try row.text("destination")
        endpoint = try row.text("endpoint")
        body = try row.bytes("body")
        enqueuedAt = try row.integer("enqueued_at")
        attempts = try row.int("attempts")
    }
}

/// How much waits in an outbox, for status pages.
public struct OutboxStatus: Sendable, Equatable {
    /// Messages not yet delivered.
    public let waitingCount: Int
    /// When the oldest of them was written, µs UTC; nil when none waits.
    public let oldestAt: Int64?
    /// Of the waiting, those whose delivery has failed at least once.
    public let failedCount: Int
}

extension Migration {
    /// The tables of outbox and inbox.
    public static let messaging = Migration(
        "messaging 1",
        """
        CREATE TABLE outbox (
          id bytes NOT NULL PRIMARY KEY CHECK (length(id) = 16),
          sequence int64 NOT NULL UNIQUE,
          subject text NOT NULL,
          destination text NOT NULL,
          endpoint text NOT NULL,
          body bytes,
          enqueued_at time NOT NULL,
          next_try_at time NOT NULL,
          attempts int64 NOT NULL DEFAULT 0 CHECK (attempts >= 0),
          problem text,
          delivered_at time,
          CHECK ((delivered_at IS NULL) = (body IS NOT NULL))
        ) unordered;
        CREATE INDEX outbox_waiting_subject ON outbox (subject, sequence) WHERE delivered_at IS NULL;
        CREATE INDEX outbox_waiting ON outbox (sequence) WHERE delivered_at IS NULL;
        CREATE INDEX outbox_delivered ON outbox (delivered_at) WHERE delivered_at IS NOT NULL;
        """,
        """
        CREATE TABLE inbox (
          caller text NOT NULL,
          endpoint text NOT NULL,
          idempotency_key text NOT NULL,
          body_digest bytes NOT NULL,
          answer bytes NOT NULL,
          answered_at time NOT NULL,
          PRIMARY KEY (caller, endpoint, idempotency_key)
        ) unordered;
        CREATE INDEX inbox_answered ON inbox (answered_at);
        """)
}

extension SQLReading {
    /// Messages to try now, oldest first: those whose time has come (µs UTC) and that no earlier undelivered message
    /// of their subject precedes. At most `limit` messages.
    public func dueMessages(now: Int64, limit: Int) throws(SQLError) -> [OutboxMessage] {
        let due = try rows(
            """
            SELECT id, subject, destination, endpoint, body, enqueued_at, attempts
            FROM outbox AS candidate
            WHERE delivered_at IS NULL AND next_try_at <= $1
              AND NOT EXISTS (
                SELECT 1 FROM outbox AS earlier
                WHERE earlier.subject = candidate.subject AND earlier.delivered_at IS NULL
                  AND earlier.sequence < candidate.sequence)
            ORDER BY sequence
            LIMIT $2
            """, now, limit)
        return try due.map { row throws(SQLError) in try OutboxMessage(row) }
    }

    /// What waits in the outbox.
    public func outboxStatus() throws(SQLError) -> OutboxStatus {
        let row = try row(
            """
            SELECT count(*) AS waiting, min(enqueued_at) AS oldest, count(CASE WHEN attempts > 0 THEN 1 END) AS failed
            FROM outbox WHERE delivered_at IS NULL
            """)
        guard let row else { return OutboxStatus(waitingCount: 0, oldestAt: nil, failedCount: 0) }
        return OutboxStatus(
            waitingCount: try row.int("waiting"), oldestAt: try row.optionalInteger("oldest"),
            failedCount: try row.int("failed"))
    }
}

extension SQLWriter {
    /// Writes a message that leaves with this transaction. `id` is 16 random bytes, `at` µs UTC.
    /// Throws `uniqueViolation` when the id was used before.
    public func enqueue(
        id: [UInt8], subject: String, destination: String, endpoint: String, body: [UInt8], at: Int64
    ) throws(SQLError) {
        try execute(
            """
            INSERT INTO outbox (id, sequence, subject, destination, endpoint, body, enqueued_at, next_try_at)
            SELECT $1, coalesce(max(sequence), 0) + 1, $2, $3, $4, $5, $6, $6 FROM outbox
            """, id, subject, destination, endpoint, body, at)
    }

    /// Notes a delivery and deletes the body, which may hold personal data. False when it was not waiting.
    @discardableResult
    public func markDelivered(_ id: [UInt8], at: Int64) throws(SQLError) -> Bool {
        try execute(
            """
            UPDATE outbox SET delivered_at = $2, body = NULL, problem = NULL WHERE id = $1 AND delivered_at IS NULL
            """, id, at) == 1
    }

    /// Notes a failed delivery. `problem` is a constant text without personal data. False when it was not waiting.
    @discardableResult
    public func markFailed(_ id: [UInt8], nextTry: Int64, problem: String) throws(SQLError) -> Bool {
        try execute(
            """
            UPDATE outbox SET attempts = attempts + 1, next_try_at = $2, problem = $3
            WHERE id = $1 AND delivered_at IS NULL
            """, id, nextTry, problem) == 1
    }

    /// Deletes what was delivered before a time (µs UTC); answers how many.
    @discardableResult
    public func purgeOutbox(before time: Int64) throws(SQLError) -> Int {
        try execute("DELETE FROM outbox WHERE delivered_at < $1", time)
    }
}
