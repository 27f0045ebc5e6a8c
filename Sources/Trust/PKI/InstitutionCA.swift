import SwiftASN1

/// The nation's CA of institutions: P-256, self-signed; its leaves are both ends of mutual TLS between institutions.
///
/// An institution is named by the URI `urn:madoguchi:institution:<id>` in its certificate, never by the host name.
public struct InstitutionCA: Sendable {
    /// The CA's certificate.
    public let certificate: ParsedCertificate
    private let key: CAKey

    /// Makes a new CA with a self-signed certificate. `name` becomes its common name.
    public static func create(
        name: String, serial: CertificateSerial, validity: CertificateValidity
    ) throws(PKIError) -> InstitutionCA {
        let key = try CAKey.generate(.p256)
        let subject = DirectoryName([.init(Identifier.commonName, name)])
        let identifier = try PublicKeys.identifier(key.publicKeyDER)
        let content = CertificateContent(
            serial: serial, signatureAlgorithm: .p256, issuerDER: try subject.der(), validityDER: try validity.der(),
            subject: subject, publicKeyDER: key.publicKeyDER,
            extensions: [
                .init(Identifier.keyUsage, critical: true, value: ExtensionValues.keyUsage([5, 6])),
                .init(Identifier.basicConstraints, critical: true, value: ExtensionValues.authority),
                .init(Identifier.subjectKeyIdentifier, critical: false, value: DEREncoding.octets(identifier)),
            ])
        return try InstitutionCA(certificateDER: sign(content, with: key), key: key)
    }

    /// Opens an existing CA; throws `wrongKey` when the key is not the certificate's.
    public init(certificateDER: [UInt8], key: CAKey) throws(PKIError) {
        certificate = try ParsedCertificate(der: certificateDER)
        guard certificate.publicKeyDER == key.publicKeyDER else {
            throw PKIError(.wrongKey, "this key does not belong to the CA")
        }
        self.key = key
    }

    /// Certifies a key for an institution: SAN dNSNames and the URN, clientAuth and serverAuth.
    ///
    /// Throws `invalidName` for an id outside `[a-z0-9-]{2,40}` and for host names that are not ASCII.
    public func certify(
        institution id: String, dnsNames: [String], publicKeyDER: [UInt8], serial: CertificateSerial,
        validity: CertificateValidity
    ) throws(PKIError) -> ParsedCertificate {
        guard Self.isInstitutionID(id), dnsNames.allSatisfy(Self.isHostName) else {
            throw PKIError(.invalidName, "not an institution id or host name")
        }
        let names =
            dnsNames.map { DEREncoding.implicit(2, Array($0.utf8)) }
            + [DEREncoding.implicit(6, Array((Self.urnPrefix + id).utf8))]
        let content = CertificateContent(
            serial: serial, signatureAlgorithm: .p256, issuerDER: certificate.subjectDER,
            validityDER: try validity.der(),
            subject: DirectoryName([.init(Identifier.commonName, id)]), publicKeyDER: publicKeyDER,
            extensions: try leafExtensions(names: DEREncoding.sequence(of: names), publicKeyDER: publicKeyDER))
        return try ParsedCertificate(der: Self.sign(content, with: key))
    }

    /// The institution's id (for example `linkage-core`) in a certificate that TLS has already verified.
    ///
    /// Throws `invalidName` unless there is exactly one such URN.
    public static func institutionID(ofCertificateDER der: [UInt8]) throws(PKIError) -> String {
        guard let value = try ParsedCertificate(der: der).value(Identifier.subjectAltName) else {
            throw PKIError(.invalidName, "no alternative name")
        }
        var names = try DERReader(value)
        var found: [String] = []
        while !names.isAtEnd {
            let node = try names.next()
            guard node.encodedBytes.first == 0x86 else { continue }
            let uri = String(decoding: try node.contents(0x86), as: UTF8.self)
            if uri.hasPrefix(urnPrefix) { found.append(String(uri.dropFirst(urnPrefix.count))) }
        }
        guard found.count == 1, isInstitutionID(found[0]) else {
            throw PKIError(.invalidName, "not exactly one institution")
        }
        return found[0]
    }

    private static let urnPrefix = "urn:madoguchi:institution:"

    private static func sign(_ content: CertificateContent, with key: CAKey) throws(PKIError) -> [UInt8] {
        let tbs = try content.der()
        return try CertificateContent.certificate(tbs: tbs, algorithm: key.algorithm, signature: key.sign(tbs))
    }

    private func leafExtensions(names: [UInt8], publicKeyDER: [UInt8]) throws(PKIError) -> [ExtensionContent] {
        let purposes = try ExtensionValues.extendedKeyUsage([Identifier.clientAuth, Identifier.serverAuth])
        let authorityKey = ExtensionValues.authorityKey(try PublicKeys.identifier(certificate.publicKeyDER))
        let subjectKey = DEREncoding.octets(try PublicKeys.identifier(publicKeyDER))
        return [
            .init(Identifier.keyUsage, critical: true, value: ExtensionValues.keyUsage([0])),
            .init(Identifier.extendedKeyUsage, critical: false, value: purposes),
            .init(Identifier.subjectAltName, critical: false, value: names),
            .init(Identifier.authorityKeyIdentifier, critical: false, value: authorityKey),
            .init(Identifier.subjectKeyIdentifier, critical: false, value: subjectKey),
        ]
    }

    private static func isInstitutionID(_ text: String) -> Bool {
        (2...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    private static func isHostName(_ text: String) -> Bool {
        (1...253).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
