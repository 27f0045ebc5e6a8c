/// What a reading thread does: one read-only transaction per job.
struct ReaderLoop: Sendable {
    let engine: SQLEngine
    let queue: JobQueue<SQLJob<SQLReader>>
    let limits: DatabaseLimits
    let open: SQLOpening

    /// Runs until the queue is closed and empty.
    func run() {
        let session = SQLSession(engine, .reader, open)
        while let job = queue.next() { perform(job, session) }
        session.discard()
    }

    private func perform(_ job: SQLJob<SQLReader>, _ session: SQLSession) {
        var pace = RetryPace(milliseconds: limits.maxRetryMilliseconds)
        while true {
            do {
                return try attempt(job, session).deliver()
            } catch {
                guard error.endsTransaction, pace.waitForNextAttempt() else { return job.refuse(error) }
            }
        }
    }

    /// Throws when the transaction gave no result; what the body threw is a result.
    private func attempt(_ job: SQLJob<SQLReader>, _ session: SQLSession) throws(SQLError) -> SQLJob<SQLReader>.Ending {
        let connection = try session.begin()
        let context = SQLContext(engine, connection)
        let ending = job.attempt(SQLReader(context: context))
        if let failure = context.failure {
            session.rollBack(after: failure)
            if failure.endsTransaction || ending.error == nil { throw failure }
            return ending
        }
        do {
            try connection.commit()
        } catch {
            session.rollBack(after: error)
            throw error.code == .unknownOutcome ? SQLError(.connectionLost, error.reason) : error
        }
        return ending
    }
}
