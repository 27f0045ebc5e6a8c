import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import InstitutionKeys
import Logging
import NIOCore
import Portal
import Values
import Web
import Wire

/// Login: away to the card agent, what the agent asks and brings, and back.
struct LoginPages: Sendable {
    let web: PortalWeb
    /// The cookie of the browser that began; as long as a login lasts.
    static let preLogin = HostCookie("prelogin", lifetimeSeconds: 5 * 60)

    func add(to router: some RouterMethods<PageContext>) {
        router.get(Address.login) { _, context in try await begin(in: context.language) }
        router.get(Address.loginRequest) { _, context, name in
            await answeringProgram(context) { try await requestObject(name) }
        }
        router.post(Address.loginCallback) { request, context in
            await answeringProgram(context) { try await accept(request) }
        }
        router.get(Address.loginResume) { request, context in try await resume(request, context) }
    }

    // MARK: - The browser

    private func begin(in language: Language) async throws -> Response {
        let secret = BrowserSecret.random()
        let reference = try await web.service.beginLogin(cookieHash: secret.digest)
        var response = Response.seeOther(agentAddress(for: reference, in: language))
        Self.preLogin.set(secret, on: &response)
        return response
    }

    /// The card agent of the person's own device, with a reference and nothing else of the login; and the language.
    private func agentAddress(for reference: LoginReference, in language: Language) -> String {
        let unreserved = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        let origin = web.service.configuration.origin
        let portal = origin.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
        let address = "http://127.0.0.1:\(web.service.configuration.agentPort)/login"
        let words = language == .ja ? "" : "&lang=\(language.rawValue)"
        return "\(address)?portal=\(portal)&ref=\(reference.text)\(words)"
    }

    private func resume(_ request: Request, _ context: PageContext) async throws -> Response {
        let cookie = Self.preLogin.secret(in: request)
        do {
            // Without its cookie no browser's hash is equal to it, and the reason told is the attempt's own.
            let citizen = try await web.service.signIn(
                handle: context.query[FieldName.handle] ?? "", cookieHash: cookie?.digest ?? [])
            return try await open(citizen, replacing: context.session)
        } catch PortalError.loginUsed where context.session != nil {
            return .seeOther(Address.me.path)
        } catch let error as PortalError {
            return context.show(LoginRefusal(error).page)
        }
    }

    private func open(_ citizen: SignedInCitizen, replacing old: Session?) async throws -> Response {
        let session = try await web.sessions.begin(data: WireJSON.encode(citizen), replacing: old)
        var response = Response.seeOther(Address.me.path)
        response.setSession(session, of: web.sessions)
        Self.preLogin.clear(on: &response)
        return response
    }

    // MARK: - The card agent

    private func requestObject(_ name: LoginRequestName) async throws -> Response {
        let token = try await web.service.requestObject(name.reference)
        return Response(
            status: .ok, headers: [.contentType: "application/jwt"],
            body: .init(byteBuffer: ByteBuffer(string: token.compact)))
    }

    private func accept(_ request: Request) async throws -> Response {
        guard let body = try? await request.body.collect(upTo: PortalWeb.maximumBodyBytes) else {
            throw Problem.bodyTooLarge
        }
        guard let callback = try? WireJSON.decode(LoginCallback.self, from: Array(body.readableBytesView)) else {
            throw Problem.malformedBody
        }
        let handle = try await web.service.acceptSignature(callback)
        return Self.json(try WireJSON.encode(handle), status: .ok, type: "application/json")
    }

    /// Programs get problem documents, never pages.
    private func answeringProgram(_ context: PageContext, _ work: () async throws -> Response) async -> Response {
        do { return try await work() } catch {
            let problem = (error as? any ProblemConvertible)?.problem ?? unforeseen(error, context)
            return Self.json(
                (try? WireJSON.encode(problem)) ?? [], status: .init(code: problem.status),
                type: "application/problem+json")
        }
    }

    private func unforeseen(_ error: any Error, _ context: PageContext) -> Problem {
        let reference = UUID().uuidString.lowercased()
        context.logger.error(
            "login request failed", metadata: ["reference": "\(reference)", "error": "\(type(of: error))"])
        return .unforeseen(reference: reference)
    }

    private static func json(_ bytes: [UInt8], status: HTTPResponse.Status, type: String) -> Response {
        Response(
            status: status, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
