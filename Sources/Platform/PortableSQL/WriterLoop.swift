/// What the writing thread does: it lets the writes that wait share one commit, each in its own savepoint.
///
/// A caller is resumed only after the commit that holds its write. A write that fails is rolled back alone.
struct WriterLoop: Sendable {
    typealias Job = SQLJob<SQLWriter>

    let engine: SQLEngine
    let queue: JobQueue<Job>
    let limits: DatabaseLimits
    let open: SQLOpening

    /// How one attempt at a group ended.
    private enum Outcome {
        case committed([Result<Job.Ending, SQLError>])
        /// Nothing was written; the group may be run again.
        case again(SQLError)
        /// The commit was refused for a fault of one of its writes: each must go alone.
        case together(SQLError)
        /// COMMIT may have happened.
        case unknown(SQLError, [Result<Job.Ending, SQLError>])
    }

    /// Runs until the queue is closed and empty.
    func run() {
        let session = SQLSession(engine, .writer, open)
        while let first = queue.next() {
            var group = [first]
            perform(&group, session, takesMore: !queue.isEmpty)
        }
        session.discard()
    }

    private func perform(_ group: inout [Job], _ session: SQLSession, takesMore: Bool) {
        var pace = RetryPace(milliseconds: limits.maxRetryMilliseconds)
        var takesMore = takesMore
        while true {
            switch attempt(&group, session, takesMore: takesMore) {
            case .committed(let endings):
                return zip(group, endings).forEach { deliver($1, to: $0) }
            case .again(let error):
                guard error.endsTransaction, pace.waitForNextAttempt() else { return giveUp(group, error) }
                takesMore = false
            case .together(let error):
                return performAlone(group, session, error)
            case .unknown(let error, let endings):
                return zip(group, endings).forEach { deliverUnknown($1, to: $0, error) }
            }
        }
    }

    private func performAlone(_ group: [Job], _ session: SQLSession, _ error: SQLError) {
        guard group.count > 1 else { return giveUp(group, session.explained(error)) }
        for job in group {
            var alone = [job]
            perform(&alone, session, takesMore: false)
        }
    }

    /// With the server away, those who wait are told at once instead of one retry time after another.
    private func giveUp(_ group: [Job], _ error: SQLError) {
        group.forEach { $0.refuse(error) }
        guard error.code == .connectionLost else { return }
        while let job = queue.nextIfAny() { job.refuse(error) }
    }

    private func deliver(_ ending: Result<Job.Ending, SQLError>, to job: Job) {
        switch ending {
        case .success(let ending): ending.deliver()
        case .failure(let error): job.refuse(error)
        }
    }

    /// A write that had failed by itself has certainly written nothing.
    private func deliverUnknown(_ ending: Result<Job.Ending, SQLError>, to job: Job, _ error: SQLError) {
        if case .success(let ending) = ending, ending.error == nil {
            job.refuse(SQLError(.unknownOutcome, error.reason))
        } else {
            deliver(ending, to: job)
        }
    }

    // MARK: - One transaction

    private func attempt(_ group: inout [Job], _ session: SQLSession, takesMore: Bool) -> Outcome {
        let connection: any SQLConnection
        do { connection = try session.begin() } catch { return .again(error) }
        var endings: [Result<Job.Ending, SQLError>] = []
        do {
            try runAll(&group, connection, takesMore: takesMore, &endings)
        } catch {
            session.rollBack(after: error)
            return error.endsTransaction ? .again(error) : .together(error)
        }
        do {
            try connection.commit()
            return .committed(endings)
        } catch {
            session.rollBack(after: error)
            return outcome(ofRefusedCommit: error, endings)
        }
    }

    private func outcome(ofRefusedCommit error: SQLError, _ endings: [Result<Job.Ending, SQLError>]) -> Outcome {
        switch error.code {
        case .connectionLost, .unknownOutcome: .unknown(error, endings)
        case .conflict: .again(error)
        default: .together(error)
        }
    }

    private func runAll(
        _ group: inout [Job], _ connection: any SQLConnection, takesMore: Bool,
        _ endings: inout [Result<Job.Ending, SQLError>]
    ) throws(SQLError) {
        let end = ContinuousClock.now + .milliseconds(limits.maxGroupMilliseconds)
        while true {
            if endings.count == group.count {
                guard takesMore, group.count < limits.maxGroupedWritesCount, ContinuousClock.now < end,
                    let job = queue.nextIfAny()
                else { return }
                group.append(job)
            }
            // COMMIT releases the last savepoint.
            try connection.script(endings.isEmpty ? "SAVEPOINT job" : "RELEASE SAVEPOINT job; SAVEPOINT job")
            endings.append(try runOne(group[endings.count], connection))
        }
    }

    /// Runs one write in its savepoint. Throws when the whole transaction is of no more use.
    private func runOne(_ job: Job, _ connection: any SQLConnection) throws(SQLError) -> Result<Job.Ending, SQLError> {
        let context = SQLContext(engine, connection)
        let ending = job.attempt(SQLWriter(context: context))
        if let failure = context.failure, failure.endsTransaction { throw failure }
        guard ending.error != nil || context.failure != nil else { return .success(ending) }
        try connection.script("ROLLBACK TO SAVEPOINT job")
        return result(of: ending, context.failure, connection)
    }

    /// An error of the engine reaches the caller even if the body swallowed it; the body's own error goes before.
    private func result(
        of ending: Job.Ending, _ failure: SQLError?, _ connection: any SQLConnection
    ) -> Result<Job.Ending, SQLError> {
        guard let failure else { return .success(ending) }
        guard let thrown = ending.error else { return .failure(connection.explained(failure)) }
        return (thrown as? SQLError) == failure ? .failure(connection.explained(failure)) : .success(ending)
    }
}
