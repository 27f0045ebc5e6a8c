import PortableSQL
import Synchronization
import Testing

/// What a connection does at each COMMIT, and what it was asked to do.
private final class Script: Sendable {
    private let texts = Mutex<[String]>([])
    private let commits: Mutex<[SQLError?]>

    init(commits: [SQLError?] = []) { self.commits = Mutex(commits) }

    func note(_ text: String) { texts.withLock { $0.append(text) } }
    func count(_ text: String) -> Int { texts.withLock { $0.count { $0.hasSuffix(text) } } }
    func nextCommit() -> SQLError? { commits.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}

/// A connection without an engine.
private final class ScriptedConnection: SQLConnection {
    private let script: Script

    init(_ script: Script) {
        self.script = script
        script.note("OPEN")
    }

    func run(_ statement: String, _ arguments: [SQLValue]) throws(SQLError) -> SQLAnswer {
        script.note(statement)
        return SQLAnswer(rows: [], changedRowsCount: 0)
    }

    func script(_ text: String) throws(SQLError) { script.note(text) }

    func commit() throws(SQLError) {
        script.note("COMMIT")
        if let error = script.nextCommit() { throw error }
    }

    func explained(_ error: SQLError) -> SQLError { error }
    func close() { script.note("CLOSE") }
}

@Suite("Grouped writes", .timeLimit(.minutes(1))) struct MechanismTests {
    private static func database(_ script: Script, retryMilliseconds: Int = 2_000) throws -> Database {
        var limits = DatabaseLimits()
        limits.maxRetryMilliseconds = retryMilliseconds
        limits.maxGroupMilliseconds = 10_000
        return try Database(engine: .sqlite, limits: limits) { _ throws(SQLError) in ScriptedConnection(script) }
    }

    @Test("writes that wait share one commit, fifty at most")
    func sharedCommit() async throws {
        let script = Script()
        let database = try Self.database(script)
        let gate = Gate()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await database.write { _ in gate.pass() } }
            await gate.waitUntilReached()
            let tally = Tally()
            for _ in 0..<120 {
                group.addTask {
                    tally.raise()
                    try await database.write { _ in }
                }
            }
            while tally.count < 120 { await Task.yield() }
            try await Task.sleep(for: .milliseconds(50))
            gate.open()
            try await group.waitForAll()
        }
        await database.close()
        #expect(script.count("SAVEPOINT job") == 121)
        #expect(script.count("COMMIT") == 4)
    }

    @Test("a lost COMMIT is reported as unknown and the write is not run again")
    func unknownOutcome() async throws {
        let script = Script(commits: [SQLError(.connectionLost)])
        let database = try Self.database(script)
        let tally = Tally()
        await #expect(throws: SQLError.unknownOutcome) { try await database.write { _ in tally.raise() } }
        #expect(tally.count == 1)
        #expect(script.count("ROLLBACK") == 0)
        try await database.write { _ in tally.raise() }
        #expect(tally.count == 2)
        #expect(script.count("OPEN") == 3)
        await database.close()
    }

    @Test("a conflict at COMMIT runs the write again and is not seen")
    func conflict() async throws {
        let script = Script(commits: [SQLError(.conflict), SQLError(.conflict)])
        let database = try Self.database(script)
        let tally = Tally()
        let answer = try await database.write { _ in tally.raise() }
        #expect(answer == 3)
        #expect(script.count("ROLLBACK") == 2)
        await database.close()
    }

    @Test("conflicts without end are busy after the retry time")
    func endlessConflict() async throws {
        let script = Script(commits: Array(repeating: SQLError(.conflict), count: 10_000))
        let database = try Self.database(script, retryMilliseconds: 50)
        await #expect(throws: SQLError.busy) { try await database.write { _ in } }
        #expect((2...200).contains(script.count("COMMIT")))
        await database.close()
    }

    @Test("with the server away, those who wait are told at once")
    func serverAway() async throws {
        let script = Script(commits: [])
        let isAway = Mutex(false)
        var limits = DatabaseLimits()
        limits.maxRetryMilliseconds = 300
        let database = try Database(engine: .postgreSQL, limits: limits) { _ throws(SQLError) in
            if isAway.withLock({ $0 }) { throw SQLError(.connectionLost) }
            return ScriptedConnection(script)
        }
        isAway.withLock { $0 = true }
        let begin = ContinuousClock.now
        let codes = await withTaskGroup(of: SQLError.Code?.self, returning: Set<SQLError.Code?>.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    do { try await database.write { _ in } } catch { return (error as? SQLError)?.code }
                    return nil
                }
            }
            return await group.reduce(into: []) { $0.insert($1) }
        }
        #expect(codes == [.connectionLost])
        // One after the other they would need a minute.
        #expect(ContinuousClock.now - begin < .seconds(20))
        await database.close()
    }

    @Test("a refused COMMIT of one write alone gives that error")
    func refusedCommit() async throws {
        let script = Script(commits: [SQLError(.foreignKeyViolation)])
        let database = try Self.database(script)
        await #expect(throws: SQLError(.foreignKeyViolation)) { try await database.write { _ in } }
        #expect(script.count("COMMIT") == 1)
        await database.close()
    }

    @Test("a read whose connection is lost runs again on a new one")
    func lostRead() async throws {
        let script = Script(commits: [SQLError(.connectionLost)])
        let database = try Self.database(script)
        let tally = Tally()
        #expect(try await database.read { _ in tally.raise() } == 2)
        #expect(script.count("OPEN") == 3)
        await database.close()
    }
}
