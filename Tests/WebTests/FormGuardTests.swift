import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Web

/// What a browser, or something else, sends with a form.
struct Submission: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var headers: KeyValuePairs<String, String> = ["Origin": "http://localhost", "Content-Type": form]
    var token: String? = rightToken.text
    var body = "name=value"
    var status = 403

    static let form = "application/x-www-form-urlencoded"
    static let rightToken = FormToken(secret: [UInt8](repeating: 1, count: 32))
    static let otherToken = FormToken(secret: [UInt8](repeating: 2, count: 32))

    static let all: [Submission] = [
        .init(testDescription: "own Origin and token", status: 200),
        .init(
            testDescription: "no Origin, same-origin",
            headers: ["Sec-Fetch-Site": "same-origin", "Content-Type": form], status: 200),
        .init(
            testDescription: "charset",
            headers: ["Origin": "http://localhost", "Content-Type": "\(form); charset=UTF-8"], status: 200),
        .init(testDescription: "neither Origin nor Sec-Fetch-Site", headers: ["Content-Type": form]),
        .init(testDescription: "null Origin", headers: ["Origin": "null", "Content-Type": form]),
        .init(
            testDescription: "null Origin, same-origin",
            headers: ["Origin": "null", "Sec-Fetch-Site": "same-origin", "Content-Type": form]),
        .init(
            testDescription: "empty Origin, same-origin",
            headers: ["Origin": "", "Sec-Fetch-Site": "same-origin", "Content-Type": form]),
        .init(testDescription: "other host", headers: ["Origin": "http://other.example", "Content-Type": form]),
        .init(
            testDescription: "other host, same-origin",
            headers: ["Origin": "http://other.example", "Sec-Fetch-Site": "same-origin", "Content-Type": form]),
        .init(testDescription: "other port", headers: ["Origin": "http://localhost:81", "Content-Type": form]),
        .init(testDescription: "other scheme", headers: ["Origin": "https://localhost", "Content-Type": form]),
        .init(
            testDescription: "longer host", headers: ["Origin": "http://localhost.evil.example", "Content-Type": form]),
        .init(
            testDescription: "two Origins",
            headers: ["Origin": "http://localhost", "Origin": "http://other.example", "Content-Type": form]),
        .init(testDescription: "same-site", headers: ["Sec-Fetch-Site": "same-site", "Content-Type": form]),
        .init(testDescription: "cross-site", headers: ["Sec-Fetch-Site": "cross-site", "Content-Type": form]),
        .init(testDescription: "none", headers: ["Sec-Fetch-Site": "none", "Content-Type": form]),
        .init(testDescription: "Referer alone", headers: ["Referer": "http://localhost/form", "Content-Type": form]),
        .init(testDescription: "no token", token: nil),
        .init(testDescription: "empty token", token: ""),
        .init(testDescription: "another session's token", token: otherToken.text),
        .init(testDescription: "token twice", body: "form_token=\(rightToken.text)&name=value"),
        .init(testDescription: "no content type", headers: ["Origin": "http://localhost"], status: 415),
        .init(
            testDescription: "text/plain", headers: ["Origin": "http://localhost", "Content-Type": "text/plain"],
            status: 415),
        .init(
            testDescription: "JSON", headers: ["Origin": "http://localhost", "Content-Type": "application/json"],
            status: 415),
        .init(
            testDescription: "multipart",
            headers: ["Origin": "http://localhost", "Content-Type": "multipart/form-data; boundary=x"], status: 415),
        .init(
            testDescription: "Shift_JIS",
            headers: ["Origin": "http://localhost", "Content-Type": "\(form); charset=Shift_JIS"], status: 415),
        .init(testDescription: "broken percent", body: "name=%", status: 400),
        .init(testDescription: "not UTF-8", body: "name=%8B%40", status: 400),
        .init(testDescription: "longest", body: "name=" + String(repeating: "a", count: 1024 - 5 - 55), status: 200),
        .init(
            testDescription: "one byte too long", body: "name=" + String(repeating: "a", count: 1024 - 5 - 54),
            status: 413),
    ]
}

@Suite("Checks on forms")
struct FormGuardTests {
    @Test("a form is taken only from this site's own page", arguments: Submission.all)
    func submissions(submission: Submission) async throws {
        var site = try TestSite()
        site.site.formToken = { _ in Submission.rightToken }
        let body = submission.body + (submission.token.map { "&form_token=\($0)" } ?? "")
        let response = try await site.run {
            try await $0.execute(
                uri: "/form", method: .post, headers: HTTPFields(named: submission.headers),
                body: ByteBuffer(string: body))
        }
        #expect(response.status.code == submission.status)
        #expect(response.text.contains("accepted") == (submission.status == 200))
        #expect(response.text.contains("<h1>"), "a refusal is a page in words")
        #expect(!response.text.contains(Submission.rightToken.text) && !response.text.contains("%8B"))
    }

    @Test("a form without a secret to bind to is refused, whatever it carries")
    func noSession() async throws {
        let response = try await TestSite().run {
            try await $0.execute(
                uri: "/form", method: .post,
                headers: HTTPFields(named: ["Origin": "http://localhost", "Content-Type": Submission.form]),
                body: ByteBuffer(string: "form_token=\(Submission.rightToken.text)"))
        }
        #expect(response.status == .forbidden)
    }

    @Test("a server's route takes a POST without origin and token, and only that route")
    func serverRoute() async throws {
        try await TestSite().run { client in
            let callback = try await client.execute(uri: "/callback", method: .post, body: ByteBuffer(string: "{}"))
            #expect(callback.status == .noContent)
            let form = try await client.execute(uri: "/form", method: .post, body: ByteBuffer(string: "{}"))
            #expect(form.status == .forbidden)
        }
    }

    @Test("other methods reach no handler", arguments: ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "post"])
    func methods(method: String) async throws {
        let response = try await TestSite().run {
            try await $0.execute(uri: "/callback", method: try #require(HTTPRequest.Method(method)))
        }
        #expect(response.status == .notImplemented)
    }

    @Test("a page's form carries the token that is accepted")
    func roundTrip() async throws {
        var site = try TestSite()
        site.site.formToken = { _ in Submission.rightToken }
        try await site.run { client in
            let page = try await client.execute(uri: "/form", method: .get).text
            let token = try #require(page.firstMatch(of: /name="form_token" value="([^"]+)"/)?.1)
            let response = try await client.execute(
                uri: "/form", method: .post,
                headers: HTTPFields(named: ["Origin": "http://localhost", "Content-Type": Submission.form]),
                body: ByteBuffer(string: "name=%E7%AA%93+%3Cb%3E&form_token=\(token)"))
            #expect(response.text.contains("<h1>accepted 窓 &lt;b&gt;</h1>"))
        }
    }
}
