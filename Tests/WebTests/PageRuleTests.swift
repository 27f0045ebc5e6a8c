import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import Web

@Suite("Rules of every page")
struct PageRuleTests {
    private static let policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

    @Test(
        "the headers stand on every answer, errors included",
        arguments: [
            ("GET", "/", 200), ("HEAD", "/", 200), ("GET", "/nowhere", 404), ("GET", "/failure", 500),
            ("GET", "/mapped", 503),
            ("GET", "/refusal", 400), ("GET", "/echo/x/show", 404), ("POST", "/form", 403), ("POST", "/callback", 204),
            ("PUT", "/form", 501), ("DELETE", "/", 501), ("OPTIONS", "/", 404), ("GET", "/?lang=en", 200),
            ("POST", "/nowhere", 404),
        ])
    func headers(method: String, path: String, status: Int) async throws {
        let response = try await TestSite().run { client in
            try await client.execute(uri: path, method: try #require(HTTPRequest.Method(method)))
        }
        #expect(response.status.code == status)
        #expect(response.header("Content-Security-Policy") == Self.policy)
        #expect(response.header("Referrer-Policy") == "same-origin")
        #expect(response.header("Cross-Origin-Opener-Policy") == "same-origin")
        #expect(response.header("Cross-Origin-Resource-Policy") == "same-origin")
        #expect(response.header("X-Content-Type-Options") == "nosniff")
        #expect(response.header("Cache-Control") == "no-store")
        #expect(response.header("Strict-Transport-Security") == nil)
    }

    @Test("an encrypted site says that it stays so")
    func strictTransport() async throws {
        let response = try await TestSite(origins: ["https://localhost"]).run {
            try await $0.execute(uri: "/", method: .get)
        }
        #expect(response.header("Strict-Transport-Security") == "max-age=31536000")
    }

    @Test("a page may name where its form's redirect leads, and nothing else changes")
    func formTargets() async throws {
        let response = try await TestSite().run { try await $0.execute(uri: "/away", method: .get) }
        let wider = Self.policy.replacing("form-action 'self'", with: "form-action 'self' http://127.0.0.1:8443")
        #expect(response.header("Content-Security-Policy") == wider)
    }

    @Test("the stylesheet is served from this site, for a year, under a name made from its content")
    func stylesheet() async throws {
        try await TestSite().run { client in
            let page = try await client.execute(uri: "/", method: .get).text
            let path = try #require(page.firstMatch(of: /<link rel="stylesheet" href="([^"]+)">/)?.1)
            let response = try await client.execute(uri: String(path), method: .get)
            #expect(response.status == .ok)
            #expect(response.header("Content-Type") == "text/css; charset=utf-8")
            #expect(response.header("Cache-Control") == "public, max-age=31536000, immutable")
            #expect(!response.text.contains("http") && !response.text.contains("url("))
        }
    }

    @Test(
        "another host is answered 421",
        arguments: ["http://localhost:8080", "http://other.example", "http://127.0.0.1"])
    func foreignHost(origin: String) async throws {
        let response = try await TestSite(origins: [origin]).run { try await $0.execute(uri: "/", method: .get) }
        #expect(response.status == .misdirectedRequest)
        #expect(response.text.contains("このアドレスでは提供していません"))
    }

    @Test("a second Host is answered 421")
    func secondHost() async throws {
        let response = try await TestSite().run {
            try await $0.execute(uri: "/", method: .get, headers: HTTPFields(named: ["Host": "localhost"]))
        }
        #expect(response.status == .misdirectedRequest)
    }

    @Test("an unknown error leaks nothing and leaves a reference that the log has too")
    func unknownError() async throws {
        let site = try TestSite()
        let response = try await site.run { try await $0.execute(uri: "/failure?lang=en", method: .get) }
        let reference = try #require(response.text.firstMatch(of: /[0-9A-Z]{5}-[0-9A-Z]{5}/)?.0)
        #expect(!response.text.contains(TestSite.secretWords) && !response.text.contains("LeakyError"))
        #expect(response.text.contains("There is a problem with the service"))
        #expect(
            site.log.lines.contains {
                $0.contains("request failed") && $0.contains(reference) && $0.contains("LeakyError")
            })
        #expect(!site.log.lines.contains { $0.contains(TestSite.secretWords) })
        let again = try await site.run { try await $0.execute(uri: "/failure", method: .get) }
        #expect(!again.text.contains(reference))
    }

    @Test(
        "the router's own errors show none of their words",
        arguments: ["/refusal", "/mapped", "/nowhere", "/echo/99999999999999999999/show"])
    func routerErrors(path: String) async throws {
        let site = try TestSite()
        let response = try await site.run { try await $0.execute(uri: path, method: .get) }
        #expect(!response.text.contains(TestSite.secretWords) && !response.text.contains("HTTPError"))
        #expect(response.text.contains("<main id=\"main-content\""))
        #expect(!site.log.lines.contains { $0.contains(TestSite.secretWords) })
    }

