import Foundation
import JPKIValidation
import PKI
import Testing
import Values

/// The example of the room's README, compiled and run.
@Suite struct ReadmeTests {
    private func example(
        authorities: [[UInt8]], policy: String, body: Data, nonce: [UInt8], now: Instant,
        post: ([UInt8]) async throws -> [UInt8]
    ) async throws -> String {
        let validator = try JPKIValidator(
            trustAnchors: .init(userAuthentication: authorities), policies: .init(userAuthentication: [policy]))

        // The evidence that the card agent posted, as JSON.
        let evidence = try JSONDecoder().decode(LoginEvidence.self, from: body)

        // Ask the OCSP responder; `post` is the caller's transport.
        let request = try validator.makeStatusRequest(for: evidence.certificate).get()
        let response = try await post(request.der)
        let status = try validator.checkStatus(response: response, context: request.context, at: now).get()

        let expected = LoginExpectation(
            audience: "portal", relyingParty: "rp-1", origin: "https://portal.localhost", purpose: "login", nonce: nonce
        )
        switch validator.verify(evidence, expecting: expected, status: status, at: now) {
        case .success(let login): return login.identity.serialHex
        case .failure(let report): throw report
        }
    }

    @Test("the README's example verifies a login")
    func readme() async throws {
        let nation = try Nation.shared.get()
        let body = try JSONEncoder().encode(LoginTests.evidence(LoginTests.challenge()))
        let serial = try await example(
            authorities: [nation.authenticationCA.certificate.der], policy: nation.names.authenticationPolicy,
            body: body,
            nonce: LoginTests.nonce, now: nation.moment
        ) { try nation.answer($0) }
        #expect(serial == "12345678")
    }

    @Test("the README shows the code that is tested here")
    func sameText() throws {
        let here = URL(filePath: #filePath)
        let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let readme = try String(
            contentsOf: root.appending(path: "Sources/Trust/JPKIValidation/README.md"), encoding: .utf8)
        let test = try String(contentsOf: here, encoding: .utf8)
        let snippet = try #require(readme.components(separatedBy: "```swift\n").dropFirst().first)
        let code = try #require(snippet.components(separatedBy: "```").first)
        #expect(code.count > 500)
        #expect(Self.withoutSpaces(test).contains(Self.withoutSpaces(code)))
    }

    private static func withoutSpaces(_ text: String) -> String { text.filter { !$0.isWhitespace } }
}
