public import Values

/// What the verifying institution itself knows about a login that it is to accept.
public struct LoginExpectation: Sendable, Hashable {
    /// This institution's own name as audience.
    public let audience: String
    /// The relying party at which the login began.
    public let relyingParty: String
    /// The relying party's web origin.
    public let origin: String
    /// What the login is for.
    public let purpose: String
    /// The nonce that this institution gave out. `nil` only where another gave it out: then the caller must itself
    /// see to it that the nonce of the verified login is used once.
    public let nonce: [UInt8]?

    /// Takes the five values as they must stand in the challenge, octet by octet.
    public init(audience: String, relyingParty: String, origin: String, purpose: String, nonce: [UInt8]?) {
        self.audience = audience
        self.relyingParty = relyingParty
        self.origin = origin
        self.purpose = purpose
        self.nonce = nonce
    }
}

/// A login that was found good. Made only by `JPKIValidator.verify`.
public struct VerifiedLogin: Sendable, Hashable {
    /// The validated certificate; its identity is issuer and serial.
    public let certificate: ValidatedUserCertificate
    /// What was signed.
    public let challenge: LoginChallenge
    /// Everything that was checked.
    public let report: ValidationReport

    /// Issuer (DER) and serial of the certificate.
    public var identity: CertificateIdentity { certificate.identity }

    fileprivate init(_ certificate: ValidatedUserCertificate, _ challenge: LoginChallenge, _ report: ValidationReport) {
        self.certificate = certificate
        self.challenge = challenge
        self.report = report
    }
}

extension VerifiedLogin: Redacting {}

extension JPKIValidator {
    /// Verifies a login: the challenge is the expected one and younger than `maxAge`, the certificate is good now, and
    /// its key signed the challenge.
    ///
    /// It says nothing about repetition: the caller uses up the nonce in the transaction of its effect.
    public func verify(
        _ evidence: LoginEvidence, expecting expected: LoginExpectation, status: CertificateStatusEvidence?,
        at moment: Instant, maxAge: Duration = .seconds(300)
    ) -> Result<VerifiedLogin, ValidationReport> {
        examined { () throws(ValidationReport) in
            var examination = Examination()
            try examineChallenge(evidence.challenge, expected, at: moment, maxAge: maxAge, &examination)
            let certificate: ValidatedUserCertificate
            switch validateAuthentication(certificate: evidence.certificate, at: moment, status: status) {
            case .success(let validated): certificate = validated
            case .failure(let report): throw examination.joined(report)
            }
            examination.append(certificate.report)
            try examination.require(
                certificate.isValidSignature(evidence.signature, of: evidence.challenge.bytes), .signature,
                otherwise: .signatureCryptographicFailure)
            return VerifiedLogin(certificate, evidence.challenge, examination.passed)
        }
    }

    private func examineChallenge(
        _ challenge: LoginChallenge, _ expected: LoginExpectation, at moment: Instant, maxAge: Duration,
        _ examination: inout Examination
    ) throws(ValidationReport) {
        let fields: [(Bool, ValidationReport.Check)] = [
            (Self.same(challenge.audience, expected.audience), .audience),
            (Self.same(challenge.relyingParty, expected.relyingParty), .relyingParty),
            (Self.same(challenge.origin, expected.origin), .origin),
            (Self.same(challenge.purpose, expected.purpose), .purpose),
            (challenge.nonce == expected.nonce ?? challenge.nonce, .nonce),
            (challenge.time <= moment + skew, .challengeNotFromFuture),
            (moment - challenge.time < maxAge, .challengeAge),
        ]
        for (passed, check) in fields {
            try examination.require(passed, check, otherwise: .signatureConstraintsFailure)
        }
    }

    /// Equality of octets: Swift's own would take two Unicode spellings of a text for one.
    private static func same(_ left: String, _ right: String) -> Bool { Array(left.utf8) == Array(right.utf8) }
}

extension Examination {
    /// The failed report of a part, with what was found before it.
    func joined(_ report: ValidationReport) -> ValidationReport {
        ValidationReport(failed: report.subIndication ?? .formatFailure, evidence: evidence + report.evidence)
    }
}
