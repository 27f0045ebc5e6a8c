import Foundation

/// One thread's connection: opened when first needed, opened again after it was lost. Confined to its thread.
final class SQLSession {
    let engine: SQLEngine
    private let role: SQLRole
    private let open: SQLOpening
    private var current: (any SQLConnection)?

    init(_ engine: SQLEngine, _ role: SQLRole, _ open: @escaping SQLOpening) {
        self.engine = engine
        self.role = role
        self.open = open
    }

    /// A connection in a new transaction.
    func begin() throws(SQLError) -> any SQLConnection {
        let connection: any SQLConnection
        if let current {
            connection = current
        } else {
            connection = try open(role)
            current = connection
        }
        do {
            try connection.script(engine.begin(role))
        } catch {
            if error.code == .connectionLost { discard() }
            throw error
        }
        return connection
    }

    /// Ends a transaction with nothing written; a connection that cannot even do that is given up.
    func rollBack(after error: SQLError?) {
        if error?.code == .connectionLost || error?.code == .unknownOutcome { return discard() }
        do {
            try current?.script("ROLLBACK")
        } catch {
            discard()
        }
    }

    /// The error with the names that only the schema knows.
    func explained(_ error: SQLError) -> SQLError {
        current?.explained(error) ?? error
    }

    func discard() {
        current?.close()
        current = nil
    }
}

/// Waits between attempts, longer each time and with jitter, until the retry time is over. Blocks its thread.
struct RetryPace {
    private let milliseconds: Int
    private var end: ContinuousClock.Instant?
    private var ceilingMilliseconds = 4.0

    init(milliseconds: Int) { self.milliseconds = milliseconds }

    /// False when the time since the first failure is over.
    mutating func waitForNextAttempt() -> Bool {
        let end = end ?? .now + .milliseconds(milliseconds)
        self.end = end
        guard ContinuousClock.now < end else { return false }
        Thread.sleep(forTimeInterval: .random(in: 0...ceilingMilliseconds) / 1_000)
        ceilingMilliseconds = min(ceilingMilliseconds * 2, 100)
        return true
    }
}
