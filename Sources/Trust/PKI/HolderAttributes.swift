package import SwiftASN1

/// The holder's personal data in a 署名用 certificate (基本4情報 and their substitution marks).
///
/// Personal data: it redacts itself and is not `Codable`. Source: facts jpki §7, OID 1.2.392.200149.8.5.5.1 to .6.
public struct HolderAttributes: Sendable, Hashable {
    /// 氏名: family name, U+3000, given name.
    public let name: String
    /// 氏名の代替文字使用位置情報: one '0' or '1' for each character of `name`.
    public let nameSubstitutions: String
    /// 性別: '1' male, '2' female, '3' or '9' neither.
    public let sex: String
    /// 生年月日 EYYYYMMDD: E is 1 明治 to 5 令和, 0 unknown; the year is Western.
    public let birthDate: String
    /// 住所, at most 200 characters.
    public let address: String
    /// 住所の代替文字使用位置情報: one '0' or '1' for each character of `address`.
    public let addressSubstitutions: String

    /// Takes the six values as they are to be certified; the lint of the profile checks their form.
    public init(
        name: String, nameSubstitutions: String, sex: String, birthDate: String, address: String,
        addressSubstitutions: String
    ) {
        self.name = name
        self.nameSubstitutions = nameSubstitutions
        self.sex = sex
        self.birthDate = birthDate
        self.address = address
        self.addressSubstitutions = addressSubstitutions
    }

    /// Reads the six values from a certificate; throws `malformed` when one is absent or given twice.
    public init(certificate: ParsedCertificate) throws(PKIError) {
        guard let value = certificate.value(Identifier.subjectAltName) else {
            throw PKIError(.malformed, "no holder attributes")
        }
        let found = try Self.read(value)
        guard Set(found.map(\.number)) == Set(Self.order), found.count == Self.order.count else {
            throw PKIError(.malformed, "holder attributes are missing or doubled")
        }
        let texts = Dictionary(uniqueKeysWithValues: found.map { ($0.number, $0.text) })
        self.init(
            name: texts[1, default: ""], nameSubstitutions: texts[2, default: ""], sex: texts[3, default: ""],
            birthDate: texts[4, default: ""], address: texts[5, default: ""],
            addressSubstitutions: texts[6, default: ""])
    }

    /// The order in which certificates carry the numbers of the arc.
    package static let order: [UInt] = [1, 4, 3, 5, 2, 6]

    /// Numbers of the arc and their values, in the certificate's order.
    package var ordered: [(UInt, String)] {
        [(1, name), (4, birthDate), (3, sex), (5, address), (2, nameSubstitutions), (6, addressSubstitutions)]
    }

    package static func oid(_ number: UInt) throws(PKIError) -> ASN1ObjectIdentifier {
        try reading("not an arc") {
            try ASN1ObjectIdentifier(elements: Identifier.holderArc.oidComponents + [number])
        }
    }

    /// The otherNames of a SubjectAltName value that belong to the arc, in their order.
    package static func read(_ value: [UInt8]) throws(PKIError) -> [(number: UInt, text: String)] {
        var names = try DERReader(value)
        var found: [(UInt, String)] = []
        while !names.isAtEnd {
            guard let node = names.optional(0xA0) else {
                throw PKIError(.malformed, "a name of another kind")
            }
            var parts = try DERReader(node, tag: 0xA0)
            let oid = try parts.next(0x06).objectIdentifier().oidComponents
            let text = try DERReader.only(parts.next(0xA0), tag: 0xA0)
            guard let number = oid.last, Array(oid.dropLast()) == Identifier.holderArc.oidComponents,
                text.encodedBytes.first == 0x0C
            else { throw PKIError(.malformed, "another name than the holder's") }
            found.append((number, try text.text()))
            try parts.finish()
        }
        return found
    }
}

extension HolderAttributes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "HolderAttributes(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
