import Foundation
import Testing
import Values

@testable import JPKIValidation
@testable import PKI

@Suite struct LoginTests {
    static let nonce = [UInt8](repeating: 5, count: 32)

    static func challenge(
        audience: String = "portal", relyingParty: String = "rp-1", origin: String = "https://portal.localhost",
        purpose: String = "login", nonce: [UInt8] = nonce, after: Duration = .zero
    ) throws -> LoginChallenge {
        try LoginChallenge(
            audience: audience, relyingParty: relyingParty, origin: origin, purpose: purpose, nonce: nonce,
            time: Nation.shared.get().moment + after)
    }

    static func evidence(_ challenge: LoginChallenge, key: CAKey? = nil) throws -> LoginEvidence {
        let signature = try (key ?? Keys.user.get()).sign(challenge.bytes)
        return try LoginEvidence(
            challenge: challenge, signature: signature,
            certificate: UnverifiedUserCertificate(der: Nation.shared.get().user.der))
    }

    static let expectation = LoginExpectation(
        audience: "portal", relyingParty: "rp-1", origin: "https://portal.localhost", purpose: "login", nonce: nonce)

    private func verify(
        _ evidence: LoginEvidence, expecting: LoginExpectation = expectation, revoked: Bool = false,
        after: Duration = .zero
    ) throws -> Result<VerifiedLogin, ValidationReport> {
        let nation = try Nation.shared.get()
        let status = try nation.status(
            of: evidence.certificate.der, revoked ? .revoked(at: nation.now, reason: nil) : .good)
        return try nation.validator().verify(evidence, expecting: expecting, status: status, at: nation.moment + after)
    }

    @Test("a good login is verified and names issuer and serial")
    func good() throws {
        let nation = try Nation.shared.get()
        let login = try verify(Self.evidence(Self.challenge())).get()
        #expect(login.identity == CertificateIdentity(nation.user))
        #expect(login.report.indication == .totalPassed)
        #expect(login.report.evidence.first?.check == .audience && login.report.evidence.last?.check == .signature)
        #expect(login.challenge.nonce == Self.nonce)
    }

    @Test("the bytes are seven fields, each after its length as 32 bits big-endian")
    func layout() throws {
        let challenge = try LoginChallenge(
            audience: "a", relyingParty: "bc", origin: "def", purpose: "窓",
            nonce: [UInt8](0..<32), time: Instant(microseconds: 0x0102_0304_0506))
        let expected: [UInt8] =
            [0, 0, 0, 18] + Array("madoguchi-login-v1".utf8) + [0, 0, 0, 1] + Array("a".utf8)
            + [0, 0, 0, 2] + Array("bc".utf8) + [0, 0, 0, 3] + Array("def".utf8)
            + [0, 0, 0, 3] + [0xE7, 0xAA, 0x93] + [0, 0, 0, 32] + [UInt8](0..<32)
            + [0, 0, 0, 8] + [0, 0, 1, 2, 3, 4, 5, 6]
        #expect(challenge.bytes == expected)
    }

    static let otherFields: [(ValidationReport.Check, @Sendable () throws -> LoginChallenge)] = [
        (.audience, { try challenge(audience: "number-authority") }),
        (.relyingParty, { try challenge(relyingParty: "rp-2") }),
        (.origin, { try challenge(origin: "https://portal.localhost.example") }),
        (.purpose, { try challenge(purpose: "transfer") }),
        (.nonce, { try challenge(nonce: [UInt8](repeating: 6, count: 32)) }),
        (.challengeNotFromFuture, { try challenge(after: .seconds(61)) }),
        (.challengeAge, { try challenge(after: .seconds(-300)) }),
        // The same letters in another Unicode spelling are other octets.
        (.purpose, { try challenge(purpose: "lo\u{67}in\u{301}") }),
    ]

    @Test(
        "a challenge for another audience, party, origin or purpose, old or from the future is refused",
        arguments: otherFields.indices)
    func otherChallenge(index: Int) throws {
        let (check, challenge) = Self.otherFields[index]
        let report = try refusal(verify(Self.evidence(challenge())))
        #expect(report.failedCheck == check && report.subIndication == .signatureConstraintsFailure)
    }

    @Test("equal letters in two Unicode spellings are two origins")
    func spelling() throws {
        let composed = LoginExpectation(
            audience: "portal", relyingParty: "rp-1", origin: "https://portal.localhost", purpose: "caf\u{E9}",
            nonce: Self.nonce)
        let decomposed = try Self.challenge(purpose: "cafe\u{301}")
        #expect(try refusal(verify(Self.evidence(decomposed), expecting: composed)).failedCheck == .purpose)
    }

    @Test("a challenge is good for just under five minutes")
    func age() throws {
        let evidence = try Self.evidence(Self.challenge())
        #expect(throws: Never.self) { try verify(evidence, after: .seconds(300) - .microseconds(1)).get() }
        #expect(try refusal(verify(evidence, after: .seconds(300))).failedCheck == .challengeAge)
        #expect(throws: Never.self) { try verify(Self.evidence(Self.challenge(after: .seconds(60)))).get() }
    }

