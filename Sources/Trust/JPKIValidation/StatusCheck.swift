import Foundation
import PKI
public import Values

extension JPKIValidator {
    /// Makes an OCSP request about a certificate whose issuer is trusted; the caller carries it to the responder.
    ///
    /// Fails with NO_CERTIFICATE_CHAIN_FOUND when no trust anchor issued the certificate.
    public func makeStatusRequest(
        for certificate: UnverifiedUserCertificate, nonce: [UInt8] = StatusRequest.randomNonce()
    ) -> Result<StatusRequest, ValidationReport> {
        examined { () throws(ValidationReport) in
            var examination = Examination()
            let issuer = try issuer(of: certificate, &examination)
            guard let id = try? OCSPCertificateID(issuer: issuer, serial: certificate.parsed.serial),
                let der = try? OCSPRequest(certificateIDs: [id], nonce: nonce).der()
            else { throw examination.fail(.status, "no request can be made", .formatFailure) }
            let context = StatusRequest.Context(
                certificate: certificate.parsed, issuer: issuer, id: id, nonce: nonce)
            return StatusRequest(der: der, context: context)
        }
    }

    /// Checks the responder's answer (DER) to a request of `makeStatusRequest`.
    ///
    /// Any fault in it fails with TRY_LATER and the reason in the evidence: nothing is known then, and nobody gets in.
    public func checkStatus(
        response: [UInt8], context: StatusRequest.Context, at moment: Instant
    ) -> Result<CertificateStatusEvidence, ValidationReport> {
        let answer = OCSPResponse.read(response).flatMap {
            $0.verify(
                id: context.id, nonce: context.nonce, issuer: context.issuer, at: moment.date, skew: skewSeconds)
        }
        return answer.mapError(Self.report).flatMap { answer in
            guard let next = answer.nextUpdate else { return .failure(Self.report(.stale)) }
            return .success(
                CertificateStatusEvidence(
                    context.certificate, .ocsp, answer.status, from: Instant(date: answer.thisUpdate),
                    until: Instant(date: next)))
        }
    }

    /// Checks the status in a CRL (DER) of the certificate's municipality, or of the whole CA.
    public func checkStatus(
        revocationList: [UInt8], for certificate: UnverifiedUserCertificate, at moment: Instant
    ) -> Result<CertificateStatusEvidence, ValidationReport> {
        var examination = Examination()
        let issuer: ParsedCertificate
        do {
            issuer = try self.issuer(of: certificate, &examination)
        } catch {
            return .failure(error)
        }
        let list = RevocationList.verify(revocationList, issuer: issuer, at: moment.date, skew: skewSeconds)
        return list.flatMap { list in
            list.status(of: certificate.parsed).map { status in
                CertificateStatusEvidence(
                    certificate.parsed, .revocationList, status, from: Instant(date: list.thisUpdate),
                    until: Instant(date: list.nextUpdate))
            }
        }.mapError(Self.report)
    }

    /// Requires evidence that is about this certificate, current, and good.
    func examineStatus(
        _ status: CertificateStatusEvidence?, of leaf: ParsedCertificate, at moment: Instant,
        _ examination: inout Examination
    ) throws(ValidationReport) {
        guard let status else { throw examination.fail(.status, "not known", .tryLater) }
        try examination.require(true, .status, status.source.rawValue, otherwise: .tryLater)
        try examination.require(
            status.certificateDER == leaf.der, .statusForThisCertificate, otherwise: .tryLater)
        let window = "\(status.thisUpdate.rfc3339) to \(status.nextUpdate.rfc3339)"
        try examination.require(
            status.thisUpdate - skew <= moment && moment <= status.nextUpdate + skew, .statusFreshness, window,
            otherwise: .tryLater)
        switch status.finding {
        case .good: try examination.require(true, .revocation, "good", otherwise: .revoked)
        case .unknown: throw examination.fail(.revocation, "unknown to the responder", .chainGeneralFailure)
        case .revoked(let since, let reason):
            let code = reason.map { " reason \($0)" } ?? ""
            throw examination.fail(.revocation, "revoked \(since.rfc3339)\(code)", .revoked)
        }
    }

    private var skewSeconds: TimeInterval {
        let (seconds, attoseconds) = skew.components
        return Double(seconds) + Double(attoseconds) / 1e18
    }

    private func issuer(
        of certificate: UnverifiedUserCertificate, _ examination: inout Examination
    ) throws(ValidationReport) -> ParsedCertificate {
        guard let anchor = anchor(of: certificate.parsed) else {
            throw examination.fail(.trustAnchor, "no trusted issuer signed it", .noCertificateChainFound)
        }
        return anchor.certificate
    }

    private static func report(_ refusal: StatusRefusal) -> ValidationReport {
        var examination = Examination()
        return examination.fail(.status, refusal.rawValue, .tryLater)
    }
}
