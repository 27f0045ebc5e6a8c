import AsyncHTTPClient
import Contracts
import Foundation
import InstitutionKeys
import NIOCore
import NIOHTTP1
import Synchronization
import Values

enum LoginReferenceKind {}
/// The reference under which the relying party keeps the request object: 128 random bits.
typealias LoginReference = Identifier<LoginReferenceKind>

/// The agent's two calls to a relying party. No redirect is followed; every answer has a limit in bytes and in time.
///
/// Each call has a client of its own, so that nothing of one origin (connections, names) is used for another.
final class PortalClient: Sendable {
    /// The longest answer, in bytes.
    static let maximumAnswerBytes = 64 * 1024
    /// Until the request object must be here.
    static let fetchLimit = TimeAmount.seconds(5)
    /// Until the answer must be accepted; the relying party asks for the certificate's status in between.
    static let callbackLimit = TimeAmount.seconds(10)
    /// How many calls may run at once.
    static let maximumCalls = 4

    private let calls = Mutex(0)

    /// Fetches a request object. Throws `portalUnreachable`, `loginOver`, `notARequest`, `busy`.
    func requestObject(
        _ reference: LoginReference, at portal: PortalAddress
    ) async throws(AgentError) -> SignedToken<LoginRequestObject> {
        var request = HTTPClientRequest(url: "\(portal.origin)/login/request/\(reference.text)")
        request.headers.add(name: "Accept", value: "application/jwt")
        guard let answer = try await send(request, to: portal, within: Self.fetchLimit) else {
            throw .portalUnreachable
        }
        switch answer.status {
        case 200: break
        case 404, 409, 410: throw .loginOver
        case 500...: throw .portalUnreachable
        default: throw .notARequest
        }
        guard answer.type == "application/jwt", let text = String(validating: answer.body, as: UTF8.self),
            let token = try? SignedToken<LoginRequestObject>(compact: text)
        else { throw .notARequest }
        return token
    }

    /// Posts the answer. Throws `evidenceRefused`, `loginOver`, `callbackFailed`, `busy`.
    func post(
        _ callback: LoginCallback, to address: String, at portal: PortalAddress
    ) async throws(AgentError) -> LoginHandle {
        guard let body = try? JSONEncoder().encode(callback) else { throw .callbackFailed }
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "Accept", value: "application/json")
        request.body = .bytes(Array(body))
        guard let answer = try await send(request, to: portal, within: Self.callbackLimit) else {
            throw .callbackFailed
        }
        switch answer.status {
        case 200: break
        case 404, 409, 410: throw .loginOver
        case 400, 401, 403, 422: throw .evidenceRefused
        default: throw .callbackFailed
        }
        guard answer.type == "application/json",
            let handle = try? JSONDecoder().decode(LoginHandle.self, from: Data(answer.body)),
            Self.isHandle(handle.handle)
        else { throw .callbackFailed }
        return handle
    }

    /// A handle goes into an address: base64url, nothing else.
    private static func isHandle(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && (try? [UInt8](base64URL: text)) != nil
    }

    private struct Answer {
        let status: UInt
        let type: String
        let body: [UInt8]
    }

    /// The answer, nil when none came in time or it was too long. Throws `busy`.
    private func send(
        _ request: HTTPClientRequest, to portal: PortalAddress, within limit: TimeAmount
    ) async throws(AgentError) -> Answer? {
        guard enter() else { throw .busy }
        defer { leave() }
        return try? await HTTPClient.withHTTPClient(configuration: Self.configuration(for: portal)) { client in
            let response = try await client.execute(request, deadline: .now() + limit)
            let body = try await response.body.collect(upTo: Self.maximumAnswerBytes)
            let type = response.headers.first(name: "Content-Type") ?? ""
            return Answer(
                status: response.status.code, type: Self.mediaType(type), body: Array(body.readableBytesView))
        }
    }

    private static func configuration(for portal: PortalAddress) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = .seconds(2)
        configuration.timeout.read = .seconds(10)
        configuration.dnsOverride = portal.resolved
        return configuration
    }

    private static func mediaType(_ field: String) -> String {
        field.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    }

    private func enter() -> Bool {
        calls.withLock { count in
            guard count < Self.maximumCalls else { return false }
            count += 1
            return true
        }
    }

    private func leave() { calls.withLock { $0 -= 1 } }
}
