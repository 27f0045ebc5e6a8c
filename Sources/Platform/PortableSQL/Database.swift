import Foundation

/// A database of one institution: SQLite or PostgreSQL, with the same SQL.
///
/// Work is a synchronous closure that runs on a connection's own thread, so that nothing can await, call out or sleep
/// inside a transaction. Open one with `Database.sqlite(at:)` or `Database.postgreSQL(_:)` of the drivers.
public final class Database: Sendable {
    /// The engine behind it.
    public let engine: SQLEngine
    private let reads: JobQueue<SQLJob<SQLReader>>
    private let writes: JobQueue<SQLJob<SQLWriter>>
    private let threads: ThreadCount

    /// Opens a connection once, to refuse at start what cannot work, then starts the threads.
    package init(
        engine: SQLEngine, limits: DatabaseLimits, open: @escaping SQLOpening
    ) throws(SQLError) {
        try Self.openOnce(limits, open)
        self.engine = engine
        reads = JobQueue(maxItemsCount: limits.maxQueuedReadsCount)
        writes = JobQueue(maxItemsCount: limits.maxQueuedWritesCount)
        threads = ThreadCount(limits.readersCount + 1)
        let writer = WriterLoop(engine: engine, queue: writes, limits: limits, open: open)
        let reader = ReaderLoop(engine: engine, queue: reads, limits: limits, open: open)
        Self.start("sql writer", threads) { writer.run() }
        for _ in 0..<limits.readersCount { Self.start("sql reader", threads) { reader.run() } }
    }

    deinit {
        reads.close()
        writes.close()
    }

    /// Runs `body` in a read-only transaction that sees one committed state.
    ///
    /// `body` may be run again and must have no other effect. Throws what `body` throws, `SQLError` otherwise.
    public func read<T: Sendable>(_ body: @escaping @Sendable (SQLReader) throws -> T) async throws -> T {
        try await Self.perform(body, reads)
    }

    /// Runs `body` in one transaction and returns after it was committed durably.
    ///
    /// `body` may be run again and must have no other effect. An error from it rolls its own changes back. A write
    /// that was accepted is carried out even when the calling task is cancelled.
    /// Throws what `body` throws, `SQLError` otherwise.
    @discardableResult
    public func write<T: Sendable>(_ body: @escaping @Sendable (SQLWriter) throws -> T) async throws -> T {
        try await Self.perform(body, writes)
    }

    /// Brings the schema up to `migrations`, in their order and in one transaction.
    ///
    /// Throws `SQLError` with `migration` when an applied one was edited or is not in the list.
    public func migrate(_ migrations: [Migration]) async throws {
        let migrator = Migrator(migrations)
        do {
            try await write { writer in try migrator.makeRecord(writer) }
        } catch is SQLError {
            // Another process made it at the same moment, or the second try says what is wrong.
            try await write { writer in try migrator.makeRecord(writer) }
        }
        try await write { writer in try migrator.run(writer) }
    }

    /// Health: a read and an empty write both work now. Throws `SQLError`.
    public func check() async throws {
        _ = try await read { sql in try sql.row("SELECT 1 AS one") }
        try await write { _ in }
    }

    /// Refuses new work, lets what was accepted end, and releases the connections.
    public func close() async {
        reads.close()
        writes.close()
        await threads.allEnded()
    }

    /// Several processes may open a new SQLite file at the same moment.
    private static func openOnce(_ limits: DatabaseLimits, _ open: SQLOpening) throws(SQLError) {
        var pace = RetryPace(milliseconds: limits.maxRetryMilliseconds)
        while true {
            do {
                return try open(.writer).close()
            } catch {
                guard error.code == .conflict, pace.waitForNextAttempt() else { throw error.forCaller }
            }
        }
    }

    private static func perform<Handle, T: Sendable>(
        _ body: @escaping @Sendable (Handle) throws -> T, _ queue: JobQueue<SQLJob<Handle>>
    ) async throws -> T {
        try await withCheckedThrowingContinuation { caller in
            let job = SQLJob(caller, body)
            if let refusal = queue.append(job) { job.refuse(refusal) }
        }
    }

    private static func start(_ name: String, _ threads: ThreadCount, _ run: @escaping @Sendable () -> Void) {
        let thread = Thread {
            run()
            threads.oneEnded()
        }
        thread.name = name
        thread.start()
    }
}
