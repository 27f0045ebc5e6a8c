import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import InstitutionKeys
import Logging
import NIOCore
import Synchronization
import Values

/// A relying party on this machine: gives out one request object and takes what is posted to its callback.
final class TestPortal: Sendable {
    /// What it answers.
    struct Answers: Sendable {
        var request: @Sendable (LoginRequestObject) async throws -> Answer
        var callback: Answer
    }
    struct Answer: Sendable {
        var status = HTTPResponse.Status.ok
        var type = "application/json"
        var body: String
        var location: String?
    }

    static let reference = "00112233445566778899aabbccddeeff"
    static let handle = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU"
    static let nonce = (0..<32).map { UInt8($0) }

    private let answers: Answers
    private let now: Instant
    private let bodies = Mutex<[[UInt8]]>([])
    private let fetched = Mutex<[String]>([])
    let agentPort: Int

    init(agentPort: UInt16, now: Instant, answers: Answers) {
        self.agentPort = Int(agentPort)
        self.now = now
        self.answers = answers
    }

    /// The bodies posted to the callback.
    var posted: [[UInt8]] { bodies.withLock { $0 } }
    var callbacks: [LoginCallback] {
        get throws { try posted.map { try JSONDecoder().decode(LoginCallback.self, from: Data($0)) } }
    }
    /// The `Host` of each fetch.
    var hosts: [String] { fetched.withLock { $0 } }

    /// The object that a portal at an origin gives out.
    func object(at origin: String) -> LoginRequestObject {
        LoginRequestObject(
            relyingParty: .portal, purpose: LoginPurpose.login, origin: origin, callback: origin + "/login/callback",
            resume: origin + "/login/resume", nonce: ContractBytes(Self.nonce), audiences: [.portal, .numberAuthority],
            agentPort: agentPort, issuedAt: now, expiresAt: now + .seconds(300))
    }

    func application(whenRunning: @escaping @Sendable (Int) async -> Void) -> some ApplicationProtocol {
        let router = Router()
        router.get("login/request/{reference}") { [self] request, _ -> Response in
            let authority = request.head.authority ?? ""
            fetched.withLock { $0.append(authority) }
            return Self.response(try await answers.request(object(at: "http://" + authority)))
        }
        router.post("login/callback") { [self] request, _ -> Response in
            let body = try await request.body.collect(upTo: 1 << 20)
            bodies.withLock { $0.append(Array(body.readableBytesView)) }
            return Self.response(answers.callback)
        }
        var logger = Logger(label: "portal")
        logger.logLevel = .critical
        return Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { await whenRunning($0.localAddress?.port ?? 0) }, logger: logger)
    }

    private static func response(_ answer: Answer) -> Response {
        var headers: HTTPFields = [.contentType: answer.type]
        headers[.location] = answer.location
        return Response(
            status: answer.status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: answer.body)))
    }
}

extension LoginRequestObject {
    /// The object with some fields changed.
    func with(
        relyingParty: InstitutionID? = nil, purpose: String? = nil, origin: String? = nil, callback: String? = nil,
        resume: String? = nil, nonce: [UInt8]? = nil, audiences: [InstitutionID]? = nil, agentPort: Int? = nil,
        issuedAt: Instant? = nil, expiresAt: Instant? = nil
    ) -> LoginRequestObject {
        LoginRequestObject(
            relyingParty: relyingParty ?? self.relyingParty, purpose: purpose ?? self.purpose,
            origin: origin ?? self.origin, callback: callback ?? self.callback, resume: resume ?? self.resume,
            nonce: nonce.map { ContractBytes($0) } ?? self.nonce, audiences: audiences ?? self.audiences,
            agentPort: agentPort ?? self.agentPort, issuedAt: issuedAt ?? self.issuedAt,
            expiresAt: expiresAt ?? self.expiresAt)
    }
}
