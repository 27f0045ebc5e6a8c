import AsyncHTTPClient
import NIOCore
import NIOHTTP1
public import Wire

/// Where a service listens.
public struct ServiceAddress: Hashable, Sendable, Codable {
    /// An IP address or a host name.
    public let host: String
    /// The TCP port.
    public let port: Int

    /// That address.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }
}

/// Services at addresses, called over mutual TLS by one caller.
///
/// A service is addressed by the name in its certificate, so that an address alone never makes a service.
public final class HTTPNetwork: WireNetwork {
    private let client: HTTPClient
    private let addresses: [String: ServiceAddress]
    private let naming: WireNaming

    /// Services at these addresses, called with that identity.
    public init(addresses: [String: ServiceAddress], identity: WireIdentity, naming: WireNaming) {
        var configuration = HTTPClient.Configuration(tlsConfiguration: identity.client)
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = .seconds(2)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 32
        configuration.dnsOverride = Dictionary(
            uniqueKeysWithValues: addresses.map { ($0.key + naming.domain, $0.value.host) })
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        self.addresses = addresses
        self.naming = naming
    }

    /// The channel to a service.
    public func channel(to service: String) throws -> any WireChannel {
        guard let address = addresses[service] else { throw WireError.unknownService(service) }
        return HTTPChannel(client: client, base: "https://\(service)\(naming.domain):\(address.port)/wire/")
    }

    /// Closes every connection; to be called once, at the end.
    public func shutdown() async throws { try await client.shutdown() }
}

private struct HTTPChannel: WireChannel {
    let client: HTTPClient
    let base: String

    func send(
        endpoint: String, idempotencyKey: String?, body: [UInt8], timeout: Duration
    ) async throws -> WireAnswer {
        var request = HTTPClientRequest(url: base + endpoint)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        if let idempotencyKey { request.headers.add(name: "Idempotency-Key", value: idempotencyKey) }
        request.body = .bytes(body)
        do {
            let response = try await client.execute(request, timeout: .nanoseconds(timeout.nanoseconds))
            let answer = try await response.body.collect(upTo: WireLimits.bodyBytes)
            return WireAnswer(status: Int(response.status.code), body: Array(answer.readableBytesView))
        } catch let error as HTTPClientError where error == .deadlineExceeded {
            throw WireError.timedOut
        } catch is NIOTooManyBytesError {
            throw WireError.malformedAnswer
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw WireError.unreachable
        }
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
