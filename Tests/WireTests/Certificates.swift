import Crypto
import Foundation
import SwiftASN1
import WireHTTP
import X509

/// An authority of services that tests make certificates with.
struct Issuer {
    static let naming = WireNaming(uriPrefix: "urn:test:institution:", domain: ".institution.test")

    private let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
    private let name: DistinguishedName
    let certificate: Certificate

    init(_ commonName: String = "Test institutions") throws {
        name = try DistinguishedName { CommonName(commonName) }
        certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: key.publicKey, notValidBefore: Self.earlier,
            notValidAfter: Self.later, issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                Critical(KeyUsage(keyCertSign: true))
            }, issuerPrivateKey: key)
    }

    private static let earlier = Date(timeIntervalSinceNow: -3600)
    private static let later = Date(timeIntervalSinceNow: 3600)

    /// An identity with these URIs after the naming's prefix, and the DNS name of `service`.
    func identity(_ service: String, uris: [String]? = nil, trusting other: Issuer? = nil) throws -> WireIdentity {
        let leafKey = P256.Signing.PrivateKey()
        let names =
            [GeneralName.dnsName(service + Self.naming.domain)]
            + (uris ?? [Self.naming.uriPrefix + service]).map { GeneralName.uniformResourceIdentifier($0) }
        let leaf = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: .init(leafKey.publicKey), notValidBefore: Self.earlier,
            notValidAfter: Self.later, issuer: name, subject: DistinguishedName { CommonName(service) },
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth, .clientAuth])
                SubjectAlternativeNames(names)
            }, issuerPrivateKey: key)
        return try WireIdentity(
            certificate: leaf.serializeAsPEM().pemString, key: leafKey.pemRepresentation,
            authority: (other ?? self).certificate.serializeAsPEM().pemString)
    }
}
