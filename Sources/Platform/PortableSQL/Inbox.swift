/// Why a repeated request got no answer.
public enum InboxError: Error, Sendable, Equatable {
    /// The idempotency key was used before with another body.
    case differentBody
}

extension SQLWriter {
    /// How long a first answer is kept for repeats: 24 hours, in µs.
    public static let inboxLifetimeMicroseconds: Int64 = 24 * 3_600 * 1_000_000

    /// Answers a request once: the first time `effect` runs and its answer is stored in this transaction; a repeat
    /// (same caller, endpoint, key and body digest) gets the stored answer and `effect` does not run.
    ///
    /// `at` is µs UTC. Throws `InboxError.differentBody` for a known key with another body, and what `effect` throws,
    /// after which nothing is stored and the request may be made again.
    public func once(
        caller: String, endpoint: String, key: String, bodyDigest: [UInt8], at: Int64,
        effect: (SQLWriter) throws -> [UInt8]
    ) throws -> [UInt8] {
        let known = try row(
            """
            SELECT body_digest, answer FROM inbox WHERE caller = $1 AND endpoint = $2 AND idempotency_key = $3
            """, caller, endpoint, key)
        if let known {
            guard try known.bytes("body_digest") == bodyDigest else { throw InboxError.differentBody }
            return try known.bytes("answer")
        }
        let answer = try effect(self)
        try execute(
            """
            INSERT INTO inbox (caller, endpoint, idempotency_key, body_digest, answer, answered_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """, caller, endpoint, key, bodyDigest, answer, at)
        return answer
    }

    /// Deletes answers given before a time (µs UTC), normally 24 hours ago; answers how many.
    @discardableResult
    public func purgeInbox(before time: Int64) throws(SQLError) -> Int {
        try execute("DELETE FROM inbox WHERE answered_at < $1", time)
    }
}
