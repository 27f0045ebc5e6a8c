import Synchronization
import TestSupport
import Wire
import WireHTTP

/// What the tests' service is asked.
struct Question: Codable, Sendable, Equatable {
    var text: String
}

/// What it answers.
struct Answer: Codable, Sendable, Equatable {
    let text: String
    let caller: String
    let key: String?
}

struct SecretError: Error, CustomStringConvertible {
    var description: String { "a secret text" }
}

/// A service that echoes, refuses, fails and dawdles.
enum Echo {
    static let echo = Endpoint<Question, Answer>("echo/echo", "Says who asked what.")
    static let closed = Endpoint<Question, Answer>("echo/closed", "For nobody here.")
    static let refusing = Endpoint<Question, Answer>("echo/refusing", "Refuses.")
    static let failing = Endpoint<Question, Answer>("echo/failing", "Fails.")
    static let slow = Endpoint<Question, Answer>("echo/slow", "Dawdles.")
    static let missing = Endpoint<Question, Answer>("echo/missing", "Is not served.")
    static let large = Endpoint<Question, Question>("echo/large", "Answers with more than the wire takes.")

    static let refusal = Problem("no", status: 409, title: "No.", detail: "Not now.")

    static func table(_ log: CapturedLog = CapturedLog()) -> EndpointTable {
        EndpointTable(
            [
                echo.served(to: .anyCaller) { request, call in
                    Answer(text: request.text, caller: call.caller.name, key: call.idempotencyKey)
                },
                closed.served(to: .prefixed(["registry-"])) { _, _ in throw SecretError() },
                refusing.served(to: .only(["asker"])) { _, _ in throw refusal },
                failing.served(to: .anyCaller) { _, _ in throw SecretError() },
                slow.served(to: .anyCaller) { _, _ in
                    try await Task.sleep(for: .seconds(20))
                    throw SecretError()
                },
                large.served(to: .anyCaller) { _, _ in Question(text: String(repeating: "a", count: 2 << 20)) },
            ], logger: log.logger())
    }
}

/// How calls are carried.
enum Transport: String, CaseIterable, Sendable {
    case inProcess, mutualTLS
}

/// Gives `body` the network of the caller `asker` to the service `echo`, and `away`, which is not there.
func withEcho(
    _ transport: Transport, log: CapturedLog = CapturedLog(),
    _ body: @escaping @Sendable (any WireNetwork) async throws -> Void
) async throws {
    switch transport {
    case .inProcess:
        let network = InProcessNetwork()
        network.serve(Echo.table(log), as: "echo")
        try await body(network.network(for: Caller("asker")))
    case .mutualTLS:
        let issuer = try Issuer()
        try await withServer(issuer.identity("echo"), log: log) { port in
            try await withClient(issuer.identity("asker"), to: port, body)
        }
    }
}

/// Serves the echo over TLS on a free port.
func withServer(
    _ identity: WireIdentity, log: CapturedLog = CapturedLog(),
    _ body: @escaping @Sendable (Int) async throws -> Void
) async throws {
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    let server = try WireServer(
        Echo.table(log), identity: identity, naming: Issuer.naming, host: "127.0.0.1", port: 0,
        logger: CapturedLog().logger(), onListening: { listening.yield($0) })
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        defer { group.cancelAll() }
        for await port in ports {
            try await body(port)
            return
        }
    }
}

/// A client over TLS to the echo at `port`.
func withClient(
    _ identity: WireIdentity, to port: Int, _ body: (any WireNetwork) async throws -> Void
) async throws {
    let addresses = [
        "echo": ServiceAddress(host: "127.0.0.1", port: port), "away": ServiceAddress(host: "127.0.0.1", port: 1),
        "impostor": ServiceAddress(host: "127.0.0.1", port: port),
    ]
    let network = HTTPNetwork(addresses: addresses, identity: identity, naming: Issuer.naming)
    do { try await body(network) } catch {
        try await network.shutdown()
        throw error
    }
    try await network.shutdown()
}
