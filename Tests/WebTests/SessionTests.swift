import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PortableSQL
import Synchronization
import TestSupport
import Testing
import Web

/// A clock that stands still until a test moves it.
final class TestClock: Sendable {
    private let microseconds = Mutex<Int64>(1_700_000_000_000_000)
    func advance(seconds: Int64) { microseconds.withLock { $0 += seconds * 1_000_000 } }
    var now: Int64 { microseconds.withLock { $0 } }
}

/// "Signed in" as an app writes it.
struct SignedIn: ChildRequestContext, PageScope {
    struct Needed: PageError { var pageAnswer: PageAnswer { .seeOther("/login") } }

    var coreContext: CoreRequestContextStorage
    let page: PageContext
    let session: Session

    init(context: PageContext) throws {
        guard let session = context.session else { throw Needed() }
        coreContext = context.coreContext
        page = context
        self.session = session
    }
}

@Suite("Sessions")
struct SessionTests {
    private func withSite(
        _ engine: TestEngine, limits: SessionLimits = SessionLimits(),
        _ test: @escaping @Sendable (any TestClientProtocol, TestClock, Database) async throws -> Void
    ) async throws {
        try await withDatabase(engine, migrations: SQLSessionStore.migrations) { database in
            let clock = TestClock()
            let sessions = Sessions(store: SQLSessionStore(database), limits: limits) { clock.now }
            let site = try TestSite(sessions: sessions)
            try await site.run({ Self.addRoutes($0, sessions) }) { try await test($0, clock, database) }
        }
    }

    private static func addRoutes(_ router: Router<PageContext>, _ sessions: Sessions) {
        router.get("/login") { _, context in
            let session = try await sessions.begin(data: Array("reader".utf8), replacing: context.session)
            var response = Response.seeOther("/me")
            response.setSession(session, of: sessions)
            return response
        }
        let signedIn = router.group(context: SignedIn.self)
        signedIn.get("/me") { _, context in
            context.show(
                Page(title: Text(same: "me")) {
                    el(.h1) { String(decoding: context.session.data, as: UTF8.self) }
                    PostForm(to: "/logout") {}
                })
        }
        signedIn.get("/remember") { _, context in
            let updated = try await sessions.update(context.session, data: Array("renamed".utf8))
            return Response(status: updated == nil ? .gone : .noContent)
        }
        signedIn.post("/logout") { _, context in
            try await sessions.end(context.session)
            var response = Response.seeOther("/")
            response.clearSession(of: sessions)
            return response
        }
    }

    private static func me(_ client: any TestClientProtocol, _ cookie: String) async throws -> TestResponse {
        try await client.execute(uri: "/me", method: .get, headers: [.cookie: "__Host-session=\(cookie)"])
    }

    private static func login(_ client: any TestClientProtocol, _ cookie: String? = nil) async throws -> String {
        let headers: HTTPFields = cookie.map { [.cookie: "__Host-session=\($0)"] } ?? [:]
        let response = try await client.execute(uri: "/login", method: .get, headers: headers)
        return try #require(response.cookie("__Host-session"))
    }