    @Test("log lines hold method, route, status and time, never the address")
    func log() async throws {
        let site = try TestSite()
        try await site.run { client in
            _ = try await client.execute(uri: "/echo/424242/show?token=opensesame&lang=en", method: .get)
            _ = try await client.execute(uri: "/opensesame?x=opensesame", method: .get)
            _ = try await client.execute(
                uri: "/form", method: .post,
                headers: [.contentType: "application/x-www-form-urlencoded", .origin: "http://localhost"],
                body: ByteBuffer(string: "name=opensesame"))
            _ = try await client.execute(uri: "/", method: try #require(HTTPRequest.Method("OPENSESAME")))
        }
        let answered = site.log.lines.filter { $0.contains("request answered") }
        #expect(answered.count == 4)
        #expect(
            answered[0].wholeMatch(
                of: /info request answered .*method=GET milliseconds=[0-9.e-]+ route=\/echo\/\{value\}\/show status=200/
            ) != nil)
        for line in site.log.lines {
            #expect(!line.lowercased().contains("opensesame") && !line.contains("424242") && !line.contains("lang=en"))
        }
    }

    @Test("the chosen language is kept in a cookie and the links keep the page")
    func language() async throws {
        try await TestSite().run { client in
            let first = try await client.execute(uri: "/echo/5/show?sort=date&a=%26", method: .get)
            #expect(first.text.contains("<html lang=\"ja\">"))
            #expect(first.header("Content-Language") == "ja")
            #expect(first.text.contains("href=\"?sort=date&amp;a=%26&amp;lang=en\" lang=\"en\" hreflang=\"en\""))
            let chosen = try await client.execute(uri: "/echo/5/show?sort=date&a=%26&lang=en", method: .get)
            #expect(chosen.text.contains("<html lang=\"en\">") && chosen.text.contains("number 5"))
            #expect(chosen.text.contains("href=\"?sort=date&amp;a=%26&amp;lang=ja\" lang=\"ja\" hreflang=\"ja\""))
            #expect(chosen.cookies == ["__Host-language=en; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000"])
            let later = try await client.execute(uri: "/", method: .get, headers: [.cookie: "a=b; __Host-language=en"])
            #expect(later.text.contains("<html lang=\"en\">") && later.cookies.isEmpty)
        }
    }

    @Test(
        "a language that is none changes nothing",
        arguments: ["/?lang=fr", "/?lang=", "/?lang=en&lang=ja", "/?lang=%FF"])
    func wrongLanguage(path: String) async throws {
        let response = try await TestSite().run { try await $0.execute(uri: path, method: .get) }
        #expect(response.text.contains("<html lang=\"ja\">") && response.cookies.isEmpty)
    }

    @Test("a site without cookies sets none and reads none")
    func noLanguageCookie() async throws {
        try await TestSite(languageMemory: .none).run { client in
            let chosen = try await client.execute(uri: "/?lang=en", method: .get)
            #expect(chosen.text.contains("<html lang=\"en\">") && chosen.cookies.isEmpty)
            let later = try await client.execute(uri: "/", method: .get, headers: [.cookie: "__Host-language=en"])
            #expect(later.text.contains("<html lang=\"ja\">"))
        }
    }

    @Test("a path's parameter is decoded once, and one that does not parse is not found")
    func routeParameter() async throws {
        try await TestSite().run { client in
            let right = try await client.execute(uri: "/echo/%35/show", method: .get)
            #expect(right.text.contains("number 5"))
            for path in ["/echo/%2535/show", "/echo/x/show", "/echo/%/show", "/echo/%FF/show", "/echo/1%2F2/show"] {
                let wrong = try await client.execute(uri: path, method: .get)
                #expect(wrong.status == .notFound && wrong.text.contains("ページが見つかりません"), "\(path)")
            }
        }
    }
}

@Suite("On a real connection")
struct ConnectionTests {
    @Test("a listener on loopback answers, and knows its own Host only")
    func live() async throws {
        let site = try TestSite()
        let application = Site.application(site.site.router(), at: .loopback(port: 0), logger: site.log.logger())
        let status = try await application.test(.live) { try await $0.execute(uri: "/nowhere", method: .get).status }
        #expect(status == .notFound)
        let other = try TestSite(origins: ["http://other.example"])
        let refusing = Site.application(other.site.router(), at: .loopback(port: 0), logger: other.log.logger())
        let refused = try await refusing.test(.live) { try await $0.execute(uri: "/", method: .get).status }
        #expect(refused == .misdirectedRequest)
    }
}
