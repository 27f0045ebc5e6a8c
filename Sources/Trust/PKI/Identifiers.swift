package import SwiftASN1

/// Object identifiers that the profiles use.
package enum Identifier {
    // Attributes of names (X.520).
    package static let country: ASN1ObjectIdentifier = [2, 5, 4, 6]
    package static let locality: ASN1ObjectIdentifier = [2, 5, 4, 7]
    package static let organization: ASN1ObjectIdentifier = [2, 5, 4, 10]
    package static let organizationalUnit: ASN1ObjectIdentifier = [2, 5, 4, 11]
    package static let commonName: ASN1ObjectIdentifier = [2, 5, 4, 3]

    // Extensions of certificates and CRLs (RFC 5280 §4.2, §5.2).
    package static let subjectKeyIdentifier: ASN1ObjectIdentifier = [2, 5, 29, 14]
    package static let keyUsage: ASN1ObjectIdentifier = [2, 5, 29, 15]
    package static let subjectAltName: ASN1ObjectIdentifier = [2, 5, 29, 17]
    package static let issuerAltName: ASN1ObjectIdentifier = [2, 5, 29, 18]
    package static let basicConstraints: ASN1ObjectIdentifier = [2, 5, 29, 19]
    package static let crlNumber: ASN1ObjectIdentifier = [2, 5, 29, 20]
    package static let crlReason: ASN1ObjectIdentifier = [2, 5, 29, 21]
    package static let issuingDistributionPoint: ASN1ObjectIdentifier = [2, 5, 29, 28]
    package static let crlDistributionPoints: ASN1ObjectIdentifier = [2, 5, 29, 31]
    package static let certificatePolicies: ASN1ObjectIdentifier = [2, 5, 29, 32]
    package static let authorityKeyIdentifier: ASN1ObjectIdentifier = [2, 5, 29, 35]
    package static let extendedKeyUsage: ASN1ObjectIdentifier = [2, 5, 29, 37]
    package static let authorityInfoAccess: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 1, 1]

    package static let cpsQualifier: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 2, 1]
    package static let serverAuth: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 1]
    package static let clientAuth: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 2]
    package static let ocspSigning: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 9]

    // OCSP (RFC 6960 §4).
    package static let ocsp: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 48, 1]
    package static let ocspBasic: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 48, 1, 1]
    package static let ocspNonce: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 48, 1, 2]
    package static let ocspNoCheck: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 48, 1, 5]

    // Algorithms (RFC 4055, RFC 5758).
    package static let sha1: ASN1ObjectIdentifier = [1, 3, 14, 3, 2, 26]
    package static let sha256: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 1]
    package static let sha256WithRSA: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 11]
    package static let ecdsaWithSHA256: ASN1ObjectIdentifier = [1, 2, 840, 10045, 4, 3, 2]

    /// The arc of the holder's personal data in 署名用 certificates: 1.2.392.200149.8.5.5.x (facts: jpki §7).
    package static let holderArc: ASN1ObjectIdentifier = [1, 2, 392, 200149, 8, 5, 5]
}
