import SwiftASN1

/// The Extensions of an OCSP message or a CRL (RFC 5280 §4.1), each at most once.
struct ExtensionList {
    private let items: [ExtensionContent]

    init(_ node: ASN1Node) throws(PKIError) {
        var reader = try DERReader(node)
        var items: [ExtensionContent] = []
        while !reader.isAtEnd {
            var fields = try DERReader(reader.next(0x30))
            let oid = try fields.next(0x06).objectIdentifier()
            let critical = try fields.optional(0x01).map { node throws(PKIError) in try node.contents(0x01) == [0xFF] }
            items.append(
                ExtensionContent(oid, critical: critical ?? false, value: try fields.next(0x04).contents(0x04)))
            try fields.finish()
            guard !items.dropLast().contains(where: { $0.oid == oid }) else {
                throw PKIError(.malformed, "an extension twice")
            }
        }
        self.items = items
    }

    /// The list itself, if every critical extension is among `understood`; otherwise throws `malformed`.
    func only(_ understood: [ASN1ObjectIdentifier]) throws(PKIError) -> ExtensionList {
        guard items.allSatisfy({ !$0.critical || understood.contains($0.oid) }) else {
            throw PKIError(.malformed, "a critical extension that is not understood")
        }
        return self
    }

    /// Whether every critical extension is among `understood`.
    func understands(_ understood: [ASN1ObjectIdentifier]) -> Bool {
        items.allSatisfy { !$0.critical || understood.contains($0.oid) }
    }

    /// The value of an extension.
    subscript(_ oid: ASN1ObjectIdentifier) -> ExtensionContent? { items.first { $0.oid == oid } }

    /// The nonce of an OCSP message; refuses other critical extensions.
    func nonce() throws(PKIError) -> [UInt8]? {
        guard let item = try only([Identifier.ocspNonce])[Identifier.ocspNonce] else { return nil }
        return try DERReader.parse(item.value).contents(0x04)
    }

    /// The extensions of an OCSP message, `[tag] EXPLICIT`, or nothing without a nonce.
    static func der(nonce: [UInt8]?, tag: UInt8) throws(PKIError) -> [UInt8] {
        guard let nonce else { return [] }
        let item = ExtensionContent(Identifier.ocspNonce, critical: false, value: DEREncoding.octets(nonce))
        return DEREncoding.tagged(tag, DEREncoding.sequence(try item.der()))
    }
}
