import PKI
public import Values

/// What the issuer said about one certificate, verified (有効性確認の結果). Made only by `JPKIValidator.checkStatus`.
public struct CertificateStatusEvidence: Sendable, Hashable {
    /// How the status was learned.
    public enum Source: String, Sendable, Hashable, Codable {
        /// OCSPレスポンダ方式.
        case ocsp
        /// CRL提供方式.
        case revocationList
    }

    /// What was said.
    public enum Finding: Sendable, Hashable {
        /// Not revoked.
        case good
        /// Revoked at a moment, with the number of the reason (RFC 5280 §5.3.1) if stated.
        case revoked(at: Instant, reason: Int?)
        /// The responder does not know the certificate.
        case unknown
    }

    /// Of which certificate.
    public let identity: CertificateIdentity
    /// How it was learned.
    public let source: Source
    /// What was said.
    public let finding: Finding
    /// From when it was right.
    public let thisUpdate: Instant
    /// Until when it may be used.
    public let nextUpdate: Instant
    let certificateDER: [UInt8]

    init(
        _ certificate: ParsedCertificate, _ source: Source, _ status: CertificateStatus, from thisUpdate: Instant,
        until nextUpdate: Instant
    ) {
        identity = CertificateIdentity(certificate)
        certificateDER = certificate.der
        self.source = source
        self.thisUpdate = thisUpdate
        self.nextUpdate = nextUpdate
        finding =
            switch status {
            case .good: .good
            case .unknown: .unknown
            case .revoked(let date, let reason): .revoked(at: Instant(date: date), reason: reason?.rawValue)
            }
    }
}

/// A question to an OCSP responder, and what must be kept until the answer comes.
public struct StatusRequest: Sendable {
    /// What is kept: the certificate asked about, its issuer, the nonce.
    public struct Context: Sendable {
        let certificate: ParsedCertificate
        let issuer: ParsedCertificate
        let id: OCSPCertificateID
        let nonce: [UInt8]
    }

    /// The request (DER), to be posted as `application/ocsp-request` (RFC 6960 appendix A).
    public let der: [UInt8]
    /// What `checkStatus` needs.
    public let context: Context

    /// 32 octets from the system's random numbers (RFC 8954).
    public static func randomNonce() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
