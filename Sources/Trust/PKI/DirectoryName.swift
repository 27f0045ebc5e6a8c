package import SwiftASN1

/// A distinguished name of single-valued parts, each with its own string type.
///
/// Names are compared by their DER bytes: in a hierarchy of one tier the issuer's name is copied, never typed again.
package struct DirectoryName: Hashable, Sendable {
    /// How a part's text is encoded.
    package enum TextType: UInt8, Sendable {
        case utf8 = 0x0C
        case printable = 0x13
    }

    /// One part, such as O=JPKI-TEST.
    package struct Part: Hashable, Sendable {
        package let type: ASN1ObjectIdentifier
        package let text: String
        package let textType: TextType

        package init(_ type: ASN1ObjectIdentifier, _ text: String, _ textType: TextType = .utf8) {
            self.type = type
            self.text = text
            self.textType = textType
        }
    }

    package var parts: [Part]

    package init(_ parts: [Part]) { self.parts = parts }

    /// Reads a Name; throws `malformed` for multi-valued parts and other string types.
    package init(der: some Collection<UInt8>) throws(PKIError) {
        var reader = try DERReader(der)
        var parts: [Part] = []
        while !reader.isAtEnd {
            var pair = try DERReader(DERReader.only(reader.next(0x31), tag: 0x31))
            let type = try pair.next(0x06).objectIdentifier()
            let value = try pair.next()
            guard let textType = value.encodedBytes.first.flatMap(TextType.init) else {
                throw PKIError(.malformed, "a string type that names here do not use")
            }
            parts.append(Part(type, try value.text(), textType))
            try pair.finish()
        }
        self.parts = parts
    }

    /// The name's DER.
    package func der() throws(PKIError) -> [UInt8] {
        var contents: [UInt8] = []
        for part in parts {
            let text = DEREncoding.element(part.textType.rawValue, Array(part.text.utf8))
            contents += DEREncoding.set(DEREncoding.sequence(try DEREncoding.identifier(part.type), text))
        }
        return DEREncoding.element(0x30, contents)
    }

    /// The name as a GeneralName of kind directoryName, `[4] EXPLICIT`.
    package func generalName() throws(PKIError) -> [UInt8] { DEREncoding.tagged(4, try der()) }
}
