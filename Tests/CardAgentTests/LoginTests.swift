import CardChip
import Contracts
import Crypto
import CryptoExtras
import Foundation
import HTTPTypes
import InstitutionKeys
import JPKIValidation
import TestSupport
import Testing
import Values
import Web

@testable import CardAgent

@Suite("A login with the card")
struct LoginTests {
    @Test("gives the relying party one signature per audience, under one PIN, by the card's key")
    func twoSignatures() async throws {
        try await TestScene.run { scene in
            let page = try await scene.openPinPage()
            scene.clock.advance(by: .seconds(7))
            let answer = try await scene.type(TestCards.pin, on: page)
            #expect(answer.status == 303)
            #expect(answer.location == "\(scene.portalOrigin)/login/resume?h=\(TestPortal.handle)")
            let callback = try #require(scene.portal.callbacks.first)
            #expect(try scene.portal.callbacks.count == 1)
            #expect(callback.reference == TestPortal.reference)
            #expect(callback.evidence.map(\.challenge.audience) == ["portal", "number-authority"])
            for evidence in callback.evidence { try check(evidence, scene.portalOrigin) }
            #expect(try scene.triesLeft() == 3)
        }
    }

    private func check(_ evidence: LoginEvidence, _ origin: String) throws {
        let challenge = evidence.challenge
        #expect(challenge.relyingParty == "portal" && challenge.purpose == "login" && challenge.origin == origin)
        #expect(challenge.nonce == TestPortal.nonce)
        #expect(challenge.time == TestScene.now + .seconds(7))
        let spki = try #require(TestCards.adult.get().publicKeyInfo(for: .authentication))
        let key = try _RSA.Signing.PublicKey(derRepresentation: spki)
        let signature = _RSA.Signing.RSASignature(rawRepresentation: Data(evidence.signature))
        let digest = SHA256.hash(data: challenge.bytes)
        #expect(key.isValidSignature(signature, for: digest, padding: .insecurePKCS1v1_5))
        let other = SHA256.hash(data: challenge.bytes + [0])
        #expect(!key.isValidSignature(signature, for: other, padding: .insecurePKCS1v1_5))
    }

    @Test("the page says who asks, by the registered names, at which address, and why")
    func whoAsks() async throws {
        try await TestScene.run { scene in
            let page = try await scene.open()
            #expect(page.status == 200)
            #expect(page.text.contains("見本ポータルへのログイン") && page.text.contains(scene.portalOrigin))
            #expect(page.text.contains("本人であることの確認") && page.text.contains("あと3回まで"))
            let english = try await scene.browser.get(page.path + "?lang=en")
            #expect(english.text.contains("Log in to Sample portal") && english.text.contains("3 tries"))
            let pinPage = try await scene.browser.follow(
                scene.browser.submit(
                    Shown(
                        path: page.path + "?lang=en", status: 200, headers: english.headers, text: english.text),
                    ["card": TestScene.card]))
            #expect(pinPage.text.contains("<html lang=\"en\">") && pinPage.text.contains("Enter the PIN"))
            let host = scene.portalOrigin.dropFirst("http://".count)
            #expect(scene.portal.hosts == [String(host)])
        }
    }

    @Test("nothing of the login stands in the log")
    func log() async throws {
        try await TestScene.run { scene in
            let page = try await scene.openPinPage()
            let again = try await scene.browser.follow(scene.type("8642", on: page))
            _ = try await scene.type(TestCards.pin, on: again)
            let lines = scene.log.lines.joined(separator: "\n")
            #expect(lines.contains("login request answered") && lines.contains("PIN refused"))
            let secrets = ["pin=", "8642", TestPortal.reference, TestPortal.handle, "portal.localhost", TestScene.card]
            for secret in secrets {
                #expect(!lines.contains(secret), "\(secret)")
            }
            let page2 = again.text
            #expect(!page2.contains("8642") && !page2.contains(TestPortal.reference))
        }
    }

    @Test("the PIN page lets its form lead to the relying party, and the other pages to nowhere")
    func formTargets() async throws {
        try await TestScene.run { scene in
            let first = try await scene.open()
            #expect(first.header("Content-Security-Policy")?.contains("form-action 'self';") == true)
            let second = try await scene.choose(on: first)
            let policy = try #require(second.header("Content-Security-Policy"))
            #expect(policy.contains("form-action 'self' \(scene.portalOrigin);"))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(second.text.contains("type=\"password\"") && second.text.contains("inputmode=\"numeric\""))
            #expect(second.text.contains("autocomplete=\"off\""))
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let answer: TestPortal.Answer
        let reason: AgentError
        var testDescription: String { "\(answer.status.code) \(answer.body.prefix(20)) is \(reason)" }

        init(_ code: Int, body: String = "{}", type: String = "application/json", _ reason: AgentError) {
            answer = TestPortal.Answer(
                status: .init(code: code), type: type, body: body,
                location: code == 307 ? "http://portal.localhost:1/" : nil)
            self.reason = reason
        }
    }

    @Test(
        "a relying party that does not take the answer gets a page in words, and no second try of the PIN",
        arguments: [
            Refusal(403, .evidenceRefused), Refusal(422, .evidenceRefused), Refusal(404, .loginOver),
            Refusal(409, .loginOver), Refusal(410, .loginOver), Refusal(500, .callbackFailed),
            Refusal(503, .callbackFailed), Refusal(307, .callbackFailed), Refusal(200, body: "{}", .callbackFailed),
            Refusal(200, body: "{\"handle\":\"\"}", .callbackFailed),
            Refusal(200, body: "{\"handle\":\"a&b=c\"}", .callbackFailed),
            Refusal(200, body: "{\"handle\":\"a\\r\\nSet-Cookie: a=b\"}", .callbackFailed),
            Refusal(200, body: "{\"handle\":\"\(String(repeating: "A", count: 132))\"}", .callbackFailed),
            Refusal(200, body: "{\"handle\":\"QUJD\"}", type: "text/html", .callbackFailed),
            Refusal(200, body: String(repeating: " ", count: 70_000) + "{\"handle\":\"QUJD\"}", .callbackFailed),
        ])
    func callbackFailures(refusal: Refusal) async throws {
        var setting = TestScene.Setting()
        setting.callback = refusal.answer
        try await TestScene.run(setting) { scene in
            let page = try await scene.openPinPage()
            let answer = try await scene.type(TestCards.pin, on: page)
            #expect(answer.location == nil)
            #expect(answer.text.contains(ProblemView(refusal.reason).page.title.ja))
            #expect(scene.portal.posted.count == 1)
            let again = try await scene.type(TestCards.pin, on: page)
            #expect(again.text.contains(ProblemView(refusal.reason).page.title.ja))
            #expect(scene.portal.posted.count == 1)
        }
    }
}
