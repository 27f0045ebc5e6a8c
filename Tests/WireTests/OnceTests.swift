import PortableSQL
import TestSupport
import Testing
import Wire

/// A service whose effect is a row.
struct Counter: Sendable {
    static let add = Endpoint<Question, Answer>("counter/add", "Adds a row.")
    static let migrations: [Migration] = [
        .messaging,
        Migration("counter 1", "CREATE TABLE added (id bytes NOT NULL PRIMARY KEY, subject text NOT NULL);"),
    ]
    let database: Database
    let network = InProcessNetwork()

    init(_ database: Database) {
        self.database = database
        let served = Self.add.servedOnce(in: database, now: { 1 }, to: .anyCaller) { request, caller, writer in
            if request.text == "refused" { throw Echo.refusal }
            try writer.execute(
                "INSERT INTO added (id, subject) VALUES ($1, $2)", (0..<16).map { _ in UInt8.random(in: 0...255) },
                request.text)
            return Answer(text: request.text, caller: caller.name, key: nil)
        }
        network.serve(EndpointTable([served], logger: CapturedLog().logger()), as: "counter")
    }

    func call(_ text: String, key: String?, as caller: String = "asker") async throws -> Answer {
        try await EndpointClient(network.network(for: Caller(caller)))
            .call(Self.add, of: "counter", Question(text: text), key: key)
    }

    func added() async throws -> [String] {
        try await database.read { reader in
            try reader.rows("SELECT subject FROM added ORDER BY subject").map { try $0.text("subject") }
        }
    }
}

@Suite struct OnceTests {
    private func withCounter(_ engine: TestEngine, _ body: (Database) async throws -> Void) async throws {
        try await withDatabase(engine, migrations: Counter.migrations, body)
    }

    @Test("under one key 50 callers at once get one answer and one effect", arguments: TestEngine.available)
    func fiftyAtOnce(engine: TestEngine) async throws {
        try await withCounter(engine) { database in
            let counter = Counter(database)
            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<50 { group.addTask { try await counter.call("a", key: "k") } }
                return try await group.reduce(into: [Answer]()) { $0.append($1) }
            }
            #expect(answers.count == 50 && answers.allSatisfy { $0 == answers[0] })
            let added = try await counter.added()
            #expect(added == ["a"])
        }
    }

    @Test(
        "another body under the key, and no key, are refused; another caller's key is another",
        arguments: TestEngine.available)
    func keys(engine: TestEngine) async throws {
        try await withCounter(engine) { database in
            let counter = Counter(database)
            _ = try await counter.call("a", key: "k")
            await #expect(throws: Problem.differentBody) { try await counter.call("b", key: "k") }
            await #expect(throws: Problem.keyMissing) { try await counter.call("b", key: nil) }
            _ = try await counter.call("c", key: "k", as: "other")
            let added = try await counter.added()
            #expect(added == ["a", "c"])
        }
    }

    @Test("a refusal is not kept: the call may be made again", arguments: TestEngine.available)
    func refusal(engine: TestEngine) async throws {
        try await withCounter(engine) { database in
            let counter = Counter(database)
            for _ in 0..<2 {
                await #expect(throws: Echo.refusal) { try await counter.call("refused", key: "k") }
            }
            _ = try await counter.call("a", key: "k")
            let added = try await counter.added()
            #expect(added == ["a"])
        }
    }
}
