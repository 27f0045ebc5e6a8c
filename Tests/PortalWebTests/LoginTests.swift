import Contracts
import Foundation
import HTTPTypes
import HummingbirdTesting
import InstitutionKeys
import JPKIValidation
import NIOCore
import Testing
import Values
import Wire

@Suite("Login")
struct LoginTests {
    /// The first step: the browser's cookie, and the reference that the agent gets.
    private func begin(_ client: any TestClientProtocol) async throws -> (browser: Browser, reference: String) {
        let response = try await Browser().get("/login", client)
        let cookie = try #require(response.cookie("__Host-prelogin"))
        let reference = try #require(response.location?.split(separator: "ref=").last.map(String.init))
        return (Browser(cookies: ["__Host-prelogin": cookie]), reference)
    }

    /// What the card agent does: fetches the request object, has both messages signed, posts them.
    private func sign(
        _ reference: String, _ world: PortalWorld, _ client: any TestClientProtocol
    ) async throws -> TestResponse {
        let fetched = try await client.execute(uri: "/login/request/\(reference)", method: .get)
        #expect(fetched.headers[.contentType] == "application/jwt")
        let token = try SignedToken<LoginRequestObject>(compact: fetched.text)
        let now = world.clock.now()
        let request = try await world.neighbours.directory.verify(token, by: .portal, at: now).content
        let citizen = try Citizen.shared.get()
        let callback = LoginCallback(
            reference: reference,
            evidence: try request.audiences.map { try citizen.evidence(for: request, audience: $0, at: now) })
        return try await post(WireJSON.encode(callback), client)
    }

    private func post(_ body: [UInt8], _ client: any TestClientProtocol) async throws -> TestResponse {
        try await client.execute(
            uri: "/login/callback", method: .post, headers: [.contentType: "application/json"],
            body: ByteBuffer(bytes: body))
    }

    private func handle(_ response: TestResponse) throws -> String {
        try WireJSON.decode(LoginHandle.self, from: Array(response.body.readableBytesView)).handle
    }

    private func code(_ response: TestResponse) throws -> String {
        #expect(response.headers[.contentType] == "application/problem+json")
        return try WireJSON.decode(Problem.self, from: Array(response.body.readableBytesView)).code
    }

