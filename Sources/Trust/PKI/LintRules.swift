import Foundation
import X509

/// The rules of the profiles, as data. Each reads the encoded certificate anew and trusts nothing of its making.
package enum LintRules {
    /// Rules for every kind.
    package static let shared: [LintRule] = [
        LintRule("signature-algorithm", "jpki §7: RSA-2048 sha256; RFC 4055 §5 (NULL)") {
            SignatureAlgorithms.algorithm($0.certificate.signatureAlgorithmDER) == .rsa2048
        },
        LintRule("issuer-name", "RFC 5280 §6.1.3 (a)(4)") {
            $0.certificate.issuerDER == ($0.issuer ?? $0.certificate).subjectDER
        },
        LintRule("validity-encoding", "RFC 5280 §4.1.2.5") {
            let life = try CertificateValidity(notBefore: $0.certificate.notBefore, notAfter: $0.certificate.notAfter)
            return try life.der() == $0.certificate.validityDER
        },
        LintRule("extensions-order", "jpki §7: the extensions, all and no other, in this order") {
            $0.certificate.certificate.extensions.map(\.oid) == CertificateProfile.of($0.kind).extensions.map(\.oid)
        },
        LintRule("extensions-critical", "jpki §7: which are critical") {
            $0.certificate.certificate.extensions.map(\.critical)
                == CertificateProfile.of($0.kind).extensions.map(\.isCritical)
        },
        LintRule("subject-key-identifier", "RFC 5280 §4.2.1.2 (1)") {
            let expected = try PublicKeys.identifier($0.certificate.publicKeyDER)
            return try DERReader.parse($0.value(Identifier.subjectKeyIdentifier)).contents(0x04) == expected
        },
    ]

    /// Rules for one kind.
    package static let own: [CertificateProfile.Kind: [LintRule]] = [
        .authority: [
            rsaKey, endOfDay, keyUsage([5, 6]), authorityName,
            alternative("subject-alt-name", Identifier.subjectAltName),
            LintRule("basic-constraints", "jpki §7 CA: CA, no pathLen") {
                try $0.value(Identifier.basicConstraints) == DEREncoding.sequence(DEREncoding.yes)
            },
            LintRule("crl-distribution-point", "jpki §7 CA: the CA's own name") {
                try ExtensionReading.distributionPoint($0.value(Identifier.crlDistributionPoints))
                    == $0.certificate.subjectDER
            },
        ],
        .userAuthentication: issued + user + [
            keyUsage([0]), purposes([Identifier.clientAuth], "jpki §7 利用者証明用: clientAuth"),
            LintRule("subject-name", "jpki §7 利用者証明用: C, CN of 23 characters") {
                let parts = try $0.subject().parts
                return parts.count == 2 && parts[0] == $0.names.country && parts[1].type == Identifier.commonName
                    && parts[1].textType == .utf8 && isUserName(parts[1].text)
            },
            LintRule("ocsp-address", "jpki §7 利用者証明用: AIA OCSP") {
                try ExtensionReading.ocspAddress($0.value(Identifier.authorityInfoAccess))
                    == $0.names.ocspURL($0.purpose)
            },
        ],
        .digitalSignature: issued + user + [
            keyUsage([0, 1]),
            LintRule("subject-name", "jpki §7 署名用: C, L, L, CN of 28 digits") {
                let parts = try $0.subject().parts
                let types = [Identifier.country, Identifier.locality, Identifier.locality, Identifier.commonName]
                return parts.map(\.type) == types && parts[0] == $0.names.country
                    && parts.dropFirst().allSatisfy { $0.textType == .utf8 }
                    && parts[3].text.utf8.count == 28 && parts[3].text.utf8.allSatisfy(isDigit)
            },
            LintRule("holder-order", "jpki §7 署名用: otherNames 1,4,3,5,2,6 as UTF8String") {
                try HolderAttributes.read($0.value(Identifier.subjectAltName)).map(\.number) == HolderAttributes.order
            },
            LintRule("holder-values", "jpki §7 署名用: forms of the values") {
                isWellFormed(try HolderAttributes(certificate: $0.certificate))
            },
        ],
        .ocspResponder: issued + [
            keyUsage([0]), purposes([Identifier.ocspSigning], "RFC 6960 §4.2.2.2"),
            LintRule("public-key", "RSA-2048 or P-256") {
                _ = try PublicKeys.read($0.certificate.publicKeyDER)
                return true
            },
            LintRule("ocsp-no-check", "RFC 6960 §4.2.2.2.1: NULL") {
                try $0.value(Identifier.ocspNoCheck) == DEREncoding.null
            },
        ],
    ]

    private static let issued: [LintRule] = [
        LintRule("validity-in-issuer", "jpki §7: no certificate outlives its CA") {
            guard let issuer = $0.issuer else { return false }
            return issuer.notBefore <= $0.certificate.notBefore && $0.certificate.notAfter <= issuer.notAfter
        },
        LintRule("authority-key-identifier", "jpki §7: keyid, issuer and serial") {
            guard let issuer = $0.issuer else { return false }
            let expected = ExtensionValues.authorityKey(
                try PublicKeys.identifier(issuer.publicKeyDER), issuer: (issuer.issuerDER, issuer.serial))
            return try $0.value(Identifier.authorityKeyIdentifier) == expected
        },
    ]

    private static let user: [LintRule] = [
        rsaKey, endOfDay, alternative("issuer-alt-name", Identifier.issuerAltName),
        LintRule("validity-length", "公的個人認証法施行規則: at most until the 6th birthday after issue (jpki §7)") {
            // Six years, two of them leap years, and the rest of the last day.
            $0.certificate.notAfter.timeIntervalSince($0.certificate.notBefore) <= (6 * 365 + 2 + 1) * 86400
        },
        LintRule("certificate-policy", "jpki §7: one policy with CPS") {
            try $0.value(Identifier.certificatePolicies)
                == ExtensionValues.policy($0.names.policy($0.purpose), cps: $0.names.cpsURL)
        },
        LintRule("crl-distribution-point", "jpki §7, §8: the municipality's directory name") {
            let der = try ExtensionReading.distributionPoint($0.value(Identifier.crlDistributionPoints))
            return isMunicipal(try DirectoryName(der: der), $0)
        },
    ]

    private static let rsaKey = LintRule("public-key", "jpki §7: RSA-2048, exponent 65537") {
        try PublicKeys.read($0.certificate.publicKeyDER).1 == .rsa2048
    }

    private static let endOfDay = LintRule("ends-at-midnight", "jpki §7: notAfter is 14:59:59Z, 23:59:59 JST") {
        let secondOfDay = Int($0.certificate.notAfter.timeIntervalSince1970) % 86400
        return secondOfDay == 14 * 3600 + 59 * 60 + 59
    }

    private static let authorityName = LintRule("subject-name", "jpki §7 CA: C printable, O, OU, OU as UTF8String") {
        try $0.certificate.subjectDER == $0.names.authority($0.purpose).der()
    }
}
