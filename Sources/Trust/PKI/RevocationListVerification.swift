public import Foundation
import SwiftASN1

extension RevocationList {
    /// Reads a CRL and believes it only when `issuer` signed it, it is current and nothing critical in it is unknown.
    ///
    /// `skew` is in seconds. A list without nextUpdate, an indirect one, a delta one and one of reasons are refused.
    public static func verify(
        _ der: [UInt8], issuer: ParsedCertificate, at moment: Date, skew: TimeInterval
    ) -> Result<RevocationList, StatusRefusal> {
        do {
            var outer = try DERReader(der)
            let tbs = try outer.next(0x30)
            let algorithm = try outer.next(0x30).der
            let signature = try outer.next(0x03).wholeBits()
            try outer.finish()
            guard let kind = SignatureAlgorithms.algorithm(algorithm), issuer.mayUseKey(for: .cRLSign),
                PublicKeys.verify(signature, of: tbs.der, algorithm: kind, publicKeyDER: issuer.publicKeyDER)
            else { return .failure(.badSignature) }
            return try read(tbs, algorithm: algorithm, issuer: issuer).flatMap { list in
                list.refusal(at: moment, skew: skew).map { .failure($0) } ?? .success(list)
            }
        } catch {
            return .failure(.malformed)
        }
    }

    /// What this list says about `certificate`: nothing if it is for another scope.
    public func status(of certificate: ParsedCertificate) -> Result<CertificateStatus, StatusRefusal> {
        if let scopeDER, scopeDER != certificate.distributionPointDER { return .failure(.anotherScope) }
        guard let entry = entries.first(where: { $0.serial == certificate.serial }) else { return .success(.good) }
        return .success(.revoked(at: entry.date, reason: entry.reason))
    }

    private func refusal(at moment: Date, skew: TimeInterval) -> StatusRefusal? {
        if thisUpdate > moment.addingTimeInterval(skew) { return .notYetCurrent }
        return nextUpdate.addingTimeInterval(skew) < moment || nextUpdate < thisUpdate ? .stale : nil
    }

    private static func read(
        _ tbs: ASN1Node, algorithm: [UInt8], issuer: ParsedCertificate
    ) throws(PKIError) -> Result<RevocationList, StatusRefusal> {
        var fields = try DERReader(tbs)
        guard try fields.next(0x02).small(0x02) == 1, try fields.next(0x30).der == algorithm else {
            return .failure(.malformed)
        }
        guard try fields.next(0x30).der == issuer.subjectDER else { return .failure(.anotherIssuer) }
        let thisUpdate = try fields.next().time()
        let nextUpdate = try fields.next().time()
        let entries = try fields.optional(0x30).map(Self.entries) ?? []
        let extensions = try ExtensionList(DERReader.only(fields.next(0xA0), tag: 0xA0))
        try fields.finish()
        guard extensions.understands([Identifier.issuingDistributionPoint]) else {
            return .failure(.unknownCriticalExtension)
        }
        let scope = try extensions[Identifier.issuingDistributionPoint].map { item throws(PKIError) in
            try ExtensionReading.directoryName(
                inDistributionPoint: DERReader.only(DERReader.parse(item.value), tag: 0x30))
        }
        return .success(
            RevocationList(
                number: try number(extensions), thisUpdate: thisUpdate, nextUpdate: nextUpdate, entries: entries,
                scopeDER: scope))
    }

    private static func entries(_ node: ASN1Node) throws(PKIError) -> [RevokedCertificate] {
        var reader = try DERReader(node)
        var found: [RevokedCertificate] = []
        while !reader.isAtEnd { found.append(try RevokedCertificate(reader.next(0x30))) }
        return found
    }

    private static func number(_ extensions: ExtensionList) throws(PKIError) -> UInt64 {
        guard let item = extensions[Identifier.crlNumber] else { return 0 }
        let bytes = try DERReader.parse(item.value).contents(0x02)
        guard bytes.count <= 9, let first = bytes.first, first < 0x80, bytes.count < 9 || first == 0 else {
            throw PKIError(.malformed, "a list number out of range")
        }
        return bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
