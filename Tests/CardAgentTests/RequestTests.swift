import Contracts
import Foundation
import HTTPTypes
import InstitutionKeys
import TestSupport
import Testing
import Values
import Web

@testable import CardAgent

@Suite("A request object")
struct RequestTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reason: AgentError
        let change: @Sendable (LoginRequestObject) -> LoginRequestObject

        init(
            _ name: String, _ reason: AgentError,
            _ change: @escaping @Sendable (LoginRequestObject) -> LoginRequestObject
        ) {
            testDescription = name
            self.reason = reason
            self.change = change
        }
    }

    static let attacker = "http://attacker.localhost:8080"
    static let cases: [Case] = [
        Case("an unknown party", .unknownParty) { $0.with(relyingParty: InstitutionID(literal: "nobody")) },
        Case("a party that may not ask", .unknownParty) { $0.with(relyingParty: TestKeys.gatewayID) },
        Case("another purpose", .unknownPurpose) { $0.with(purpose: "transfer") },
        Case("an empty purpose", .unknownPurpose) { $0.with(purpose: "") },
        Case("another origin", .otherOrigin) { $0.with(origin: attacker) },
        Case("its own origin in capitals", .otherOrigin) { $0.with(origin: $0.origin.uppercased()) },
        Case("a callback elsewhere", .otherOrigin) { $0.with(callback: attacker + "/login/callback") },
        Case("a callback at a longer host", .otherOrigin) { $0.with(callback: $0.origin + ".attacker.localhost/") },
        Case("a callback at a longer port", .otherOrigin) { $0.with(callback: $0.origin + "0/") },
        Case("a callback with a user name", .otherOrigin) { $0.with(callback: $0.origin + "@attacker.localhost/") },
        Case("a callback with a query", .otherOrigin) { $0.with(callback: $0.callback + "?a=b") },
        Case("a resumption elsewhere", .otherOrigin) { $0.with(resume: attacker + "/login/resume") },
        Case("a resumption with a query", .otherOrigin) { $0.with(resume: $0.resume + "?h=x&a=") },
        Case("a resumption with a fragment", .otherOrigin) { $0.with(resume: $0.resume + "#") },
        Case("a resumption with a line break", .otherOrigin) { $0.with(resume: $0.resume + "\r\nSet-Cookie: a=b") },
        Case("a resumption with a backslash", .otherOrigin) { $0.with(resume: $0.origin + "/\\attacker.example") },
        Case("another agent's port", .otherAgent) { $0.with(agentPort: $0.agentPort + 1) },
        Case("no agent's port", .otherAgent) { $0.with(agentPort: -1) },
        Case("no audience", .otherAudiences) { $0.with(audiences: []) },
        Case("one audience", .otherAudiences) { $0.with(audiences: [.portal]) },
        Case("audiences in another order", .otherAudiences) { $0.with(audiences: [.numberAuthority, .portal]) },
        Case("a third audience", .otherAudiences) { $0.with(audiences: $0.audiences + [TestKeys.gatewayID]) },
        Case("another audience", .otherAudiences) { $0.with(audiences: [.portal, TestKeys.gatewayID]) },
        Case("a short nonce", .malformedNonce) { $0.with(nonce: [1, 2, 3]) },
        Case("no nonce", .malformedNonce) { $0.with(nonce: []) },
        Case("one that has just expired", .expired) {
            $0.with(issuedAt: $0.issuedAt - .seconds(300), expiresAt: $0.issuedAt)
        },
        Case("one of the future", .expired) {
            $0.with(issuedAt: $0.issuedAt + .seconds(6), expiresAt: $0.issuedAt + .seconds(60))
        },
        Case("one that lives too long", .expired) { $0.with(expiresAt: $0.expiresAt + .seconds(1)) },
        Case("one that ends before it begins", .expired) { $0.with(expiresAt: $0.issuedAt - .seconds(1)) },
    ]

    @Test("with one thing wrong is not shown, and the page says why", arguments: cases)
    func refused(wrong: Case) async throws {
        var setting = TestScene.Setting()
        setting.change = wrong.change
        if wrong.testDescription == "a party that may not ask" { setting.signer = { $0.gateway } }
        try await expectRefusal(setting, wrong.reason)
    }

    private func expectRefusal(_ setting: TestScene.Setting, _ reason: AgentError) async throws {
        try await TestScene.run(setting) { scene in
            let answer = try await scene.browser.get(scene.loginPath)
            #expect(answer.status >= 400 && answer.location == nil)
            #expect(scene.log.lines.contains { $0.contains("login request refused reason=\(reason.rawValue)") })
            #expect(answer.text.contains(ProblemView(reason).page.title.ja) && !answer.text.contains("form_token"))
        }
    }

    @Test("signed by another institution of the nation is refused")
    func otherSigner() async throws {
        var setting = TestScene.Setting()
        setting.signer = { $0.gateway }
        try await expectRefusal(setting, .unknownParty)
    }

    @Test("signed by a key that nobody registered is refused")
    func unknownSigner() async throws {
        var setting = TestScene.Setting()
        setting.signer = { _ in InstitutionKeyPair() }
        try await expectRefusal(setting, .unknownParty)
    }

    struct Altered: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reason: AgentError
        let serve: @Sendable (SignedToken<LoginRequestObject>) -> TestPortal.Answer
    }

    private static func part(_ text: String) -> String { Array(text.utf8).base64URL }
    private static func jwt(_ body: String) -> TestPortal.Answer { .init(type: "application/jwt", body: body) }

    static let altered: [Altered] = [
        Altered(testDescription: "one byte of the payload changed", reason: .unknownParty) { token in
            let parts = token.compact.components(separatedBy: ".")
            let payload = String(decoding: (try? [UInt8](base64URL: parts[1])) ?? [], as: UTF8.self)
            let changed = part(payload.replacing("login/resume", with: "login/rezume"))
            return jwt([parts[0], changed, parts[2]].joined(separator: "."))
        },
        Altered(testDescription: "another type", reason: .notARequest) { token in
            let parts = token.compact.components(separatedBy: ".")
            return jwt([part("{\"alg\":\"none\",\"typ\":\"login-request+jwt\"}"), parts[1], ""].joined(separator: "."))
        },
        Altered(testDescription: "no signature", reason: .notARequest) { token in
            jwt(token.compact.components(separatedBy: ".").dropLast().joined(separator: "."))
        },
        Altered(testDescription: "nothing", reason: .notARequest) { _ in jwt("") },
        Altered(testDescription: "text", reason: .notARequest) { _ in jwt("hello") },
        Altered(testDescription: "a line more", reason: .notARequest) { jwt($0.compact + "\n") },
        Altered(testDescription: "another media type", reason: .notARequest) {
            .init(type: "text/html", body: $0.compact)
        },
        Altered(testDescription: "70,000 bytes", reason: .portalUnreachable) { _ in
            jwt(String(repeating: "a", count: 70_000))
        },
        Altered(testDescription: "a redirect", reason: .notARequest) {
            .init(status: .found, type: "application/jwt", body: $0.compact, location: "/login/request/other")
        },
        Altered(testDescription: "not found", reason: .loginOver) { _ in .init(status: .notFound, body: "{}") },
        Altered(testDescription: "used", reason: .loginOver) { _ in .init(status: .conflict, body: "{}") },
        Altered(testDescription: "gone", reason: .loginOver) { _ in .init(status: .gone, body: "{}") },
        Altered(testDescription: "a failure", reason: .portalUnreachable) { _ in
            .init(status: .serviceUnavailable, body: "{}")
        },
        Altered(testDescription: "a refusal", reason: .notARequest) { _ in .init(status: .forbidden, body: "{}") },
    ]

    @Test("that was altered, or is something else, is refused", arguments: altered)
    func alteredObject(altered: Altered) async throws {
        var setting = TestScene.Setting()
        setting.serve = altered.serve
        try await expectRefusal(setting, altered.reason)
    }

    @Test("is taken up to five seconds before it was issued and until it ends")
    func edges() async throws {
        var setting = TestScene.Setting()
        setting.change = { $0.with(issuedAt: $0.issuedAt + .seconds(5), expiresAt: $0.issuedAt + .seconds(305)) }
        try await TestScene.run(setting) { scene in
            let first = try await scene.open()
            scene.clock.advance(by: .seconds(305) - .microseconds(1))
            let last = try await scene.open()
            scene.clock.advance(by: .microseconds(1))
            let late = try await scene.open()
            #expect(first.status == 200 && last.status == 200)
            #expect(late.status == 410)
        }
    }

    @Test(
        "is not fetched for an address of another form",
        arguments: [
            "/login", "/login?portal=http%3A%2F%2Fportal.localhost", "/login?ref=\(TestPortal.reference)",
            "/login?portal=http%3A%2F%2Fportal.localhost&ref=..%2F..%2Fadmin",
            "/login?portal=http%3A%2F%2Fportal.localhost&ref=00112233445566778899AABBCCDDEEFF",
            "/login?portal=http%3A%2F%2Fportal.localhost&portal=http%3A%2F%2Fa.localhost&ref=\(TestPortal.reference)",
            "/login?portal=http%3A%2F%2Fportal.localhost%2Fpath&ref=\(TestPortal.reference)",
            "/login?portal=http%3A%2F%2Fa%40portal.localhost&ref=\(TestPortal.reference)",
        ])
    func malformedAddress(path: String) async throws {
        try await TestScene.run { scene in
            let answer = try await scene.browser.get(path)
            #expect(answer.status == 400)
            #expect(scene.portal.hosts.isEmpty)
        }
    }

    @Test(
        "is fetched from this machine, or by TLS from a name",
        arguments: [
            ("http://portal.localhost:8080", true), ("https://portal.localhost", true), ("http://localhost:1", true),
            ("https://portal.example", true), ("https://portal.example:8443", true), ("http://portal.example", false),
            ("http://127.0.0.1:8080", false), ("https://10.0.0.1", false), ("https://2130706433", false),
            ("https://intranet", false), ("http://notlocalhost", false), ("http://localhost.example", false),
            ("https://portal..example", false), ("http://.localhost", false), ("https://portal.example.", false),
            ("ftp://portal.localhost", false), ("", false),
        ])
    func origins(text: String, isAllowed: Bool) throws {
        #expect(((try? PortalAddress(text)) != nil) == isAllowed)
        if let address = try? PortalAddress(text) {
            #expect(address.resolved == (text.contains("localhost") ? [address.host: "127.0.0.1"] : [:]))
        }
    }
}
