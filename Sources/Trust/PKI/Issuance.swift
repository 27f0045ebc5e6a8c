/// A certificate that passed its profile's lint and may be signed once.
///
/// Record `tbsDER` before signing (the plain record of the irreversible act), then give the token to
/// `CAKey.issue`, which consumes it.
public struct PreparedCertificate: ~Copyable, Sendable {
    /// The bytes that will be signed (TBSCertificate, DER).
    public let tbsDER: [UInt8]
    /// The profile whose rules it passed.
    public let kind: CertificateProfile.Kind
    fileprivate let issuerPublicKeyDER: [UInt8]

    fileprivate init(tbsDER: [UInt8], kind: CertificateProfile.Kind, issuerPublicKeyDER: [UInt8]) {
        self.tbsDER = tbsDER
        self.kind = kind
        self.issuerPublicKeyDER = issuerPublicKeyDER
    }
}

extension CAKey {
    /// Signs a prepared certificate and returns it (DER).
    ///
    /// Throws `wrongKey` when this key is not the issuer's of the prepared certificate.
    public func issue(_ prepared: consuming PreparedCertificate) throws(PKIError) -> [UInt8] {
        guard prepared.issuerPublicKeyDER == publicKeyDER else {
            throw PKIError(.wrongKey, "this key does not belong to the issuer")
        }
        return try CertificateContent.certificate(
            tbs: prepared.tbsDER, algorithm: algorithm, signature: sign(prepared.tbsDER))
    }
}

/// What is asked of a CA for every kind of certificate.
public struct CertificateOrder: Sendable {
    /// The subject's key as SubjectPublicKeyInfo (DER).
    public let publicKeyDER: [UInt8]
    /// The serial; the caller sees to it that this CA never gives it twice.
    public let serial: CertificateSerial
    /// Its life.
    public let validity: CertificateValidity

    /// Takes the three values; the lint of the profile checks them.
    public init(publicKeyDER: [UInt8], serial: CertificateSerial, validity: CertificateValidity) {
        self.publicKeyDER = publicKeyDER
        self.serial = serial
        self.validity = validity
    }
}

/// One of the two card CAs (認証局): prepares certificates of its profiles.
public struct CertificateAuthority: Sendable {
    /// Which of the two it is.
    public let purpose: CertificatePurpose
    /// The nation's names.
    public let names: JPKINames
    /// Its own certificate.
    public let certificate: ParsedCertificate

    /// Opens a CA by its certificate; throws `invalidName` when the certificate's name is not the one configured.
    public init(purpose: CertificatePurpose, names: JPKINames, certificateDER: [UInt8]) throws(PKIError) {
        certificate = try ParsedCertificate(der: certificateDER)
        guard try names.authority(purpose).der() == certificate.subjectDER, certificate.isSigned(by: certificate) else {
            throw PKIError(.invalidName, "the CA certificate is another one's")
        }
        self.purpose = purpose
        self.names = names
    }

    /// Prepares the self-signed certificate of a new CA, or of a new generation of it.
    public static func prepareAuthority(
        _ order: CertificateOrder, purpose: CertificatePurpose, names: JPKINames
    ) throws(PKIError) -> PreparedCertificate {
        let facts = IssuanceFacts(
            names: names, purpose: purpose, issuer: nil, publicKeyDER: order.publicKeyDER, scope: nil, holder: nil)
        return try prepare(order, .authority, subject: names.authority(purpose), facts)
    }

    /// Prepares a 利用者証明用 certificate.
    ///
    /// `commonName` is 14 characters of an identifier, the 5-digit municipality code, 3 digits and a letter (jpki §7).
    public func prepareUserAuthentication(
        _ order: CertificateOrder, commonName: String, scope: MunicipalityScope
    ) throws(PKIError) -> PreparedCertificate {
        let subject = DirectoryName([names.country, .init(Identifier.commonName, commonName)])
        return try Self.prepare(order, .userAuthentication, subject: subject, facts(order, scope: scope))
    }

