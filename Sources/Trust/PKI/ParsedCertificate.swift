public import Foundation
package import SwiftASN1
package import X509

/// A certificate that was read and not verified: the fields that decide identity, as bytes.
public struct ParsedCertificate: Sendable, Hashable {
    /// The whole certificate (DER).
    public let der: [UInt8]
    /// The signed part (DER).
    public let tbsDER: [UInt8]
    /// The issuer's name (DER), to be compared byte by byte.
    public let issuerDER: [UInt8]
    /// The subject's name (DER).
    public let subjectDER: [UInt8]
    /// The serial, which means something only beside `issuerDER`.
    public let serial: CertificateSerial
    /// The first second at which it is valid.
    public let notBefore: Date
    /// The last second at which it is valid.
    public let notAfter: Date
    /// The subject's key as SubjectPublicKeyInfo (DER).
    public let publicKeyDER: [UInt8]

    package let certificate: Certificate
    package let signature: [UInt8]
    package let signatureAlgorithmDER: [UInt8]
    package let validityDER: [UInt8]

    /// Reads one certificate; throws `malformed` for anything else, bytes after it included.
    public init(der: [UInt8]) throws(PKIError) {
        var outer = try DERReader(der)
        let tbs = try outer.next(0x30)
        let algorithm = try outer.next(0x30)
        signature = try outer.next(0x03).wholeBits()
        try outer.finish()
        var fields = try DERReader(tbs)
        guard try DERReader.only(fields.next(0xA0), tag: 0xA0).small(0x02) == 2 else {
            throw PKIError(.malformed, "not a version 3 certificate")
        }
        serial = try CertificateSerial(derContents: fields.next(0x02).contents(0x02))
        guard try fields.next(0x30).encodedBytes == algorithm.encodedBytes else {
            throw PKIError(.malformed, "two different signature algorithms")
        }
        issuerDER = try fields.next(0x30).der
        let validity = try fields.next(0x30)
        subjectDER = try fields.next(0x30).der
        publicKeyDER = try fields.next(0x30).der
        _ = fields.optional(0xA3)
        try fields.finish()
        var times = try DERReader(validity)
        notBefore = try times.next().time()
        notAfter = try times.next().time()
        try times.finish()
        certificate = try reading("not a certificate") { try Certificate(derEncoded: der) }
        (self.der, tbsDER, validityDER) = (der, tbs.der, validity.der)
        signatureAlgorithmDER = algorithm.der
    }

    /// Whether `issuer` signed this certificate: names equal byte by byte, signature right, one of the two algorithms.
    public func isSigned(by issuer: ParsedCertificate) -> Bool {
        guard issuerDER == issuer.subjectDER, let algorithm = SignatureAlgorithms.algorithm(signatureAlgorithmDER)
        else { return false }
        return PublicKeys.verify(signature, of: tbsDER, algorithm: algorithm, publicKeyDER: issuer.publicKeyDER)
    }

    /// The certificate as PEM.
    public var pem: String { PEMDocument(type: "CERTIFICATE", derBytes: der).pemString }

    public static func == (left: ParsedCertificate, right: ParsedCertificate) -> Bool { left.der == right.der }
    public func hash(into hasher: inout Hasher) { hasher.combine(der) }

    /// The contents of the extension with this identifier.
    package func value(_ oid: ASN1ObjectIdentifier) -> [UInt8]? {
        certificate.extensions[oid: oid].map { Array($0.value) }
    }
}

extension ParsedCertificate: CustomStringConvertible, CustomReflectable {
    /// The subject is personal data, so that only the serial is shown.
    public var description: String { "ParsedCertificate(serial \(serial))" }
    public var customMirror: Mirror { Mirror(self, children: ["serial": serial]) }
}
