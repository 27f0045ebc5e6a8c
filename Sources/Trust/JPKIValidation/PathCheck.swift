import Crypto
import Foundation
import PKI
import SwiftASN1
import Values

extension JPKIValidator {
    /// Path validation for one tier (RFC 5280 §6.1): algorithm, anchor, validity, extensions, policy, usage.
    ///
    /// swift-certificates does not police keyUsage and compares names by case, so that the few steps stand here.
    func examinePath(
        _ leaf: ParsedCertificate, for use: Use, at moment: Instant, _ examination: inout Examination
    ) throws(ValidationReport) {
        let algorithm = (try? PublicKeys.read(leaf.publicKeyDER))?.1
        try examination.require(
            algorithm == .rsa2048 && SignatureAlgorithms.algorithm(leaf.signatureAlgorithmDER) == .rsa2048,
            .algorithms, "RSA-2048, SHA-256", otherwise: .cryptographicConstraintsFailure)
        guard let anchor = anchor(of: leaf, for: use) else {
            throw examination.fail(.trustAnchor, "no trusted issuer signed it", .noCertificateChainFound)
        }
        let fingerprint = Array(SHA256.hash(data: anchor.certificate.der)).hex
        try examination.require(true, .trustAnchor, "SHA-256 \(fingerprint)", otherwise: .noCertificateChainFound)
        try examination.require(
            anchor.certificate.isValid(at: moment), .anchorValidity, otherwise: .chainGeneralFailure)
        try examineValidity(leaf, at: moment, &examination)
        try examineExtensions(leaf, for: use, &examination)
    }

    /// The anchor that issued `leaf`. All generations of a CA share one name: key identifier and signature choose.
    func anchor(of leaf: ParsedCertificate, for use: Use? = nil) -> Anchor? {
        anchors.first { anchor in
            (use == nil || anchor.use == use) && anchor.certificate.subjectDER == leaf.issuerDER
                && (leaf.authorityKeyIdentifier ?? anchor.keyIdentifier) == anchor.keyIdentifier
                && leaf.isSigned(by: anchor.certificate)
        }
    }

    private func examineValidity(
        _ leaf: ParsedCertificate, at moment: Instant, _ examination: inout Examination
    ) throws(ValidationReport) {
        let (first, last) = (Instant(date: leaf.notBefore), Instant(date: leaf.notAfter))
        try examination.require(first <= moment, .notBefore, first.rfc3339, otherwise: .notYetValid)
        // Second precision: the whole last second belongs to the validity.
        try examination.require(moment < last + .seconds(1), .notAfter, last.rfc3339, otherwise: .expired)
    }

    private func examineExtensions(
        _ leaf: ParsedCertificate, for use: Use, _ examination: inout Examination
    ) throws(ValidationReport) {
        let known: Set = [Identifier.keyUsage, Identifier.certificatePolicies, Identifier.basicConstraints]
        let unknown = leaf.criticalExtensions.subtracting(known.union([Identifier.extendedKeyUsage]))
        let refusal = ValidationReport.SubIndication.chainConstraintsFailure
        try examination.require(
            unknown.isEmpty, .criticalExtensions, unknown.map(\.description).sorted().joined(separator: " "),
            otherwise: refusal)
        try examination.require(!leaf.isAuthority, .basicConstraints, "end entity", otherwise: refusal)
        let accepted = policies.accepted(for: use).intersection(leaf.policies).sorted()
        try examination.require(
            leaf.criticalExtensions.contains(Identifier.certificatePolicies) && !accepted.isEmpty, .policy,
            accepted.joined(separator: " "), otherwise: refusal)
        try examination.require(
            leaf.mayUseKey(for: .digitalSignature) && (use == .authentication || leaf.mayUseKey(for: .nonRepudiation)),
            .keyUsage, otherwise: refusal)
        let mayLogIn = use == .signing || leaf.hasPurpose(Identifier.clientAuth)
        try examination.require(mayLogIn, .extendedKeyUsage, otherwise: refusal)
    }
}

extension ParsedCertificate {
    func isValid(at moment: Instant) -> Bool {
        Instant(date: notBefore) <= moment && moment < Instant(date: notAfter) + .seconds(1)
    }
}
