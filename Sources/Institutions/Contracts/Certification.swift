public import Values
public import Wire

/// Which of a card's two certificates.
public enum CertificateUse: String, Codable, Sendable {
    /// 利用者証明用電子証明書: for logging in; names nobody.
    case authentication
    /// 署名用電子証明書: for signing; states the four items.
    case signature
}

/// A certificate by the name of its issuer and its serial: what identifies it among all.
public struct CertificateName: Hashable, Codable, Sendable {
    /// DER of the issuer's distinguished name.
    public let issuer: ContractBytes
    /// The serial's magnitude, big-endian.
    public let serial: ContractBytes

    /// The certificate of that issuer and serial.
    public init(issuer: ContractBytes, serial: ContractBytes) {
        self.issuer = issuer
        self.serial = serial
    }
}

/// What the public certification service (公的個人認証サービス) is asked.
public enum CertificationContract {
    /// The card office asks for a certificate of a key that a card made (公的個人認証法3条, 22条).
    public static let certify = Endpoint<Certify, Certified>(
        "jpki/certify", "Issues the certificate of a card's key.")
    /// The state of a certificate: RFC 6960 request and response, DER.
    public static let status = Endpoint<StatusInquiry, StatusAnswer>(
        "jpki/status", "Answers an OCSP request.")
    /// The card office ends a certificate (公的個人認証法12条-15条, 31条-34条).
    public static let revoke = Endpoint<RevokeCertificate, Acknowledgement>(
        "jpki/revoke", "Revokes a certificate for a reason.")
}

/// An order for a certificate.
public struct Certify: Codable, Sendable, Equatable {
    /// Which of the two.
    public let use: CertificateUse
    /// RSA-2048 SubjectPublicKeyInfo, DER.
    public let publicKey: ContractBytes
    /// Where the holder lives; it stands in the certificate.
    public let municipality: MunicipalityCode
    /// The card's last day of validity: no certificate outlives it.
    public let cardExpires: CivilDate
    /// The holder's, for the certificate's last day and the age for signing.
    public let birthDate: CivilDate
    /// For ``CertificateUse/signature`` only.
    public let fourItems: FourItems?

    /// That order.
    public init(
        use: CertificateUse, publicKey: ContractBytes, municipality: MunicipalityCode, cardExpires: CivilDate,
        birthDate: CivilDate, fourItems: FourItems?
    ) {
        self.use = use
        self.publicKey = publicKey
        self.municipality = municipality
        self.cardExpires = cardExpires
        self.birthDate = birthDate
        self.fourItems = fourItems
    }
}

/// A certificate as issued.
public struct Certified: Codable, Sendable, Equatable {
    /// X.509 certificate, DER.
    public let certificate: ContractBytes
    /// The issuing authority's own certificate, DER.
    public let authority: ContractBytes
    /// The issuer's name and the serial, as they stand in ``certificate``.
    public let name: CertificateName

    /// That certificate.
    public init(certificate: ContractBytes, authority: ContractBytes, name: CertificateName) {
        self.certificate = certificate
        self.authority = authority
        self.name = name
    }
}

/// A question about certificates' status.
public struct StatusInquiry: Codable, Sendable, Equatable {
    /// An OCSPRequest, DER (RFC 6960 §4.1).
    public let request: ContractBytes

    /// That question.
    public init(request: ContractBytes) { self.request = request }
}

/// The answer about certificates' status.
public struct StatusAnswer: Codable, Sendable, Equatable {
    /// An OCSPResponse, DER (RFC 6960 §4.2); it may be an error of that protocol.
    public let response: ContractBytes

    /// That answer.
    public init(response: ContractBytes) { self.response = response }
}

/// Why a certificate ends, as the certification practice statement numbers it (§4.9.9).
public enum RevocationReason: Int, Codable, Sendable {
    case discardedBeforeDelivery = 0
    case keyCompromise = 1
    case authorityCompromise = 2
    case itemsChanged = 3
    case superseded = 4
    case noLongerNeeded = 5
    case hold = 6
}

/// An order to end a certificate.
public struct RevokeCertificate: Codable, Sendable, Equatable {
    /// Which one.
    public let certificate: CertificateName
    /// Why.
    public let reason: RevocationReason

    /// That order.
    public init(certificate: CertificateName, reason: RevocationReason) {
        self.certificate = certificate
        self.reason = reason
    }
}