    @Test("the browser is sent to the agent with portal and reference, and nothing else")
    func address() async throws {
        try await PortalWorld.run { _, client in
            let response = try await Browser().get("/login", client)
            #expect(response.status == .seeOther)
            let location = try #require(response.location)
            let start = "http://127.0.0.1:24777/login?portal=http%3A%2F%2Flocalhost&ref="
            #expect(location.hasPrefix(start))
            #expect(location.dropFirst(start.count).utf8.count == 32)
            let set = try #require(response.headers[values: .setCookie].first { $0.hasPrefix("__Host-prelogin=") })
            for word in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Max-Age=300"] {
                #expect(set.contains(word))
            }
        }
    }

    @Test("a card's login opens a session under a new secret, and the pre-login cookie goes")
    func whole() async throws {
        try await PortalWorld.run { world, client in
            var (browser, reference) = try await begin(client)
            let handle = try handle(try await sign(reference, world, client))
            let old = try await world.signedIn()
            browser.cookies["__Host-session"] = old.cookies["__Host-session"]
            let response = try await browser.get("/login/resume?h=\(handle)", client)
            #expect(response.status == .seeOther)
            #expect(response.location == "/me")
            let secret = try #require(response.cookie("__Host-session"))
            #expect(secret != old.cookies["__Host-session"])
            #expect(response.cookie("__Host-prelogin") == "")
            let me = try await Browser(cookies: ["__Host-session": secret]).get("/me", client)
            #expect(me.status == .ok)
            #expect(try await old.get("/me", client).status == .unauthorized, "the session it replaces has ended")
            let again = try await Browser(cookies: ["__Host-session": secret]).get("/login/resume?h=\(handle)", client)
            #expect(again.location == "/me", "who is logged in and reloads goes on")
        }
    }

    @Test("another browser gets no session, and the login stays good for the one that began")
    func otherBrowser() async throws {
        try await PortalWorld.run { world, client in
            let (browser, reference) = try await begin(client)
            let handle = try handle(try await sign(reference, world, client))
            let (other, _) = try await begin(client)
            for thief in [Browser(), other] {
                let response = try await thief.get("/login/resume?h=\(handle)", client)
                #expect(response.status == .forbidden)
                #expect(response.text.contains("別のブラウザーで始めたログインです"))
                #expect(response.cookie("__Host-session") == nil)
            }
            #expect(try await browser.get("/login/resume?h=\(handle)", client).location == "/me")
        }
    }

    @Test("a used, a late and an unknown handle are pages that say what to do")
    func handles() async throws {
        try await PortalWorld.run { world, client in
            let (browser, reference) = try await begin(client)
            let handle = try handle(try await sign(reference, world, client))
            _ = try await browser.get("/login/resume?h=\(handle)", client)
            let used = try await browser.get("/login/resume?h=\(handle)", client)
            #expect(used.status == .conflict)
            #expect(used.text.contains("このログインはすでに使われています"))
            let (late, second) = try await begin(client)
            let lateHandle = try self.handle(try await sign(second, world, client))
            world.clock.advance(by: .seconds(301))
            #expect(try await late.get("/login/resume?h=\(lateHandle)", client).text.contains("ログインの時間が過ぎました"))
            for query in ["", "?h=", "?h=x", "?h=AAAA&h=AAAA", "?h=\(String(repeating: "A", count: 43))"] {
                let unknown = try await browser.get("/login/resume\(query)", client)
                #expect(unknown.status == .notFound)
                #expect(unknown.text.contains("このログインは見つかりません"))
            }
        }
    }

    @Test("a core or an authority that does not answer is a page saying that the card is not at fault")
    func unavailable() async throws {
        try await PortalWorld.run { world, client in
            let (browser, reference) = try await begin(client)
            let handle = try handle(try await sign(reference, world, client))
            world.network.remove("number-authority")
            let response = try await browser.get("/login/resume?h=\(handle)&lang=en", client)
            #expect(response.status == .serviceUnavailable)
            #expect(response.text.contains("Nothing is wrong with your card"))
        }
    }

    @Test("a revoked certificate, a strange body, a long body and an unknown reference are problem documents")
    func callback() async throws {
        try await PortalWorld.run { world, client in
            let (_, reference) = try await begin(client)
            world.neighbours.tell { $0.isRevoked = true }
            #expect(try code(try await sign(reference, world, client)) == "login-evidence-refused")
            #expect(try code(try await post(Array("{}".utf8), client)) == "malformed-body")
            #expect(try code(try await post([UInt8](repeating: 32, count: 70_000), client)) == "body-too-large")
            let nobody = String(repeating: "0", count: 32)
            let callback = LoginCallback(reference: nobody, evidence: [])
            #expect(try code(try await post(WireJSON.encode(callback), client)) == "login-unknown")
            let request = try await client.execute(uri: "/login/request/\(nobody)", method: .get)
            #expect(request.status == .notFound)
            #expect(try code(request) == "login-unknown")
        }
    }

    @Test("the request object is given while the login can be signed, and not after")
    func requestObject() async throws {
        try await PortalWorld.run { world, client in
            let (_, reference) = try await begin(client)
            _ = try await sign(reference, world, client)
            let signed = try await client.execute(uri: "/login/request/\(reference)", method: .get)
            #expect(try code(signed) == "login-used")
            let (_, second) = try await begin(client)
            world.clock.advance(by: .seconds(300))
            let late = try await client.execute(uri: "/login/request/\(second)", method: .get)
            #expect(try code(late) == "login-expired")
        }
    }
}
