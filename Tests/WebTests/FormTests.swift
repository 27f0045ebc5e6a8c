import Testing
import Web

@Suite("Forms and addresses")
struct FormTests {
    @Test(
        "fields are decoded by name",
        arguments: [
            ("a=1&b=2", "a", "1"), ("a=x+y", "a", "x y"), ("a=%2B", "a", "+"), ("a=%E7%AA%93%E5%8F%A3", "a", "窓口"),
            ("a=b=c", "a", "b=c"), ("a=", "a", ""), ("a", "a", ""), ("%61=1", "a", "1"), ("&&a=1&", "a", "1"),
            ("a=%e7%aa%93", "a", "窓"), ("a=%00", "a", "\u{0}"),
        ])
    func decoding(body: String, name: String, value: String) throws {
        #expect(try FormFields(parsing: body.utf8)[name] == value)
    }

    @Test(
        "a form that is not strictly encoded is refused",
        arguments: [
            "a=%", "a=%4", "a=%zz", "a=%4g", "%=a", "a=%FF", "a=%C0%AF", "a=%ED%A0%80", "a=%F5%80%80%80", "a=%E7%AA",
        ])
    func broken(body: String) {
        #expect(throws: WebError(.malformedForm, "")) { try FormFields(parsing: body.utf8) }
    }

    @Test("raw bytes that are not UTF-8 are refused")
    func rawBytes() {
        #expect(throws: WebError(.malformedForm, "")) { try FormFields(parsing: [0x61, 0x3D, 0xFF] as [UInt8]) }
    }

    @Test("256 fields are read, 257 are refused")
    func fieldCount() throws {
        let body = Array(repeating: "a=1", count: 256).joined(separator: "&")
        #expect(try FormFields(parsing: body.utf8).all("a").count == 256)
        #expect(throws: WebError(.malformedForm, "")) { try FormFields(parsing: (body + "&a=1").utf8) }
    }

    @Test("a field sent twice has no single value")
    func repeated() throws {
        let fields = try FormFields(parsing: "a=1&a=2&b=3".utf8)
        #expect(fields["a"] == nil)
        #expect(fields.all("a") == ["1", "2"])
        #expect(fields["c"] == nil)
    }

    @Test("fields and secrets do not show what they hold")
    func redaction() {
        let secret = BrowserSecret.random()
        for value: Any in [FormFields(["name": "answer"]), secret, secret.formToken] {
            let shown =
                String(describing: value) + String(reflecting: value)
                + "\(Mirror(reflecting: value).children.map { $0 })"
            #expect(
                !shown.contains("answer") && !shown.contains(secret.cookieValue)
                    && !shown.contains(secret.formToken.text))
        }
    }

    @Test(
        "a cookie value that is no secret is refused",
        arguments: [
            "", "x", String(repeating: "A", count: 42), String(repeating: "A", count: 44),
            String(repeating: "+", count: 43),
            String(repeating: "A", count: 42) + "B", String(repeating: "あ", count: 43),
            String(repeating: "A", count: 5000),
        ])
    func badSecret(text: String) {
        #expect(BrowserSecret(cookieValue: text) == nil)
    }

    @Test("a secret survives its cookie; its token accepts only itself, in its one spelling")
    func secret() throws {
        let secret = BrowserSecret.random()
        #expect(BrowserSecret(cookieValue: secret.cookieValue) == secret)
        #expect(secret != BrowserSecret.random())
        let token = secret.formToken
        #expect(token.accepts(token.text))
        for wrong in [
            nil, "", token.text + "=", String(token.text.dropLast()), secret.cookieValue,
            BrowserSecret.random().formToken.text,
        ] {
            #expect(!token.accepts(wrong))
        }
    }

    @Test(
        "an origin is scheme, host and port, in its one spelling",
        arguments: [
            "http://localhost", "https://a.example", "http://127.0.0.1:24777", "https://a-b.example:8443",
        ])
    func origins(text: String) throws {
        #expect(try Origin(text).description == text)
    }

    @Test(
        "anything else is no origin",
        arguments: [
            "", "null", "localhost", "ftp://a", "http://", "http://a/", "http://A", "http://a:", "http://a:80",
            "https://a:443",
            "http://a:0", "http://a:070", "http://a:99999", "http://a:1:2", "http://u@a", "http://a b", "http://a;x",
            "http://a'",
            "http://あ", "http://a?x", "http://[::1]",
        ])
    func notOrigins(text: String) {
        #expect(throws: WebError(.malformedOrigin, "")) { try Origin(text) }
    }

    @Test("a route prints its parameter encoded")
    func routePath() {
        let route = Route("/things", String.self, "/edit")
        #expect(route.pattern == "/things/{value}/edit")
        #expect(route.path("a/b?c#d%窓") == "/things/a%2Fb%3Fc%23d%25%E7%AA%93/edit")
        #expect(Route("/x").path == "/x")
    }
}
