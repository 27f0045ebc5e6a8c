package import SwiftASN1

/// What a certificate of one kind contains (証明書プロファイル): the extensions in their order, and the rules that are
/// checked before signing.
public struct CertificateProfile: Sendable {
    /// The four kinds of certificate of the card's hierarchy.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Self-signed CA certificate (認証局証明書).
        case authority
        /// 利用者証明用電子証明書.
        case userAuthentication
        /// 署名用電子証明書.
        case digitalSignature
        /// Certificate of a delegated OCSP responder (OCSPレスポンダ証明書).
        case ocspResponder
    }

    /// One extension of the profile.
    public struct Row: Sendable {
        /// Dotted object identifier.
        public let identifier: String
        /// Whether it is marked critical.
        public let isCritical: Bool
        /// Where it is said.
        public let citation: String
        package let oid: ASN1ObjectIdentifier
        package let value: @Sendable (IssuanceFacts) throws -> [UInt8]

        init(
            _ oid: ASN1ObjectIdentifier, critical: Bool = false, _ citation: String,
            value: @escaping @Sendable (IssuanceFacts) throws -> [UInt8]
        ) {
            self.oid = oid
            self.identifier = oid.description
            self.isCritical = critical
            self.citation = citation
            self.value = value
        }
    }

    /// The kind.
    public let kind: Kind
    /// The extensions, in the order of the certificate.
    public let extensions: [Row]
    /// The rules that `prepare` checks.
    public var rules: [LintRule] { LintRules.shared + LintRules.own[kind, default: []] }

    /// The profile of a kind.
    public static func of(_ kind: Kind) -> CertificateProfile {
        switch kind {
        case .authority: authority
        case .userAuthentication: userAuthentication
        case .digitalSignature: digitalSignature
        case .ocspResponder: ocspResponder
        }
    }

    /// The CA certificate: no AKI, no path length, its own name as distribution point (facts: jpki §7).
    public static let authority = CertificateProfile(
        kind: .authority,
        extensions: [
            Row(Identifier.keyUsage, critical: true, "jpki §7 CA") { _ in ExtensionValues.keyUsage([5, 6]) },
            Row(Identifier.subjectAltName, "jpki §7 CA") {
                try ExtensionValues.alternativeName($0.names.alternative)
            },
            Row(Identifier.basicConstraints, critical: true, "jpki §7 CA") { _ in ExtensionValues.authority },
            Row(Identifier.crlDistributionPoints, "jpki §7 CA") {
                try ExtensionValues.distributionPoint($0.names.authority($0.purpose))
            },
            subjectKeyRow,
        ])

    /// 利用者証明用電子証明書 (facts: jpki §7).
    public static let userAuthentication = CertificateProfile(
        kind: .userAuthentication,
        extensions: [
            Row(Identifier.keyUsage, critical: true, "jpki §7 利用者証明用") { _ in ExtensionValues.keyUsage([0]) },
            Row(Identifier.extendedKeyUsage, "jpki §7 利用者証明用") { _ in
                try ExtensionValues.extendedKeyUsage([Identifier.clientAuth])
            },
            policyRow, issuerNameRow, distributionPointRow,
            Row(Identifier.authorityInfoAccess, "jpki §7 利用者証明用") {
                try ExtensionValues.ocspAccess($0.names.ocspURL($0.purpose))
            },
            authorityKeyRow, subjectKeyRow,
        ])

    /// 署名用電子証明書 (facts: jpki §7).
    public static let digitalSignature = CertificateProfile(
        kind: .digitalSignature,
        extensions: [
            Row(Identifier.keyUsage, critical: true, "jpki §7 署名用") { _ in ExtensionValues.keyUsage([0, 1]) },
            Row(Identifier.subjectAltName, "jpki §7 署名用, SAN") {
                guard let holder = $0.holder else { throw PKIError(.malformed, "no holder attributes") }
                return try ExtensionValues.otherNames(holder.ordered)
            },
            policyRow, issuerNameRow, distributionPointRow, authorityKeyRow, subjectKeyRow,
        ])

    /// A delegated OCSP responder (RFC 6960 §4.2.2.2; its own status is not asked, §4.2.2.2.1).
    public static let ocspResponder = CertificateProfile(
        kind: .ocspResponder,
        extensions: [
            Row(Identifier.keyUsage, critical: true, "RFC 6960 §4.2.2.2") { _ in ExtensionValues.keyUsage([0]) },
            Row(Identifier.extendedKeyUsage, "RFC 6960 §4.2.2.2") { _ in
                try ExtensionValues.extendedKeyUsage([Identifier.ocspSigning])
            },
            Row(Identifier.ocspNoCheck, "RFC 6960 §4.2.2.2.1") { _ in DEREncoding.null },
            authorityKeyRow, subjectKeyRow,
        ])

    private static let policyRow = Row(Identifier.certificatePolicies, critical: true, "jpki §7, policy and CPS") {
        try ExtensionValues.policy($0.names.policy($0.purpose), cps: $0.names.cpsURL)
    }

    private static let issuerNameRow = Row(Identifier.issuerAltName, "jpki §7, issuerAltName") {
        try ExtensionValues.alternativeName($0.names.alternative)
    }

    private static let distributionPointRow = Row(Identifier.crlDistributionPoints, "jpki §7, CRLDP") {
        guard let scope = $0.scope else { throw PKIError(.malformed, "no municipality") }
        return try ExtensionValues.distributionPoint($0.names.distributionPoint($0.purpose, scope))
    }

    private static let authorityKeyRow = Row(Identifier.authorityKeyIdentifier, "jpki §7, AKI") {
        guard let issuer = $0.issuer else { throw PKIError(.malformed, "no issuer") }
        let key = try PublicKeys.identifier(issuer.publicKeyDER)
        return ExtensionValues.authorityKey(key, issuer: (issuer.issuerDER, issuer.serial))
    }

    private static let subjectKeyRow = Row(Identifier.subjectKeyIdentifier, "jpki §7, SKI") {
        DEREncoding.octets(try PublicKeys.identifier($0.publicKeyDER))
    }
}

/// What the rows of a profile may use to make their values.
package struct IssuanceFacts: Sendable {
    package let names: JPKINames
    package let purpose: CertificatePurpose
    package let issuer: ParsedCertificate?
    package let publicKeyDER: [UInt8]
    package let scope: MunicipalityScope?
    package let holder: HolderAttributes?
}
