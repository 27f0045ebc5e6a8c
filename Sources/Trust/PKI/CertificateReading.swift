package import SwiftASN1
import X509

/// Uses of a key that are asked about.
package enum KeyUse: Sendable {
    case digitalSignature
    case nonRepudiation
    case keyCertSign
    case cRLSign
}

extension ParsedCertificate {
    /// Whether KeyUsage is present and allows `use`.
    package func mayUseKey(for use: KeyUse) -> Bool {
        guard let usage = try? certificate.extensions.keyUsage else { return false }
        return switch use {
        case .digitalSignature: usage.digitalSignature
        case .nonRepudiation: usage.nonRepudiation
        case .keyCertSign: usage.keyCertSign
        case .cRLSign: usage.cRLSign
        }
    }

    /// Whether ExtKeyUsage is present and names `purpose` itself (anyExtendedKeyUsage does not count).
    package func hasPurpose(_ purpose: ASN1ObjectIdentifier) -> Bool {
        guard let value = value(Identifier.extendedKeyUsage) else { return false }
        return (try? ExtensionReading.purposes(value))?.contains(purpose) ?? false
    }

    /// Whether BasicConstraints says CA. An extension that cannot be read counts as a CA, so that no leaf passes.
    package var isAuthority: Bool {
        do {
            switch try certificate.extensions.basicConstraints {
            case .isCertificateAuthority: return true
            case .notCertificateAuthority, nil: return false
            }
        } catch {
            return true
        }
    }

    /// The identifiers of the critical extensions.
    package var criticalExtensions: Set<ASN1ObjectIdentifier> {
        Set(certificate.extensions.filter(\.critical).map(\.oid))
    }

    /// The key identifier of the issuer that AuthorityKeyIdentifier names.
    package var authorityKeyIdentifier: [UInt8]? {
        value(Identifier.authorityKeyIdentifier).flatMap { try? ExtensionReading.authorityKey($0) }
    }

    /// The DER name of the certificate's one CRL distribution point.
    package var distributionPointDER: [UInt8]? {
        value(Identifier.crlDistributionPoints).flatMap { try? ExtensionReading.distributionPoint($0) }
    }

    /// The policies, dotted.
    package var policies: [String] {
        value(Identifier.certificatePolicies).flatMap { try? ExtensionReading.policies($0) } ?? []
    }

    /// The OCSP responder's address that the certificate itself names.
    public var ocspAddress: String? {
        value(Identifier.authorityInfoAccess).flatMap { try? ExtensionReading.ocspAddress($0) }
    }
}
