import PortableSQL
import Synchronization
import TestSupport
import Testing
import Wire

/// A sender whose receiver the test plays.
final class Sender: Sendable {
    static let tell = Endpoint<Question, Answer>("receiver/tell", "Is told something.")

    struct State {
        var now: Int64 = 1_000_000
        var told: [String] = []
        var keys: [String?] = []
        /// What the next calls about a text end with, after they were heard.
        var refusals: [String: [Problem]] = [:]
    }
    let state = Mutex(State())
    let network = InProcessNetwork()
    let database: Database

    init(_ database: Database) {
        self.database = database
        let served = Self.tell.served(to: .anyCaller) { request, call in
            try self.state.withLock { state in
                state.told.append(request.text)
                state.keys.append(call.idempotencyKey)
                if let refusal = state.refusals[request.text]?.first {
                    state.refusals[request.text]?.removeFirst()
                    throw refusal
                }
                return Answer(text: request.text, caller: call.caller.name, key: nil)
            }
        }
        network.serve(EndpointTable([served], logger: CapturedLog().logger()), as: "receiver")
    }

    var told: [String] { state.withLock { $0.told } }

    func advance(_ microseconds: Int64) { state.withLock { $0.now += microseconds } }

    func refuse(_ text: String, _ problems: Problem...) { state.withLock { $0.refusals[text] = problems } }

    func enqueue(_ text: String, subject: String) async throws {
        let body = try WireJSON.encode(Question(text: text))
        try await database.write { writer in
            try writer.enqueue(
                id: (0..<16).map { _ in UInt8.random(in: 0...255) }, subject: subject, destination: "receiver",
                endpoint: Self.tell.name, body: body, at: 1)
        }
    }

    func relay(
        replies: [String: OutboxRelay.Reply] = [:], refusals: [String: OutboxRelay.Refusal] = [:]
    ) -> OutboxRelay {
        OutboxRelay(
            database: database, network: network.network(for: Caller("sender")), replies: replies,
            refusals: refusals, now: { self.state.withLock { $0.now } }, logger: CapturedLog().logger())
    }

    func waiting() async throws -> OutboxStatus { try await database.read { try $0.outboxStatus() } }
}

@Suite struct RelayTests {
    private func withSender(_ engine: TestEngine, _ body: (Sender) async throws -> Void) async throws {
        try await withDatabase(engine, migrations: [.messaging]) { try await body(Sender($0)) }
    }

    @Test(
        "messages of a subject go in order, and one that waits holds back only its own",
        arguments: TestEngine.available)
    func order(engine: TestEngine) async throws {
        try await withSender(engine) { sender in
            for (text, subject) in [("a1", "a"), ("b1", "b"), ("a2", "a"), ("b2", "b"), ("a3", "a")] {
                try await sender.enqueue(text, subject: subject)
            }
            sender.refuse("a1", .busy)
            #expect(try await sender.relay().deliverDue() == 2)
            #expect(sender.told.filter { $0.hasPrefix("b") } == ["b1", "b2"])
            sender.advance(500_000)
            #expect(try await sender.relay().deliverDue() == 3)
            #expect(sender.told.filter { $0.hasPrefix("a") } == ["a1", "a1", "a2", "a3"])
            #expect(try await sender.waiting().waitingCount == 0)
        }
    }

    @Test("a failure is tried again later and later, under the same key", arguments: TestEngine.available)
    func backoff(engine: TestEngine) async throws {
        try await withSender(engine) { sender in
            try await sender.enqueue("a", subject: "a")
            sender.refuse("a", .busy, .busy, .busy)
            for wait: Int64 in [500_000, 1_000_000, 2_000_000] {
                try await sender.relay().deliverDue()
                let heard = sender.told.count
                sender.advance(wait - 1)
                try await sender.relay().deliverDue()
                #expect(sender.told.count == heard, "not before its time")
                sender.advance(1)
            }
            #expect(try await sender.relay().deliverDue() == 1)
            #expect(Set(sender.state.withLock { $0.keys.map { $0 ?? "" } }).count == 1)
        }
    }

    @Test("an answer lost after the effect: sent again, acted on once", arguments: TestEngine.available)
    func lostAnswer(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: Counter.migrations) { database in
            let counter = Counter(database)
            let sender = Sender(database)
            let lossy = LossyNetwork(counter.network.network(for: Caller("sender")))
            let body = try WireJSON.encode(Question(text: "a"))
            try await database.write { writer in
                try writer.enqueue(
                    id: [UInt8](repeating: 7, count: 16), subject: "a", destination: "counter",
                    endpoint: Counter.add.name, body: body, at: 1)
            }
            let relay = OutboxRelay(
                database: database, network: lossy, replies: [:], now: { sender.state.withLock { $0.now } },
                logger: CapturedLog().logger())
            #expect(try await relay.deliverDue() == 0)
            #expect(try await counter.added() == ["a"])
            sender.advance(500_000)
            #expect(try await relay.deliverDue() == 1)
            #expect(try await counter.added() == ["a"])
        }
    }

    @Test("a reply that cannot be taken waits, changes nothing and stops nobody else", arguments: TestEngine.available)
    func badReply(engine: TestEngine) async throws {
        try await withSender(engine) { sender in
            try await sender.enqueue("bad", subject: "a")
            try await sender.enqueue("good", subject: "b")
            let reply: OutboxRelay.Reply = { _, answer, writer in
                try writer.enqueue(
                    id: [UInt8](repeating: 1, count: 16), subject: "c", destination: "nowhere", endpoint: "x/x",
                    body: [], at: .max)
                if try WireJSON.decode(Answer.self, from: answer).text == "bad" { throw SecretError() }
            }
            #expect(try await sender.relay(replies: [Sender.tell.name: reply]).deliverDue() == 1)
            #expect(try await sender.waiting().failedCount == 1)
        }
    }

    @Test("a refusal that its handler settles is not sent again", arguments: TestEngine.available, [true, false])
    func refusal(engine: TestEngine, settles: Bool) async throws {
        try await withSender(engine) { sender in
            try await sender.enqueue("a", subject: "a")
            sender.refuse("a", Echo.refusal)
            let relay = sender.relay(
                refusals: [Sender.tell.name: { _, problem, _ in settles && problem == Echo.refusal }])
            #expect(try await relay.deliverDue() == (settles ? 1 : 0))
            #expect(try await sender.waiting().waitingCount == (settles ? 0 : 1))
        }
    }
}

/// A network that loses the first answer after it was given.
final class LossyNetwork: WireNetwork {
    private let inner: any WireNetwork
    private let losses = Mutex(1)

    init(_ inner: any WireNetwork) { self.inner = inner }

    func channel(to service: String) throws -> any WireChannel {
        LossyChannel(inner: try inner.channel(to: service)) {
            self.losses.withLock { left in
                defer { left = max(0, left - 1) }
                return left > 0
            }
        }
    }

    private struct LossyChannel: WireChannel {
        let inner: any WireChannel
        let loses: @Sendable () -> Bool

        func send(
            endpoint: String, idempotencyKey: String?, body: [UInt8], timeout: Duration
        ) async throws -> WireAnswer {
            let answer = try await inner.send(
                endpoint: endpoint, idempotencyKey: idempotencyKey, body: body, timeout: timeout)
            if loses() { throw WireError.unreachable }
            return answer
        }
    }
}
