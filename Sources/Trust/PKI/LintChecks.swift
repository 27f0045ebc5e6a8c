import SwiftASN1

extension LintRules {
    /// The rule that the key may be used for exactly these bits.
    static func keyUsage(_ bits: [Int]) -> LintRule {
        LintRule("key-usage", "jpki §7; RFC 5280 §4.2.1.3") {
            try $0.value(Identifier.keyUsage) == ExtensionValues.keyUsage(bits)
        }
    }

    /// The rule that the extended purposes are exactly these.
    static func purposes(_ expected: [ASN1ObjectIdentifier], _ citation: String) -> LintRule {
        LintRule("extended-key-usage", citation) {
            try ExtensionReading.purposes($0.value(Identifier.extendedKeyUsage)) == expected
        }
    }

    /// The rule that an alternative name is C=JP, O=公的個人認証サービス.
    static func alternative(_ id: String, _ oid: ASN1ObjectIdentifier) -> LintRule {
        LintRule(id, "jpki §7: dirName C=JP, O=公的個人認証サービス") {
            try $0.value(oid) == DEREncoding.sequence($0.names.alternative.generalName())
        }
    }

    /// 14 characters of an identifier, 5 digits of the municipality, 3 digits, a letter.
    static func isUserName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 23 else { return false }
        return bytes[0..<14].allSatisfy { isDigit($0) || isCapital($0) } && bytes[14..<22].allSatisfy(isDigit)
            && isCapital(bytes[22])
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

    /// Whether the name is that of one municipality's CRL.
    static func isMunicipal(_ name: DirectoryName, _ subject: LintSubject) -> Bool {
        guard name.parts.count == 6, name.parts[5].text.hasSuffix(" CRLDP"),
            let scope = try? MunicipalityScope(
                prefecture: name.parts[4].text, municipality: String(name.parts[5].text.dropLast(6)))
        else { return false }
        return name == subject.names.distributionPoint(subject.purpose, scope)
    }

    /// The forms of the six values (facts: jpki §7).
    static func isWellFormed(_ holder: HolderAttributes) -> Bool {
        isMarks(holder.nameSubstitutions, for: holder.name) && isMarks(holder.addressSubstitutions, for: holder.address)
            && ["1", "2", "3", "9"].contains(holder.sex) && isBirthDate(holder.birthDate)
            && holder.address.unicodeScalars.count <= 200
    }

    private static func isMarks(_ marks: String, for text: String) -> Bool {
        !text.isEmpty && marks.utf8.count == text.unicodeScalars.count
            && marks.utf8.allSatisfy { $0 == 0x30 || $0 == 0x31 }
    }

    private static func isBirthDate(_ text: String) -> Bool {
        text.utf8.count == 9 && text.utf8.allSatisfy(isDigit) && "012345".contains(text.prefix(1))
    }
}
