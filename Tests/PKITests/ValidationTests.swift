import Foundation
import SwiftASN1
import Testing
import Values

@testable import JPKIValidation
@testable import PKI

@Suite struct ValidationTests {
    private func validate(
        _ certificate: ParsedCertificate, after: Duration = .zero, status: CertificateStatusEvidence?? = .none
    ) throws -> Result<ValidatedUserCertificate, ValidationReport> {
        let nation = try Nation.shared.get()
        let status = status ?? Self.anyStatus(certificate, around: nation.moment + after)
        return try nation.validator().validateAuthentication(
            certificate: UnverifiedUserCertificate(der: certificate.der), at: nation.moment + after, status: status)
    }

    /// A good status for any certificate at any time, so that the other checks are seen alone.
    private static func anyStatus(_ certificate: ParsedCertificate, around moment: Instant) -> CertificateStatusEvidence
    {
        CertificateStatusEvidence(certificate, .ocsp, .good, from: moment - .seconds(1), until: moment + .seconds(900))
    }

    @Test("a good certificate with a good status passes, with the evidence of every check")
    func passes() throws {
        let nation = try Nation.shared.get()
        let validated = try validate(nation.user, status: nation.status(of: nation.user.der)).get()
        #expect(validated.identity.issuerDER == nation.authenticationCA.certificate.subjectDER)
        #expect(validated.identity.serialHex == "12345678")
        #expect(validated.report.indication == .totalPassed)
        #expect(validated.report.subIndication == nil)
        #expect(
            validated.report.evidence.map(\.check) == [
                .algorithms, .trustAnchor, .anchorValidity, .notBefore, .notAfter, .criticalExtensions,
                .basicConstraints, .policy, .keyUsage, .extendedKeyUsage, .status, .statusForThisCertificate,
                .statusFreshness, .revocation,
            ])
    }

    @Test("validity is taken to the second at both ends")
    func validity() throws {
        let user = try Nation.shared.get().user
        let moment = try Nation.shared.get().moment
        let (first, last) = (Instant(date: user.notBefore) - moment, Instant(date: user.notAfter) - moment)
        #expect(throws: Never.self) { try validate(user, after: first).get() }
        #expect(throws: Never.self) { try validate(user, after: last).get() }
        #expect(throws: Never.self) { try validate(user, after: last + .microseconds(999_999)).get() }
        let early = try refusal(validate(user, after: first - .microseconds(1)))
        #expect(early.subIndication == .notYetValid && early.indication == .totalFailed)
        let late = try refusal(validate(user, after: last + .seconds(1)))
        #expect(late.subIndication == .expired && late.failedCheck == .notAfter)
    }

    @Test("a certificate of another CA with the same name is refused")
    func twin() throws {
        let nation = try Nation.shared.get()
        let twin = try Nation.authority(.userAuthentication, key: Keys.other.get(), now: nation.now)
        let user = try Nation.user(of: twin, key: Keys.other.get(), serial: 0x1234_5678, now: nation.now)
        let report = try refusal(validate(user))
        #expect(report.subIndication == .noCertificateChainFound && report.indication == .indeterminate)
    }

    @Test("of two generations of one CA the one that signed is chosen, whichever comes first")
    func generations() throws {
        let nation = try Nation.shared.get()
        let next = try Nation.authority(.userAuthentication, key: Keys.other.get(), now: nation.now)
        let user = try Nation.user(of: next, key: Keys.other.get(), serial: 7, now: nation.now)
        let anchors = [nation.authenticationCA.certificate.der, next.certificate.der]
        for order in [anchors, anchors.reversed()] {
            let validator = try JPKIValidator(
                trustAnchors: .init(userAuthentication: order),
                policies: .init(userAuthentication: [nation.names.authenticationPolicy]))
            for certificate in [user, nation.user] {
                let result = try validator.validateAuthentication(
                    certificate: UnverifiedUserCertificate(der: certificate.der), at: nation.moment,
                    status: Self.anyStatus(certificate, around: nation.moment))
                #expect(throws: Never.self) { try result.get() }
            }
        }
    }

    @Test("a certificate whose AKI names another key is refused, though the signature is right")
    func authorityKey() throws {
        let user = try Nation.shared.get().altered { content in
            content.extensions[6].value = ExtensionValues.authorityKey([UInt8](repeating: 1, count: 20))
        }
        #expect(try refusal(validate(user)).subIndication == .noCertificateChainFound)
    }

    @Test("a 署名用 certificate does not log in, nor a 利用者証明用 one sign")
    func otherPurpose() throws {
        let nation = try Nation.shared.get()
        #expect(try refusal(validate(nation.signer)).failedCheck == .trustAnchor)
        let validator = try nation.validator()
        let signing = try validator.validateSigning(
            certificate: UnverifiedUserCertificate(der: nation.signer.der), at: nation.moment,
            status: Self.anyStatus(nation.signer, around: nation.moment))
        #expect(throws: Never.self) { try signing.get() }
        let user = try validator.validateSigning(
            certificate: UnverifiedUserCertificate(der: nation.user.der), at: nation.moment,
            status: Self.anyStatus(nation.user, around: nation.moment))
        #expect(try refusal(user).failedCheck == .trustAnchor)
    }

    typealias Change = @Sendable (inout CertificateContent) throws -> Void

    static let faults: [(String, ValidationReport.Check, Change)] = [
        (
            "another policy", .policy,
            { $0.extensions[2].value = try ExtensionValues.policy("1.2.3", cps: "http://x.localhost") }
        ),
        ("no policy", .policy, { $0.extensions.remove(at: 2) }),
        ("a policy that is not critical", .policy, { $0.extensions[2].critical = false }),
        ("no key usage", .keyUsage, { $0.extensions.remove(at: 0) }),
        ("a key for encryption", .keyUsage, { $0.extensions[0].value = ExtensionValues.keyUsage([2]) }),
        ("no extended key usage", .extendedKeyUsage, { $0.extensions.remove(at: 1) }),
        (
            "serverAuth only", .extendedKeyUsage,
            { $0.extensions[1].value = try ExtensionValues.extendedKeyUsage([Identifier.serverAuth]) }
        ),
        (
            "any purpose", .extendedKeyUsage,
            { $0.extensions[1].value = try ExtensionValues.extendedKeyUsage([[2, 5, 29, 37, 0]]) }
        ),
        (
            "a CA", .basicConstraints,
            {
                $0.extensions.append(
                    .init(Identifier.basicConstraints, critical: true, value: ExtensionValues.authority))
            }
        ),
        (
            "basic constraints that cannot be read", .basicConstraints,
            { $0.extensions.append(.init(Identifier.basicConstraints, critical: true, value: [0x05, 0x00])) }
        ),
        (
            "an unknown critical extension", .criticalExtensions,
            { $0.extensions.append(.init([1, 2, 3, 4], critical: true, value: [0x05, 0x00])) }
        ),
        ("a P-256 key", .algorithms, { $0.publicKeyDER = try Keys.responder.get().publicKeyDER }),
        (
            "another issuer's name", .trustAnchor,
            { $0.issuerDER = try DirectoryName([.init(Identifier.commonName, "x")]).der() }
        ),
    ]

    @Test("a certificate with one fault is refused at the check about it", arguments: faults.indices)
    func refusesFault(index: Int) throws {
        let (name, check, change) = Self.faults[index]
        let report = try refusal(validate(Nation.shared.get().altered(change)))
        #expect(report.failedCheck == check, "\(name)")
        #expect(report.indication != .totalPassed)
    }

    @Test("an extra extension that is not critical does no harm")
    func harmless() throws {
        let user = try Nation.shared.get().altered {
            $0.extensions.append(.init([1, 2, 3, 4], critical: false, value: [5, 0]))
        }
        #expect(throws: Never.self) { try validate(user).get() }
    }

    @Test("a certificate signed with SHA-1 is refused")
    func sha1() throws {
        let nation = try Nation.shared.get()
        let sha256 = try DEREncoding.identifier(Identifier.sha256WithRSA)
        let sha1 = try DEREncoding.identifier([1, 2, 840, 113549, 1, 1, 5])
        var der = nation.user.der
        for start in der.indices where der[start...].starts(with: sha256) {
            der.replaceSubrange(start..<(start + sha256.count), with: sha1)
        }
        let report = try refusal(validate(ParsedCertificate(der: der)))
        #expect(report.failedCheck == .algorithms && report.subIndication == .cryptographicConstraintsFailure)
    }

    @Test("without a status nobody gets in")
    func noStatus() throws {
        let report = try refusal(validate(Nation.shared.get().user, status: .some(nil)))
        #expect(report.subIndication == .tryLater && report.failedCheck == .status)
    }

    @Test(
        "a revoked certificate is refused, and one that the responder does not know",
        arguments: RevocationReason.allCases)
    func revoked(reason: RevocationReason) throws {
        let nation = try Nation.shared.get()
        let status = try nation.status(of: nation.user.der, .revoked(at: nation.now, reason: reason))
        let report = try refusal(validate(nation.user, status: status))
        #expect(report.subIndication == .revoked && report.indication == .totalFailed)
        #expect(report.evidence.last?.detail.hasSuffix("reason \(reason.rawValue)") == true)
        let unknown = try refusal(validate(nation.user, status: nation.status(of: nation.user.der, .unknown)))
        #expect(unknown.failedCheck == .revocation && unknown.indication == .indeterminate)
    }

    @Test("another certificate's status does not count")
    func anotherStatus() throws {
        let nation = try Nation.shared.get()
        let other = try Nation.user(
            of: nation.authenticationCA, key: Keys.authentication.get(), serial: 99, now: nation.now)
        let report = try refusal(validate(nation.user, status: nation.status(of: other.der)))
        #expect(report.failedCheck == .statusForThisCertificate)
    }

    @Test("a status is used until its nextUpdate and the skew, to the second")
    func oldStatus() throws {
        let nation = try Nation.shared.get()
        let status = try nation.status(of: nation.user.der)
        #expect(throws: Never.self) { try validate(nation.user, after: .seconds(960), status: status).get() }
        let report = try refusal(validate(nation.user, after: .seconds(961), status: status))
        #expect(report.failedCheck == .statusFreshness && report.subIndication == .tryLater)
    }

    @Test("a list of the municipality is as good as an answer, another municipality's is not")
    func lists() throws {
        let nation = try Nation.shared.get()
        let validator = try nation.validator()
        let certificate = try UnverifiedUserCertificate(der: nation.user.der)
        func check(
            _ municipality: String, _ entries: [RevokedCertificate]
        ) throws
            -> Result<CertificateStatusEvidence, ValidationReport>
        {
            let scope = try MunicipalityScope(prefecture: "Kakuu-ken", municipality: municipality)
            let list = RevocationList(
                number: 1, thisUpdate: nation.now, nextUpdate: nation.now.addingTimeInterval(86400), entries: entries,
                scopeDER: try nation.names.scopeDER(.userAuthentication, scope))
            let der = try list.sign(issuer: nation.authenticationCA.certificate, with: Keys.authentication.get())
            return validator.checkStatus(revocationList: der, for: certificate, at: nation.moment)
        }
        let good = try check("Madoguchi-shi", []).get()
        #expect(throws: Never.self) { try validate(nation.user, status: good).get() }
        let entry = RevokedCertificate(serial: nation.user.serial, date: nation.now, reason: .keyCompromise)
        let revoked = try check("Madoguchi-shi", [entry]).get()
        #expect(try refusal(validate(nation.user, status: revoked)).subIndication == .revoked)
        let other = try refusal(check("Tonari-machi", []))
        #expect(other.evidence.last?.detail == StatusRefusal.anotherScope.rawValue)
    }

    @Test("a faulty answer says TRY_LATER and why; a request for a stranger's certificate is not made")
    func faultyAnswers() throws {
        let nation = try Nation.shared.get()
        let validator = try nation.validator()
        let request = try validator.makeStatusRequest(for: UnverifiedUserCertificate(der: nation.user.der)).get()
        let second = try validator.makeStatusRequest(for: UnverifiedUserCertificate(der: nation.user.der)).get()
        let cases: [([UInt8], StatusRefusal)] = [
            ([], .malformed), (OCSPErrorStatus.tryLater.der, .responderError),
            (try nation.answer(second.der), .nonceMismatch),
            (try nation.answer(request.der, from: -2000, until: -61), .stale),
        ]
        for (response, expected) in cases {
            let report = try refusal(
                validator.checkStatus(response: response, context: request.context, at: nation.moment))
            #expect(report.subIndication == .tryLater && report.evidence.last?.detail == expected.rawValue)
        }
        let twin = try Nation.authority(.userAuthentication, key: Keys.other.get(), now: nation.now)
        let stranger = try Nation.user(of: twin, key: Keys.other.get(), serial: 3, now: nation.now)
        let made = try validator.makeStatusRequest(for: UnverifiedUserCertificate(der: stranger.der))
        #expect(try refusal(made).subIndication == .noCertificateChainFound)
    }

    @Test("a leaf, a P-256 CA, nothing and a long skew do not make a validator")
    func configuration() throws {
        let nation = try Nation.shared.get()
        let policies = JPKIValidator.Policies(userAuthentication: ["1.2.3"])
        let institutions = try InstitutionCATests.authority(now: nation.now).certificate.der
        for anchors in [[], [nation.user.der], [institutions], [[]], [[0x30]]] {
            #expect(throws: JPKIValidationError.self) {
                try JPKIValidator(trustAnchors: .init(userAuthentication: anchors), policies: policies)
            }
        }
        let good = [nation.authenticationCA.certificate.der]
        #expect(throws: JPKIValidationError.self) {
            try JPKIValidator(trustAnchors: .init(userAuthentication: good), policies: .init(userAuthentication: []))
        }
        for skew in [Duration.seconds(301), .seconds(-1)] {
            #expect(throws: JPKIValidationError.self) {
                try JPKIValidator(trustAnchors: .init(userAuthentication: good), policies: policies, clockSkew: skew)
            }
        }
    }

    @Test("the municipality is read from a 利用者証明用 name and from no other")
    func municipality() throws {
        let nation = try Nation.shared.get()
        #expect(try UnverifiedUserCertificate(der: nation.user.der).claimedMunicipality == "99001")
        #expect(try UnverifiedUserCertificate(der: nation.signer.der).claimedMunicipality == nil)
        let odd = try nation.altered { $0.subject.parts[1] = .init(Identifier.commonName, "0123456789ABCD9900x001A") }
        #expect(try UnverifiedUserCertificate(der: odd.der).claimedMunicipality == nil)
    }

    @Test("an expired CA vouches for nobody")
    func expiredAuthority() throws {
        let nation = try Nation.shared.get()
        let after = Instant(date: nation.authenticationCA.certificate.notAfter) - nation.moment + .seconds(1)
        #expect(try refusal(validate(nation.user, after: after)).failedCheck == .anchorValidity)
    }
}
