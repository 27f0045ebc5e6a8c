import Crypto

/// Names a certificate in OCSP: hashes of its issuer's name and key, and the serial (RFC 6960 §4.1.1, CertID).
public struct OCSPCertificateID: Sendable, Hashable {
    /// The hash functions that are understood.
    public enum HashAlgorithm: String, Sendable, Hashable, CaseIterable {
        /// What most clients send; not a security use.
        case sha1
        /// SHA-256.
        case sha256
    }

    /// The hash function.
    public let hashAlgorithm: HashAlgorithm
    /// Hash of the issuer's name (DER).
    public let issuerNameHash: [UInt8]
    /// Hash of the octets of the issuer's key.
    public let issuerKeyHash: [UInt8]
    /// The serial.
    public let serial: CertificateSerial

    /// Names the certificate with `serial` that `issuer` issued.
    public init(
        issuer: ParsedCertificate, serial: CertificateSerial, hashAlgorithm: HashAlgorithm = .sha256
    ) throws(PKIError) {
        self.hashAlgorithm = hashAlgorithm
        issuerNameHash = Self.hash(issuer.subjectDER, hashAlgorithm)
        issuerKeyHash = Self.hash(try PublicKeys.bits(issuer.publicKeyDER), hashAlgorithm)
        self.serial = serial
    }

    /// Whether `issuer` is the issuer that is named.
    public func names(issuer: ParsedCertificate) -> Bool {
        let other = try? OCSPCertificateID(issuer: issuer, serial: serial, hashAlgorithm: hashAlgorithm)
        return other == self
    }

    init(der: [UInt8]) throws(PKIError) {
        var fields = try DERReader(der)
        var algorithm = try DERReader(fields.next(0x30))
        switch try algorithm.next(0x06).objectIdentifier() {
        case Identifier.sha1: hashAlgorithm = .sha1
        case Identifier.sha256: hashAlgorithm = .sha256
        default: throw PKIError(.unsupportedAlgorithm, "a hash that is not SHA-1 or SHA-256")
        }
        _ = algorithm.optional(0x05)
        try algorithm.finish()
        issuerNameHash = try fields.next(0x04).contents(0x04)
        issuerKeyHash = try fields.next(0x04).contents(0x04)
        serial = try CertificateSerial(derContents: fields.next(0x02).contents(0x02))
        try fields.finish()
    }

    func der() throws(PKIError) -> [UInt8] {
        let oid = hashAlgorithm == .sha1 ? Identifier.sha1 : Identifier.sha256
        return DEREncoding.sequence(
            DEREncoding.sequence(try DEREncoding.identifier(oid), DEREncoding.null),
            DEREncoding.octets(issuerNameHash), DEREncoding.octets(issuerKeyHash), serial.der)
    }

    private static func hash(_ bytes: [UInt8], _ algorithm: HashAlgorithm) -> [UInt8] {
        switch algorithm {
        case .sha1: Array(Insecure.SHA1.hash(data: bytes))
        case .sha256: Array(SHA256.hash(data: bytes))
        }
    }
}
