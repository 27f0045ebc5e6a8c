public import Logging
public import PortableSQL

/// Delivers a database's outbox to the services it names, in order per subject, until each message is acknowledged.
///
/// A message is sent under its own id as idempotency key, so that a message sent twice acts once. What the answer
/// changes here is written in the transaction that marks the message delivered.
public struct OutboxRelay: Sendable {
    /// What an answer changes in the sender's own database.
    public typealias Reply = @Sendable (_ message: OutboxMessage, _ answer: [UInt8], _ writer: SQLWriter) throws -> Void

    /// What a refusal changes there; true when the message is answered with it and must not be sent again.
    public typealias Refusal =
        @Sendable (
            _ message: OutboxMessage, _ problem: Problem, _ writer: SQLWriter
        ) throws -> Bool

    private let database: Database
    private let client: EndpointClient
    private let replies: [String: Reply]
    private let refusals: [String: Refusal]
    private let now: @Sendable () -> Int64
    private let logger: Logger

    /// - Parameters:
    ///   - replies: by endpoint name; an endpoint without one only acknowledges.
    ///   - refusals: by endpoint name; without one, or when it gives false, a refused message is tried again later.
    ///   - now: µs since 1970 UTC.
    public init(
        database: Database, network: any WireNetwork, replies: [String: Reply],
        refusals: [String: Refusal] = [:], now: @escaping @Sendable () -> Int64,
        logger: Logger
    ) {
        self.database = database
        client = EndpointClient(network)
        self.replies = replies
        self.refusals = refusals
        self.now = now
        self.logger = logger
    }

    /// How many messages one round takes.
    public static let messagesPerRound = 64

    /// Sends what is due until nothing is, or until every due message has failed; gives how many were delivered.
    ///
    /// - Parameter limit: how many are under way at once; 1 keeps the order in which they were written.
    @discardableResult
    public func deliverDue(atOnce limit: Int = messagesPerRound) async throws -> Int {
        var delivered = 0
        while true {
            let due = try await database.read { [now] in try $0.dueMessages(now: now(), limit: limit) }
            let count = try await deliver(due)
            delivered += count
            if count == 0 { return delivered }
        }
    }

    /// Delivers until cancelled, looking again after `interval` when there was nothing to do.
    public func run(every interval: Duration = .milliseconds(200)) async throws {
        while !Task.isCancelled {
            do { try await deliverDue() } catch is CancellationError { return } catch {
                logger.error("outbox round failed", metadata: ["error": "\(type(of: error))"])
            }
            do { try await Task.sleep(for: interval) } catch { return }
        }
    }

    /// How many messages wait, and since when.
    public func status() async throws -> OutboxStatus { try await database.read { try $0.outboxStatus() } }

    private func deliver(_ messages: [OutboxMessage]) async throws -> Int {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for message in messages { group.addTask { try await deliver(message) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    private func deliver(_ message: OutboxMessage) async throws -> Bool {
        do {
            let answer = try await client.send(
                message.endpoint, to: message.destination, body: message.body, key: Self.key(of: message))
            try await acknowledge(message, answer)
            return true
        } catch let error as CancellationError {
            throw error
        } catch {
            return try await took(error, to: message)
        }
    }

    /// Settles or postpones; an answer that its handler cannot take waits like a refusal and stops no other message.
    private func took(_ error: any Error, to message: OutboxMessage) async throws -> Bool {
        if let problem = error as? Problem, try await settle(message, refusedWith: problem) { return true }
        try await postpone(message, after: error)
        return false
    }

    private func settle(_ message: OutboxMessage, refusedWith problem: Problem) async throws -> Bool {
        guard let refusal = refusals[message.endpoint] else { return false }
        let at = now()
        return try await database.write { writer in
            guard try refusal(message, problem, writer) else { return false }
            return try writer.markDelivered(message.id, at: at)
        }
    }

    private func acknowledge(_ message: OutboxMessage, _ answer: [UInt8]) async throws {
        let reply = replies[message.endpoint]
        let at = now()
        try await database.write { writer in
            guard try writer.markDelivered(message.id, at: at) else { return }
            try reply?(message, answer, writer)
        }
    }

    private func postpone(_ message: OutboxMessage, after error: any Error) async throws {
        let code = Self.code(of: error)
        let next = now() + Self.delay(afterAttempts: message.attempts)
        logger.notice(
            "message postponed",
            metadata: ["endpoint": "\(message.endpoint)", "to": "\(message.destination)", "problem": "\(code)"])
        _ = try await database.write { try $0.markFailed(message.id, nextTry: next, problem: code) }
    }

    private static func code(of error: any Error) -> String {
        switch error {
        case let problem as Problem: problem.code
        case is WireError: "unreachable"
        default: "answer-not-taken"
        }
    }

    private static func key(of message: OutboxMessage) -> String {
        message.id.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// µs to wait: half a second, doubled by each attempt, five minutes at most.
    static func delay(afterAttempts attempts: Int) -> Int64 {
        min(500_000 << Int64(min(attempts, 10)), 300_000_000)
    }
}
