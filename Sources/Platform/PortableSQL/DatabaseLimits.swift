/// How much a `Database` takes on. Every limit carries its unit.
public struct DatabaseLimits: Sendable {
    /// Writes that may wait; one more is refused with `busy`.
    public var maxQueuedWritesCount = 1024
    /// Reads that may wait; one more is refused with `busy`.
    public var maxQueuedReadsCount = 1024
    /// Threads that read, each with its own connection.
    public var readersCount = 4
    /// Writes that may share a commit. PostgreSQL slows down beyond 64 subtransactions.
    public var maxGroupedWritesCount = 50
    /// After this time a group takes no more writes in and commits.
    public var maxGroupMilliseconds = 20
    /// How long a transaction is run again when others come between or the server is away.
    public var maxRetryMilliseconds = 2_000
    /// How long one statement may take on PostgreSQL.
    public var maxStatementMilliseconds = 10_000

    /// The limits as named above.
    public init() {}
}
