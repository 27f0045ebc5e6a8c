import Logging

/// Carries a call's bytes to one service and its answer's bytes back.
public protocol WireChannel: Sendable {
    /// - Throws: ``WireError``.
    func send(endpoint: String, idempotencyKey: String?, body: [UInt8], timeout: Duration) async throws -> WireAnswer
}

/// Finds the channel to a service by its name.
public protocol WireNetwork: Sendable {
    /// - Throws: ``WireError/unknownService(_:)``.
    func channel(to service: String) throws -> any WireChannel
}

/// Why there is no answer.
public enum WireError: Error, Equatable, Sendable {
    /// No address is known for this service.
    case unknownService(String)
    /// No connection, or it broke before the answer was whole; the service may or may not have acted.
    case unreachable
    /// No answer within the time; the service may or may not have acted.
    case timedOut
    /// The answer is not what the endpoint answers with.
    case malformedAnswer
}

/// A typed call to a service.
public struct EndpointClient: Sendable {
    private let network: any WireNetwork

    /// A client that finds services in that network.
    public init(_ network: any WireNetwork) { self.network = network }

    /// Calls an endpoint and waits for its answer.
    ///
    /// - Parameter key: the idempotency key, where the endpoint takes one.
    /// - Throws: the service's ``Problem``, or ``WireError``.
    public func call<Request, Response>(
        _ endpoint: Endpoint<Request, Response>, of service: String, _ request: Request, key: String? = nil,
        timeout: Duration = WireLimits.answerTimeout
    ) async throws -> Response {
        let body = try WireJSON.encode(request)
        let answer = try await send(endpoint.name, to: service, body: body, key: key, timeout: timeout)
        do { return try WireJSON.decode(Response.self, from: answer) } catch { throw WireError.malformedAnswer }
    }

    /// Sends a body that is already encoded, as the outbox relay does, and gives the answer's bytes.
    public func send(
        _ endpoint: String, to service: String, body: [UInt8], key: String?,
        timeout: Duration = WireLimits.answerTimeout
    ) async throws -> [UInt8] {
        let channel = try network.channel(to: service)
        let answer = try await channel.send(endpoint: endpoint, idempotencyKey: key, body: body, timeout: timeout)
        guard answer.status != 200 else { return answer.body }
        guard let problem = try? WireJSON.decode(Problem.self, from: answer.body) else {
            throw WireError.malformedAnswer
        }
        throw problem
    }
}
