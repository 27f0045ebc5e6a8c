import TestSupport
import Testing
import Wire
import WireHTTP

@Suite struct TransportTests {
    @Test("a call arrives with its caller and key, and its answer comes back", arguments: Transport.allCases)
    func happy(transport: Transport) async throws {
        try await withEcho(transport) { network in
            let answer = try await EndpointClient(network).call(
                Echo.echo, of: "echo", Question(text: "窓口"), key: "k-1")
            #expect(answer == Answer(text: "窓口", caller: "asker", key: "k-1"))
            let second = try await EndpointClient(network).call(Echo.echo, of: "echo", Question(text: ""))
            #expect(second.key == nil)
        }
    }

    @Test(
        "a refusal arrives whole; what is not served or not for the caller is refused",
        arguments: Transport.allCases)
    func refusals(transport: Transport) async throws {
        try await withEcho(transport) { network in
            let client = EndpointClient(network)
            let expected = [
                (Echo.missing, Problem.unknownEndpoint), (Echo.closed, .callerNotAllowed),
                (Echo.refusing, Echo.refusal),
            ]
            for (endpoint, problem) in expected {
                let thrown = await #expect(throws: Problem.self) {
                    try await client.call(endpoint, of: "echo", Question(text: "a"))
                }
                #expect(thrown == problem)
            }
            try await refused(client, [UInt8]("{}".utf8), .malformedBody)
            try await refused(client, [], .malformedBody)
            try await refused(client, [0xFF, 0xFE], .malformedBody)
            try await refused(client, [UInt8](repeating: 0x20, count: WireLimits.bodyBytes + 1), .bodyTooLarge)
        }
    }

    private func refused(_ client: EndpointClient, _ body: [UInt8], _ problem: Problem) async throws {
        let thrown = await #expect(throws: Problem.self) {
            try await client.send("echo/echo", to: "echo", body: body, key: nil)
        }
        #expect(thrown == problem)
    }

    @Test("an error that nobody mapped is a 500 whose text stays inside", arguments: Transport.allCases)
    func unmapped(transport: Transport) async throws {
        let log = CapturedLog()
        try await withEcho(transport, log: log) { network in
            let thrown = await #expect(throws: Problem.self) {
                try await EndpointClient(network).call(Echo.failing, of: "echo", Question(text: "a"))
            }
            let problem = try #require(thrown)
            let reference = try #require(problem.instance)
            #expect(problem.status == 500 && problem.code == "internal")
            #expect(log.lines.contains { $0.contains(reference) && $0.contains("SecretError") })
            #expect(!log.lines.contains { $0.contains("a secret text") } && !"\(problem)".contains("secret"))
        }
    }

    @Test("waiting has an end", arguments: Transport.allCases)
    func timeout(transport: Transport) async throws {
        try await withEcho(transport) { network in
            _ = try network.channel(to: "echo")
            await #expect(throws: WireError.timedOut) {
                try await EndpointClient(network).call(
                    Echo.slow, of: "echo", Question(text: "a"), timeout: .milliseconds(100))
            }
        }
    }

    @Test("a service that is not there is unreachable", arguments: Transport.allCases)
    func away(transport: Transport) async throws {
        try await withEcho(transport) { network in
            _ = try network.channel(to: "away")
            await #expect(throws: WireError.unreachable) {
                try await EndpointClient(network).call(Echo.echo, of: "away", Question(text: "a"))
            }
        }
    }

    @Test("a service without an address is unknown, and too long an answer is none")
    func overTLS() async throws {
        try await withEcho(.mutualTLS) { network in
            _ = try network.channel(to: "echo")
            await #expect(throws: WireError.unknownService("nobody")) {
                try await EndpointClient(network).call(Echo.echo, of: "nobody", Question(text: "a"))
            }
            await #expect(throws: WireError.malformedAnswer) {
                try await EndpointClient(network).call(Echo.large, of: "echo", Question(text: "a"))
            }
        }
    }

    @Test("a client whose certificate is of another authority gets no answer")
    func otherAuthority() async throws {
        let issuer = try Issuer()
        let stranger = try Issuer().identity("asker", trusting: issuer)
        try await refused(by: issuer.identity("echo"), stranger, .unreachable)
    }

    @Test("a server whose certificate is of another authority gets no call")
    func otherServer() async throws {
        let issuer = try Issuer()
        try await refused(by: Issuer().identity("echo", trusting: issuer), issuer.identity("asker"), .unreachable)
    }

    @Test("a server whose certificate names another service gets no call")
    func impostor() async throws {
        let issuer = try Issuer()
        try await refused(by: issuer.identity("echo"), issuer.identity("asker"), .unreachable, service: "impostor")
    }

    private func refused(
        by server: WireIdentity, _ client: WireIdentity, _ error: WireError, service: String = "echo"
    ) async throws {
        try await withServer(server) { port in
            try await withClient(client, to: port) { network in
                _ = try network.channel(to: service)
                await #expect(throws: error) {
                    try await EndpointClient(network).call(Echo.echo, of: service, Question(text: "a"))
                }
            }
        }
    }

    static let namings = [[], ["urn:other:institution:asker"], ["urn:test:institution:a1", "urn:test:institution:b1"]]

    @Test("a certificate that names no service, or two, is nobody's", arguments: namings)
    func noCaller(uris: [String]) async throws {
        let issuer = try Issuer()
        let nameless = try issuer.identity("asker", uris: uris)
        try await withServer(issuer.identity("echo")) { port in
            try await withClient(nameless, to: port) { network in
                _ = try network.channel(to: "echo")
                let thrown = await #expect(throws: Problem.self) {
                    try await EndpointClient(network).call(Echo.echo, of: "echo", Question(text: "a"))
                }
                #expect(thrown?.code == "no-caller" && thrown?.status == 401)
            }
        }
    }

    @Test("an identity shows nothing of its key")
    func redaction() throws {
        let identity = try Issuer().identity("echo")
        var dumped = ""
        dump(identity, to: &dumped)
        #expect("\(identity)" == "WireIdentity(redacted)" && !dumped.contains("PrivateKey"))
    }
}
