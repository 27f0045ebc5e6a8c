import SwiftASN1

/// A rule that a certificate of a profile must keep, checked on the encoded bytes before they are signed.
public struct LintRule: Sendable {
    /// Name of the rule, stable.
    public let id: String
    /// Where the rule is said.
    public let citation: String
    private let check: @Sendable (LintSubject) throws -> Bool

    package init(_ id: String, _ citation: String, check: @escaping @Sendable (LintSubject) throws -> Bool) {
        self.id = id
        self.citation = citation
        self.check = check
    }

    /// Whether the certificate keeps the rule; what cannot be read breaks it.
    package func holds(for subject: LintSubject) -> Bool { (try? check(subject)) ?? false }
}

/// The certificate under examination and what it is compared with.
package struct LintSubject: Sendable {
    package let certificate: ParsedCertificate
    package let kind: CertificateProfile.Kind
    package let names: JPKINames
    package let purpose: CertificatePurpose
    package let issuer: ParsedCertificate?

    package init(
        certificate: ParsedCertificate, kind: CertificateProfile.Kind, names: JPKINames, purpose: CertificatePurpose,
        issuer: ParsedCertificate?
    ) {
        self.certificate = certificate
        self.kind = kind
        self.names = names
        self.purpose = purpose
        self.issuer = issuer
    }

    /// The value of an extension, which must be there.
    func value(_ oid: ASN1ObjectIdentifier) throws(PKIError) -> [UInt8] {
        guard let value = certificate.value(oid) else { throw PKIError(.malformed, "an extension is missing") }
        return value
    }

    /// The subject's name, read.
    func subject() throws(PKIError) -> DirectoryName { try DirectoryName(der: certificate.subjectDER) }
}
