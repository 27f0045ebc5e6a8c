import Foundation
import PKI
public import Values

/// Validates user certificates and logins for a relying party (利用者証明検証者, 署名検証者).
///
/// The hierarchy has one tier: a self-signed CA and its end entities. Names are compared by their bytes.
/// Time is always a parameter; nothing is fetched: the caller carries OCSP messages and CRLs.
public struct JPKIValidator: Sendable {
    /// The CA certificates (DER) that are trusted, of all generations, by what their certificates are for.
    public struct TrustAnchors: Sendable {
        /// CAs of 利用者証明用電子証明書.
        public var userAuthentication: [[UInt8]]
        /// CAs of 署名用電子証明書.
        public var digitalSignature: [[UInt8]]

        /// Takes DER certificates, which `JPKIValidator` checks.
        public init(userAuthentication: [[UInt8]], digitalSignature: [[UInt8]] = []) {
            self.userAuthentication = userAuthentication
            self.digitalSignature = digitalSignature
        }
    }

    /// The certificate policies (dotted) that are accepted.
    public struct Policies: Sendable, Hashable {
        /// For 利用者証明用電子証明書.
        public var userAuthentication: Set<String>
        /// For 署名用電子証明書.
        public var digitalSignature: Set<String>

        /// Takes dotted object identifiers.
        public init(userAuthentication: Set<String>, digitalSignature: Set<String> = []) {
            self.userAuthentication = userAuthentication
            self.digitalSignature = digitalSignature
        }

        /// The real card's policies (facts: jpki §7).
        public static let japan = Policies(
            userAuthentication: ["1.2.392.200149.8.5.1.3.30"], digitalSignature: ["1.2.392.200149.8.5.1.1.20"])

        func accepted(for use: Use) -> Set<String> {
            use == .authentication ? userAuthentication : digitalSignature
        }
    }

    /// What a certificate is to be used for.
    enum Use: Sendable {
        case authentication
        case signing
    }

    let anchors: [Anchor]
    let policies: Policies
    let skew: Duration

    /// Throws `unusableTrustAnchor` or `unusableConfiguration`. `clockSkew` (0 to 5 minutes) is the tolerance for
    /// times of OCSP answers, CRLs and challenges; a certificate's validity is taken to the second without it.
    public init(
        trustAnchors: TrustAnchors, policies: Policies, clockSkew: Duration = .seconds(60)
    ) throws(JPKIValidationError) {
        var anchors: [Anchor] = []
        for der in trustAnchors.userAuthentication { anchors.append(try Anchor(der, .authentication)) }
        for der in trustAnchors.digitalSignature { anchors.append(try Anchor(der, .signing)) }
        guard !anchors.isEmpty, !policies.userAuthentication.isEmpty || !policies.digitalSignature.isEmpty,
            clockSkew >= .zero, clockSkew <= .seconds(300)
        else { throw JPKIValidationError(.unusableConfiguration, "no anchor, no policy, or a skew over 5 minutes") }
        self.anchors = anchors
        self.policies = policies
        self.skew = clockSkew
    }

    /// Validates a 利用者証明用電子証明書 at a moment. `status` comes from `checkStatus`; without it the answer is
    /// INDETERMINATE, TRY_LATER.
    public func validateAuthentication(
        certificate: UnverifiedUserCertificate, at moment: Instant, status: CertificateStatusEvidence?
    ) -> Result<ValidatedUserCertificate, ValidationReport> {
        validate(certificate, for: .authentication, at: moment, status: status)
    }

    /// Validates a 署名用電子証明書 at a moment, in the same way; its key must be for digitalSignature and nonRepudiation.
    public func validateSigning(
        certificate: UnverifiedUserCertificate, at moment: Instant, status: CertificateStatusEvidence?
    ) -> Result<ValidatedUserCertificate, ValidationReport> {
        validate(certificate, for: .signing, at: moment, status: status)
    }

    private func validate(
        _ certificate: UnverifiedUserCertificate, for use: Use, at moment: Instant, status: CertificateStatusEvidence?
    ) -> Result<ValidatedUserCertificate, ValidationReport> {
        examined { () throws(ValidationReport) in
            var examination = Examination()
            try examinePath(certificate.parsed, for: use, at: moment, &examination)
            try examineStatus(status, of: certificate.parsed, at: moment, &examination)
            return ValidatedUserCertificate(certificate.parsed, at: moment, report: examination.passed)
        }
    }
}

/// A trusted CA and what its certificates are for.
struct Anchor: Sendable {
    let certificate: ParsedCertificate
    let use: JPKIValidator.Use
    let keyIdentifier: [UInt8]

    init(_ der: [UInt8], _ use: JPKIValidator.Use) throws(JPKIValidationError) {
        guard let certificate = try? ParsedCertificate(der: der), certificate.isSigned(by: certificate),
            certificate.isAuthority, certificate.mayUseKey(for: .keyCertSign), certificate.mayUseKey(for: .cRLSign),
            let (_, algorithm) = try? PublicKeys.read(certificate.publicKeyDER), algorithm == .rsa2048,
            let identifier = try? PublicKeys.identifier(certificate.publicKeyDER)
        else { throw JPKIValidationError(.unusableTrustAnchor, "not a self-signed RSA-2048 CA certificate") }
        self.certificate = certificate
        self.use = use
        keyIdentifier = identifier
    }
}
