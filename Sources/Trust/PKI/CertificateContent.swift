public import Foundation
package import SwiftASN1

/// One extension as it will stand in a certificate.
package struct ExtensionContent: Sendable, Hashable {
    package var oid: ASN1ObjectIdentifier
    package var critical: Bool
    package var value: [UInt8]

    package init(_ oid: ASN1ObjectIdentifier, critical: Bool, value: [UInt8]) {
        self.oid = oid
        self.critical = critical
        self.value = value
    }

    /// Extension (RFC 5280 §4.1); FALSE is the default and is not written.
    package func der() throws(PKIError) -> [UInt8] {
        DEREncoding.sequence(
            try DEREncoding.identifier(oid), critical ? DEREncoding.yes : [], DEREncoding.octets(value))
    }
}

/// What a certificate will say, before it is encoded and signed.
package struct CertificateContent: Sendable {
    package var serial: CertificateSerial
    package var signatureAlgorithm: CAKey.Algorithm
    package var issuerDER: [UInt8]
    package var validityDER: [UInt8]
    package var subject: DirectoryName
    package var publicKeyDER: [UInt8]
    package var extensions: [ExtensionContent]

    /// TBSCertificate (RFC 5280 §4.1), version 3.
    package func der() throws(PKIError) -> [UInt8] {
        var encoded: [[UInt8]] = []
        for item in extensions { encoded.append(try item.der()) }
        return DEREncoding.sequence(
            DEREncoding.tagged(0, DEREncoding.integer(2)), serial.der, try SignatureAlgorithms.der(signatureAlgorithm),
            issuerDER, validityDER, try subject.der(), publicKeyDER,
            DEREncoding.tagged(3, DEREncoding.sequence(of: encoded)))
    }

    /// Certificate: the signed part, the algorithm, the signature.
    package static func certificate(
        tbs: [UInt8], algorithm: CAKey.Algorithm, signature: [UInt8]
    ) throws(PKIError)
        -> [UInt8]
    {
        DEREncoding.sequence(tbs, try SignatureAlgorithms.der(algorithm), DEREncoding.bits(signature))
    }

    /// A certificate around `tbs` with a signature that says nothing, so that the lint can read it.
    package static func unsigned(tbs: [UInt8]) throws(PKIError) -> ParsedCertificate {
        var fields = try DERReader(tbs)
        _ = try fields.next(0xA0)
        _ = try fields.next(0x02)
        let algorithm = try fields.next(0x30).der
        let one = DEREncoding.integer(1)
        return try ParsedCertificate(
            der: DEREncoding.sequence(tbs, algorithm, DEREncoding.bits(DEREncoding.sequence(one, one))))
    }
}

/// The first and the last second of a certificate's life.
public struct CertificateValidity: Sendable, Hashable {
    /// The first second at which it is valid.
    public let notBefore: Date
    /// The last second at which it is valid.
    public let notAfter: Date

    /// Throws `invalidTime` when the end is not after the beginning. Fractions of a second are cut when written.
    public init(notBefore: Date, notAfter: Date) throws(PKIError) {
        guard notBefore < notAfter else { throw PKIError(.invalidTime, "it ends before it begins") }
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    package func der() throws(PKIError) -> [UInt8] {
        DEREncoding.sequence(try DEREncoding.time(notBefore), try DEREncoding.time(notAfter))
    }
}