    @Test("without a session the reader is sent to the login", arguments: TestEngine.available)
    func noSession(engine: TestEngine) async throws {
        try await withSite(engine) { client, _, _ in
            let wrong = ["", "x", String(repeating: "A", count: 43), BrowserSecret.random().cookieValue]
            for cookie in wrong {
                let response = try await Self.me(client, cookie)
                #expect(
                    response.status == .seeOther && response.header("Location") == "/login" && response.text.isEmpty)
            }
        }
    }

    @Test("the cookie belongs to this host alone and script cannot read it", arguments: TestEngine.available)
    func cookie(engine: TestEngine) async throws {
        try await withSite(engine) { client, _, _ in
            let response = try await client.execute(uri: "/login", method: .get)
            let value = try #require(response.cookie("__Host-session"))
            #expect(value.count == 43)
            #expect(response.cookies == ["__Host-session=\(value); Path=/; Secure; HttpOnly; SameSite=Lax"])
        }
    }

    @Test("only the secret's digest is stored", arguments: TestEngine.available)
    func digest(engine: TestEngine) async throws {
        try await withSite(engine) { client, _, database in
            let cookie = try await Self.login(client)
            let secret = try #require(BrowserSecret(cookieValue: cookie))
            let rows = try await database.read { sql in
                try sql.rows("SELECT secret_digest, data FROM web_session").map {
                    (try $0.bytes("secret_digest"), try $0.bytes("data"))
                }
            }
            #expect(rows.count == 1 && rows[0].0 == secret.digest && rows[0].1 == Array("reader".utf8))
        }
    }

    @Test("login makes a new secret; the one from before opens nothing (fixation)", arguments: TestEngine.available)
    func rotation(engine: TestEngine) async throws {
        try await withSite(engine) { client, _, _ in
            let before = try await Self.login(client)
            let after = try await Self.login(client, before)
            #expect(before != after)
            #expect(try await Self.me(client, before).status == .seeOther)
            #expect(try await Self.me(client, after).status == .ok)
            let planted = BrowserSecret.random().cookieValue
            #expect(try await Self.login(client, planted) != planted)
            #expect(try await Self.me(client, planted).status == .seeOther)
        }
    }

    @Test("two cookies of the name open nothing", arguments: TestEngine.available)
    func twoCookies(engine: TestEngine) async throws {
        try await withSite(engine) { client, _, _ in
            let cookie = try await Self.login(client)
            let both = "__Host-session=\(cookie); __Host-session=\(BrowserSecret.random().cookieValue)"
            let response = try await client.execute(uri: "/me", method: .get, headers: [.cookie: both])
            #expect(response.status == .seeOther)
        }
    }

    @Test("a session ends when it is idle, one microsecond later than it lives", arguments: TestEngine.available)
    func idle(engine: TestEngine) async throws {
        try await withSite(engine, limits: SessionLimits(idleSeconds: 900)) { client, clock, _ in
            let cookie = try await Self.login(client)
            clock.advance(seconds: 899)
            #expect(try await Self.me(client, cookie).status == .ok)
            clock.advance(seconds: 899)
            #expect(try await Self.me(client, cookie).status == .ok)
            clock.advance(seconds: 900)
            #expect(try await Self.me(client, cookie).status == .seeOther)
            clock.advance(seconds: -900)
            #expect(try await Self.me(client, cookie).status == .seeOther, "what is over does not come back")
        }
    }

    @Test("a busy session ends too", arguments: TestEngine.available)
    func absolute(engine: TestEngine) async throws {
        try await withSite(engine, limits: SessionLimits(idleSeconds: 900, absoluteSeconds: 3600)) { client, clock, _ in
            let cookie = try await Self.login(client)
            for _ in 0..<5 {
                clock.advance(seconds: 600)
                #expect(try await Self.me(client, cookie).status == .ok)
            }
            clock.advance(seconds: 600)
            #expect(try await Self.me(client, cookie).status == .seeOther)
        }
    }

    @Test("logout ends the session everywhere and takes the cookie back", arguments: TestEngine.available)
    func logout(engine: TestEngine) async throws {
        try await withSite(engine) { client, _, database in
            let cookie = try await Self.login(client)
            let page = try await Self.me(client, cookie).text
            let token = try #require(page.firstMatch(of: /name="form_token" value="([^"]+)"/)?.1)
            let response = try await client.execute(
                uri: "/logout", method: .post,
                headers: HTTPFields(named: [
                    "Cookie": "__Host-session=\(cookie)", "Origin": "http://localhost", "Content-Type": Submission.form,
                ]),
                body: ByteBuffer(string: "form_token=\(token)"))
            #expect(response.status == .seeOther)
            #expect(response.cookies == ["__Host-session=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"])
            #expect(try await Self.me(client, cookie).status == .seeOther)
            #expect(try await database.read { try $0.rows("SELECT secret_digest FROM web_session").count } == 0)
        }
    }

    @Test("another session's token is refused", arguments: TestEngine.available)
    func otherToken(engine: TestEngine) async throws {
        try await withSite(engine) { client, _, _ in
            let mine = try await Self.login(client)
            let other = try #require(BrowserSecret(cookieValue: try await Self.login(client)))
            let response = try await client.execute(
                uri: "/logout", method: .post,
                headers: HTTPFields(named: [
                    "Cookie": "__Host-session=\(mine)", "Origin": "http://localhost", "Content-Type": Submission.form,
                ]),
                body: ByteBuffer(string: "form_token=\(other.formToken.text)"))
            #expect(response.status == .forbidden)
            #expect(try await Self.me(client, mine).status == .ok)
        }
    }

    @Test("the app's bytes can be replaced while the session lives", arguments: TestEngine.available)
    func update(engine: TestEngine) async throws {
        try await withSite(engine) { client, _, _ in
            let cookie = try await Self.login(client)
            let response = try await client.execute(
                uri: "/remember", method: .get, headers: [.cookie: "__Host-session=\(cookie)"])
            #expect(response.status == .noContent)
            #expect(try await Self.me(client, cookie).text.contains("<h1>renamed</h1>"))
        }
    }

    @Test(
        "a session that has ended takes no new bytes, and the next login sweeps what is over",
        arguments: TestEngine.available)
    func ended(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: SQLSessionStore.migrations) { database in
            let clock = TestClock()
            let sessions = Sessions(store: SQLSessionStore(database)) { clock.now }
            let session = try await sessions.begin(data: [], replacing: nil)
            try await sessions.end(session)
            #expect(try await sessions.update(session, data: [1]) == nil)
            for _ in 0..<3 { _ = try await sessions.begin(data: [], replacing: nil) }
            clock.advance(seconds: 15 * 60)
            _ = try await sessions.begin(data: [], replacing: nil)
            #expect(try await database.read { try $0.rows("SELECT secret_digest FROM web_session").count } == 1)
        }
    }

    @Test("fifty logins at once make fifty sessions", arguments: TestEngine.available)
    func concurrent(engine: TestEngine) async throws {
        try await withSite(engine) { client, _, _ in
            let cookies = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<50 { group.addTask { try await Self.login(client) } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(cookies.count == 50)
            for cookie in cookies { #expect(try await Self.me(client, cookie).status == .ok) }
        }
    }

    @Test("a session shows nothing of itself")
    func redaction() async throws {
        try await withDatabase(.sqlite, migrations: SQLSessionStore.migrations) { database in
            let session = try await Sessions(store: SQLSessionStore(database)) { 1 }.begin(
                data: Array("reader".utf8), replacing: nil)
            #expect("\(session)" == "Session(redacted)" && String(reflecting: session) == "Session(redacted)")
            #expect(Mirror(reflecting: session).children.isEmpty)
        }
    }
}
