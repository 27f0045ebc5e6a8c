import HTTPTypes
import Hummingbird
import HummingbirdTLS
public import Logging
import NIOCore
import NIOSSL
public import ServiceLifecycle
import SwiftASN1
public import Wire
import X509

/// Serves the endpoints of one service over mutual TLS, at `POST /wire/<endpoint>`.
public struct WireServer: Service {
    private let application: any ApplicationProtocol

    /// - Parameters:
    ///   - port: 0 for a free one, told by `onListening`.
    public init(
        _ table: EndpointTable, identity: WireIdentity, naming: WireNaming, host: String, port: Int, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        let router = Router(context: WireContext.self)
        router.post("wire/:service/:act") { request, context in
            try await Self.respond(to: request, context, table, naming)
        }
        application = Application(
            router: router,
            server: try .tls(
                .http1(configuration: .init(idleTimeout: .seconds(60))), tlsConfiguration: identity.server),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { await onListening($0.localAddress?.port ?? port) },
            logger: logger)
    }

    /// Serves until cancelled or shut down.
    public func run() async throws { try await application.run() }

    private static func respond(
        to request: Request, _ context: WireContext, _ table: EndpointTable, _ naming: WireNaming
    ) async throws -> Response {
        guard let caller = await context.caller(naming) else { return response(refusal(of: .noCaller)) }
        guard let service = context.parameters.get("service"), let act = context.parameters.get("act") else {
            return response(refusal(of: .unknownEndpoint))
        }
        guard let body = try? await request.body.collect(upTo: WireLimits.bodyBytes) else {
            return response(refusal(of: .bodyTooLarge))
        }
        let key = HTTPField.Name.idempotencyKey.flatMap { request.headers[$0] }
        let call = WireCall(
            caller: caller, endpoint: "\(service)/\(act)", idempotencyKey: key, body: Array(body.readableBytesView))
        return await response(table.answer(call))
    }

    private static func refusal(of problem: Problem) -> WireAnswer {
        WireAnswer(status: problem.status, body: (try? WireJSON.encode(problem)) ?? [])
    }

    private static func response(_ answer: WireAnswer) -> Response {
        let type = answer.status == 200 ? "application/json" : "application/problem+json"
        return Response(
            status: .init(code: answer.status), headers: [.contentType: type],
            body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}

extension Problem {
    /// The certificate names no service.
    static let noCaller = Problem("no-caller", status: 401, title: "The certificate names no service.")
}

extension HTTPField.Name {
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")
}

/// A request's context that keeps its connection, for the peer's certificate.
struct WireContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The service that the peer's certificate names, if it names exactly one.
    func caller(_ naming: WireNaming) async -> Caller? {
        guard let certificate = try? await channel.nioSSL_peerCertificate().get(),
            let der = try? certificate.toDERBytes(), let parsed = try? Certificate(derEncoded: der),
            let names = try? parsed.extensions.subjectAlternativeNames
        else { return nil }
        let services = names.compactMap { name -> String? in
            guard case .uniformResourceIdentifier(let uri) = name, uri.hasPrefix(naming.uriPrefix) else { return nil }
            return String(uri.dropFirst(naming.uriPrefix.count))
        }
        return services.count == 1 ? Caller(services[0]) : nil
    }
}