    /// Prepares a 署名用 certificate. `commonName` is 28 digits (jpki §7).
    public func prepareDigitalSignature(
        _ order: CertificateOrder, commonName: String, scope: MunicipalityScope, holder: HolderAttributes
    ) throws(PKIError) -> PreparedCertificate {
        let subject = DirectoryName([
            names.country, .init(Identifier.locality, scope.prefecture), .init(Identifier.locality, scope.municipality),
            .init(Identifier.commonName, commonName),
        ])
        return try Self.prepare(
            order, .digitalSignature, subject: subject, facts(order, scope: scope, holder: holder))
    }

    /// Prepares the certificate of a delegated OCSP responder, whose key is P-256 or RSA-2048.
    public func prepareResponder(
        _ order: CertificateOrder, commonName: String
    ) throws(PKIError) -> PreparedCertificate {
        let subject = DirectoryName([
            names.country, .init(Identifier.organization, names.organization), .init(Identifier.commonName, commonName),
        ])
        return try Self.prepare(order, .ocspResponder, subject: subject, facts(order))
    }

    /// Prepares again what was recorded before a crash: the recorded bytes, linted as if new.
    public func resume(recordedTBS: [UInt8], kind: CertificateProfile.Kind) throws(PKIError) -> PreparedCertificate {
        let issuer = kind == .authority ? nil : certificate
        let publicKey = try CertificateContent.unsigned(tbs: recordedTBS).publicKeyDER
        let facts = IssuanceFacts(
            names: names, purpose: purpose, issuer: issuer, publicKeyDER: publicKey, scope: nil, holder: nil)
        return try Self.lint(recordedTBS, kind, facts)
    }

    private func facts(
        _ order: CertificateOrder, scope: MunicipalityScope? = nil, holder: HolderAttributes? = nil
    ) -> IssuanceFacts {
        IssuanceFacts(
            names: names, purpose: purpose, issuer: certificate, publicKeyDER: order.publicKeyDER, scope: scope,
            holder: holder)
    }

    private static func prepare(
        _ order: CertificateOrder, _ kind: CertificateProfile.Kind, subject: DirectoryName, _ facts: IssuanceFacts
    ) throws(PKIError) -> PreparedCertificate {
        try lint(content(order, kind, subject: subject, facts).der(), kind, facts)
    }

    package static func content(
        _ order: CertificateOrder, _ kind: CertificateProfile.Kind, subject: DirectoryName, _ facts: IssuanceFacts
    ) throws(PKIError) -> CertificateContent {
        var extensions: [ExtensionContent] = []
        for row in CertificateProfile.of(kind).extensions {
            let value = try reading("an extension cannot be made") { try row.value(facts) }
            extensions.append(ExtensionContent(row.oid, critical: row.isCritical, value: value))
        }
        var issuerDER = try subject.der()
        if let issuer = facts.issuer { issuerDER = issuer.subjectDER }
        return CertificateContent(
            serial: order.serial, signatureAlgorithm: .rsa2048,
            issuerDER: issuerDER, validityDER: try order.validity.der(),
            subject: subject, publicKeyDER: order.publicKeyDER, extensions: extensions)
    }

    private static func lint(
        _ tbs: [UInt8], _ kind: CertificateProfile.Kind, _ facts: IssuanceFacts
    ) throws(PKIError) -> PreparedCertificate {
        let subject = LintSubject(
            certificate: try CertificateContent.unsigned(tbs: tbs), kind: kind, names: facts.names,
            purpose: facts.purpose, issuer: facts.issuer)
        let broken = CertificateProfile.of(kind).rules.filter { !$0.holds(for: subject) }.map(\.id)
        guard broken.isEmpty else { throw PKIError(.lintFailed, "the profile's rules are broken", lints: broken) }
        return PreparedCertificate(
            tbsDER: tbs, kind: kind, issuerPublicKeyDER: facts.issuer?.publicKeyDER ?? facts.publicKeyDER)
    }
}