    @Test("what was signed for one audience does not convince another: the signature covers every field")
    func replacedFields() throws {
        let signed = try Self.evidence(Self.challenge())
        let others = [
            try Self.challenge(audience: "number-authority"), try Self.challenge(relyingParty: "rp-2"),
            try Self.challenge(origin: "https://other.localhost"), try Self.challenge(purpose: "other"),
            try Self.challenge(nonce: [UInt8](repeating: 6, count: 32)), try Self.challenge(after: .microseconds(1)),
        ]
        for other in others {
            let evidence = try LoginEvidence(
                challenge: other, signature: signed.signature, certificate: signed.certificate)
            let expected = LoginExpectation(
                audience: other.audience, relyingParty: other.relyingParty, origin: other.origin,
                purpose: other.purpose,
                nonce: nil)
            let report = try refusal(verify(evidence, expecting: expected))
            #expect(report.failedCheck == .signature && report.subIndication == .signatureCryptographicFailure)
        }
    }

    @Test("moving a field's boundary changes the bytes")
    func boundaries() throws {
        let spellings = try [
            Self.challenge(audience: "portal", relyingParty: "rp-1"),
            Self.challenge(audience: "portalr", relyingParty: "p-1"),
            Self.challenge(audience: "porta", relyingParty: "lrp-1"),
            Self.challenge(relyingParty: "rp-1https://", origin: "portal.localhost"),
            Self.challenge(origin: "https://portal.localhostlog", purpose: "in"),
        ].map(\.bytes)
        #expect(Set(spellings).count == spellings.count)
        // Without the lengths the five would be one.
        #expect(Set(spellings.map(\.count)).count == 1)
    }

    @Test("another key's signature is refused, and a revoked card")
    func keyAndStatus() throws {
        let forged = try Self.evidence(Self.challenge(), key: Keys.other.get())
        #expect(try refusal(verify(forged)).subIndication == .signatureCryptographicFailure)
        let report = try refusal(verify(Self.evidence(Self.challenge()), revoked: true))
        #expect(report.subIndication == .revoked)
        #expect(report.evidence.first?.check == .audience)
        let nation = try Nation.shared.get()
        let unknown = try nation.validator().verify(
            Self.evidence(Self.challenge()), expecting: Self.expectation, status: nil, at: nation.moment)
        #expect(try refusal(unknown).failedCheck == .status)
    }

    @Test("a nonce that another gave out is left to the caller and handed on")
    func foreignNonce() throws {
        let expectation = LoginExpectation(
            audience: "portal", relyingParty: "rp-1", origin: "https://portal.localhost", purpose: "login", nonce: nil)
        let nonce = [UInt8](repeating: 6, count: 32)
        let login = try verify(Self.evidence(Self.challenge(nonce: nonce)), expecting: expectation).get()
        #expect(login.challenge.nonce == nonce)
    }

    @Test("fields that are empty or too long, and a nonce of another length, make no challenge")
    func challengeLimits() {
        let long = String(repeating: "a", count: 1025)
        for text in ["", long] {
            #expect(throws: JPKIValidationError.self) { try Self.challenge(audience: text) }
            #expect(throws: JPKIValidationError.self) { try Self.challenge(relyingParty: text) }
            #expect(throws: JPKIValidationError.self) { try Self.challenge(origin: text) }
            #expect(throws: JPKIValidationError.self) { try Self.challenge(purpose: text) }
        }
        for count in [0, 31, 33] {
            #expect(throws: JPKIValidationError.self) { try Self.challenge(nonce: [UInt8](repeating: 1, count: count)) }
        }
    }

    @Test("evidence comes back from JSON and does not show itself")
    func json() throws {
        let evidence = try Self.evidence(Self.challenge())
        let data = try JSONEncoder().encode(evidence)
        #expect(try JSONDecoder().decode(LoginEvidence.self, from: data) == evidence)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains("\"nonce\":\"BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU\""))
        #expect("\(evidence)" == "LoginEvidence(redacted)")
    }

    @Test("JSON with a field missing, padded, too short or of another kind is refused")
    func badJSON() throws {
        let good = try JSONEncoder().encode(Self.evidence(Self.challenge()))
        let fields = try #require(try JSONSerialization.jsonObject(with: good) as? [String: Any])
        var bad: [[String: Any]] = fields.keys.map { key in fields.filter { $0.key != key } }
        for (key, value) in [
            ("nonce", "BQUF"), ("nonce", "BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU="), ("signature", "AA"),
            ("certificate", "MAA"),
            ("certificate", ""), ("audience", ""), ("time", "now"), ("time", 1e300),
        ] as [(String, Any)] {
            bad.append(fields.merging([key: value]) { $1 })
        }
        for item in bad {
            let data = try JSONSerialization.data(withJSONObject: item)
            #expect(throws: (any Error).self) { try JSONDecoder().decode(LoginEvidence.self, from: data) }
        }
        #expect(bad.count == 16)
    }
}
