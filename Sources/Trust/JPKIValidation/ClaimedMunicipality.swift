import PKI
import SwiftASN1
import X509

extension UnverifiedUserCertificate {
    /// The municipality (全国地方公共団体コード) that a 利用者証明用 certificate was issued in: the five digits after the first
    /// fourteen characters of its subject's common name. Nil where the name has another form.
    public var claimedMunicipality: String? {
        guard let name = try? DistinguishedName(derEncoded: DER.parse(parsed.subjectDER)) else { return nil }
        let attributes = name.flatMap { Array($0) }
        guard let attribute = attributes.first(where: { $0.type == .RDNAttributeType.commonName }),
            let common = String(attribute.value), common.utf8.count == 23
        else { return nil }
        let digits = String(common.dropFirst(14).prefix(5))
        return digits.allSatisfy({ ("0"..."9").contains($0) }) ? digits : nil
    }
}
