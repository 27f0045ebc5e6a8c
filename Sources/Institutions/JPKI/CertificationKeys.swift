public import PKI
public import Values

/// One of the two authorities with its OCSP responder: their certificates and keys. Secret: `CAKey` redacts itself.
public struct AuthorityKeys: Sendable {
    /// Which certificates it issues.
    public let purpose: CertificatePurpose
    /// The authority's RSA-2048 key and self-signed certificate, DER.
    public let key: CAKey
    /// The authority's self-signed certificate, DER.
    public let certificate: [UInt8]
    /// The delegated responder's P-256 key and certificate, DER.
    public let responderKey: CAKey
    /// The responder's certificate by the authority, DER.
    public let responderCertificate: [UInt8]

    /// Keys and certificates that were made before.
    public init(
        purpose: CertificatePurpose, key: CAKey, certificate: [UInt8], responderKey: CAKey,
        responderCertificate: [UInt8]
    ) {
        self.purpose = purpose
        self.key = key
        self.certificate = certificate
        self.responderKey = responderKey
        self.responderCertificate = responderCertificate
    }

    /// A new authority, ten years from `now`, with a responder of the same life.
    ///
    /// - Throws: `PKIError`.
    public static func generate(
        _ purpose: CertificatePurpose, names: JPKINames, at now: Instant
    ) throws -> AuthorityKeys {
        let key = try CAKey.generate(.rsa2048)
        let responderKey = try CAKey.generate(.p256)
        let day = now.civilDate
        let validity = try CertificateValidity(
            notBefore: day.firstInstant.date, notAfter: day.birthday(number: 10, after: day).lastSecond.date)
        let certificate = try key.issue(
            CertificateAuthority.prepareAuthority(
                CertificateOrder(publicKeyDER: key.publicKeyDER, serial: CertificateSerial(1), validity: validity),
                purpose: purpose, names: names))
        let authority = try CertificateAuthority(purpose: purpose, names: names, certificateDER: certificate)
        let responder = try key.issue(
            authority.prepareResponder(
                CertificateOrder(
                    publicKeyDER: responderKey.publicKeyDER, serial: CertificateSerial(2), validity: validity),
                commonName: "OCSP responder"))
        return AuthorityKeys(
            purpose: purpose, key: key, certificate: certificate, responderKey: responderKey,
            responderCertificate: responder)
    }
}
