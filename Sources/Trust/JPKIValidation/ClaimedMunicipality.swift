import PKI

extension UnverifiedUserCertificate {
    /// 全国地方公共団体コード: the municipality that a 利用者証明用 certificate says it was issued in, as five digits.
    ///
    /// They follow the first fourteen of the common name's 23 characters (facts: jpki §7). Nil where the name has
    /// another form. A claim until the certificate is validated.
    public var claimedMunicipality: String? {
        guard let name = try? DirectoryName(der: parsed.subjectDER),
            let common = name.parts.last, common.type == Identifier.commonName, common.text.utf8.count == 23
        else { return nil }
        let digits = Array(common.text.utf8)[14..<19]
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return String(decoding: digits, as: UTF8.self)
    }
}
