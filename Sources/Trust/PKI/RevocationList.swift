public import Foundation
import SwiftASN1

/// One revoked certificate of a CRL.
public struct RevokedCertificate: Sendable, Hashable {
    /// Its serial.
    public let serial: CertificateSerial
    /// Since when it is revoked.
    public let date: Date
    /// Why, if stated; `unspecified` is never written (RFC 5280 §5.3.1).
    public let reason: RevocationReason?

    /// Takes the three values; the date is cut to whole seconds.
    public init(serial: CertificateSerial, date: Date, reason: RevocationReason?) {
        self.serial = serial
        self.date = date
        self.reason = reason
    }
}

/// The list of revoked certificates of one municipality (失効リスト, CRL), or of the whole CA.
///
/// Source: RFC 5280 §5; facts jpki §8: a critical issuing distribution point whose directory name is the certificates'.
public struct RevocationList: Sendable {
    /// The list's number, rising.
    public let number: UInt64
    /// When it was made.
    public let thisUpdate: Date
    /// When the next one is due.
    public let nextUpdate: Date
    /// The revoked certificates.
    public let entries: [RevokedCertificate]
    /// The DER name of the scope; `nil` for the list of the whole CA.
    public let scopeDER: [UInt8]?

    /// Takes the list as it is to be signed; `scopeDER` comes from `JPKINames.scopeDER`.
    public init(
        number: UInt64, thisUpdate: Date, nextUpdate: Date, entries: [RevokedCertificate], scopeDER: [UInt8]?
    ) {
        self.number = number
        self.thisUpdate = thisUpdate
        self.nextUpdate = nextUpdate
        self.entries = entries
        self.scopeDER = scopeDER
    }

    /// Signs the list for `issuer`; throws `wrongKey` when the key is not the issuer's.
    public func sign(issuer: ParsedCertificate, with key: CAKey) throws(PKIError) -> [UInt8] {
        guard issuer.publicKeyDER == key.publicKeyDER else {
            throw PKIError(.wrongKey, "this key does not belong to the CA")
        }
        var revoked: [UInt8] = []
        for entry in entries { revoked += try entry.der() }
        var extensions = DEREncoding.sequence(of: try extensionsDER(issuer: issuer))
        extensions = DEREncoding.tagged(0, extensions)
        let tbs = DEREncoding.sequence(
            DEREncoding.integer(1), try key.signatureAlgorithmDER(), issuer.subjectDER,
            try DEREncoding.time(thisUpdate), try DEREncoding.time(nextUpdate),
            revoked.isEmpty ? [] : DEREncoding.element(0x30, revoked), extensions)
        return DEREncoding.sequence(tbs, try key.signatureAlgorithmDER(), DEREncoding.bits(try key.sign(tbs)))
    }

    private func extensionsDER(issuer: ParsedCertificate) throws(PKIError) -> [[UInt8]] {
        let authorityKey = ExtensionValues.authorityKey(try PublicKeys.identifier(issuer.publicKeyDER))
        var list = [
            ExtensionContent(Identifier.authorityKeyIdentifier, critical: false, value: authorityKey),
            ExtensionContent(Identifier.crlNumber, critical: false, value: DEREncoding.integer(number)),
        ]
        if let scopeDER {
            let point = DEREncoding.tagged(0, DEREncoding.tagged(0, DEREncoding.tagged(4, scopeDER)))
            list.append(
                ExtensionContent(
                    Identifier.issuingDistributionPoint, critical: true, value: DEREncoding.sequence(point)))
        }
        var encoded: [[UInt8]] = []
        for item in list { encoded.append(try item.der()) }
        return encoded
    }
}

extension RevokedCertificate {
    func der() throws(PKIError) -> [UInt8] {
        guard let reason, reason != .unspecified else {
            return DEREncoding.sequence(serial.der, try DEREncoding.time(date))
        }
        let code = DEREncoding.enumerated(UInt8(reason.rawValue))
        let item = ExtensionContent(Identifier.crlReason, critical: false, value: code)
        return DEREncoding.sequence(serial.der, try DEREncoding.time(date), DEREncoding.sequence(try item.der()))
    }

    init(_ node: ASN1Node) throws(PKIError) {
        var fields = try DERReader(node)
        serial = try CertificateSerial(derContents: fields.next(0x02).contents(0x02))
        date = try fields.next().time()
        if let extensions = fields.optional(0x30) {
            let list = try ExtensionList(extensions).only([Identifier.crlReason])
            reason = try list[Identifier.crlReason].map { item throws(PKIError) in
                try RevocationReason(code: DERReader.parse(item.value))
            }
        } else {
            reason = nil
        }
        try fields.finish()
    }
}

extension JPKINames {
    /// The scope (DER name) of one municipality's list, equal to the distribution point in its residents' certificates.
    public func scopeDER(_ purpose: CertificatePurpose, _ scope: MunicipalityScope) throws(PKIError) -> [UInt8] {
        try distributionPoint(purpose, scope).der()
    }
}
