package import SwiftASN1

/// Writes the values of the extensions that the profiles contain (RFC 5280 §4.2.1).
package enum ExtensionValues {
    /// KeyUsage; bit 0 is digitalSignature, 1 nonRepudiation, 5 keyCertSign, 6 cRLSign.
    package static func keyUsage(_ bits: [Int]) -> [UInt8] {
        let octet = bits.reduce(UInt8(0)) { $0 | (0x80 >> UInt8($1)) }
        return DEREncoding.element(0x03, [UInt8(octet.trailingZeroBitCount), octet])
    }

    /// ExtKeyUsageSyntax.
    package static func extendedKeyUsage(_ purposes: [ASN1ObjectIdentifier]) throws(PKIError) -> [UInt8] {
        var contents: [UInt8] = []
        for purpose in purposes { contents += try DEREncoding.identifier(purpose) }
        return DEREncoding.element(0x30, contents)
    }

    /// BasicConstraints of a CA without path length.
    package static let authority = DEREncoding.sequence(DEREncoding.yes)

    /// CertificatePolicies with one policy and its CPS address.
    package static func policy(_ dotted: String, cps: String) throws(PKIError) -> [UInt8] {
        guard !cps.isEmpty, cps.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw PKIError(.invalidName, "an address is printable ASCII")
        }
        let qualifier = DEREncoding.sequence(
            try DEREncoding.identifier(Identifier.cpsQualifier), DEREncoding.element(0x16, Array(cps.utf8)))
        return DEREncoding.sequence(
            DEREncoding.sequence(try DEREncoding.identifier(dotted: dotted), DEREncoding.sequence(qualifier)))
    }

    /// GeneralNames with one directory name.
    package static func alternativeName(_ name: DirectoryName) throws(PKIError) -> [UInt8] {
        DEREncoding.sequence(try name.generalName())
    }

    /// CRLDistributionPoints with one full name, a directory name.
    package static func distributionPoint(_ name: DirectoryName) throws(PKIError) -> [UInt8] {
        let point = DEREncoding.tagged(0, DEREncoding.tagged(0, try name.generalName()))
        return DEREncoding.sequence(DEREncoding.sequence(point))
    }

    /// AuthorityInfoAccess with one OCSP address.
    package static func ocspAccess(_ address: String) throws(PKIError) -> [UInt8] {
        guard !address.isEmpty, address.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw PKIError(.invalidName, "an address is printable ASCII")
        }
        let location = DEREncoding.implicit(6, Array(address.utf8))
        return DEREncoding.sequence(DEREncoding.sequence(try DEREncoding.identifier(Identifier.ocsp), location))
    }

    /// AuthorityKeyIdentifier with key identifier, and with the issuer's own issuer and serial where given.
    package static func authorityKey(
        _ keyIdentifier: [UInt8], issuer: (name: [UInt8], serial: CertificateSerial)? = nil
    ) -> [UInt8] {
        let key = DEREncoding.implicit(0, keyIdentifier)
        guard let issuer else { return DEREncoding.sequence(key) }
        return DEREncoding.sequence(
            key, DEREncoding.tagged(1, DEREncoding.tagged(4, issuer.name)),
            DEREncoding.element(0x82, Array(issuer.serial.der.dropFirst(2))))
    }

    /// GeneralNames with the holder's personal data as otherNames, in the given order.
    package static func otherNames(_ values: [(UInt, String)]) throws(PKIError) -> [UInt8] {
        var contents: [UInt8] = []
        for (number, text) in values {
            let value = DEREncoding.tagged(0, DEREncoding.utf8(text))
            contents += DEREncoding.tagged(0, try DEREncoding.identifier(HolderAttributes.oid(number)), value)
        }
        return DEREncoding.element(0x30, contents)
    }
}

/// Reads what a relying party and a lint must know of an extension.
package enum ExtensionReading {
    /// The policies that a CertificatePolicies value names, dotted.
    package static func policies(_ value: [UInt8]) throws(PKIError) -> [String] {
        var reader = try DERReader(value)
        var found: [String] = []
        while !reader.isAtEnd {
            var policy = try DERReader(reader.next())
            found.append(try policy.next(0x06).objectIdentifier().description)
        }
        return found
    }

    /// The directory name (DER) of a CRLDistributionPoints value with exactly one point with one such name.
    package static func distributionPoint(_ value: [UInt8]) throws(PKIError) -> [UInt8] {
        let point = try DERReader.only(DERReader.parse(value), tag: 0x30)
        return try directoryName(inDistributionPoint: DERReader.only(point, tag: 0x30))
    }

    /// The name inside `[0] { fullName [0] { [4] Name } }`.
    package static func directoryName(inDistributionPoint node: ASN1Node) throws(PKIError) -> [UInt8] {
        let fullName = try DERReader.only(node, tag: 0xA0)
        return try DERReader.only(DERReader.only(fullName, tag: 0xA0), tag: 0xA4).der
    }

    /// The key identifier of an AuthorityKeyIdentifier value.
    package static func authorityKey(_ value: [UInt8]) throws(PKIError) -> [UInt8]? {
        var reader = try DERReader(value)
        return try reader.optional(0x80)?.contents(0x80)
    }

    /// The purposes of an ExtKeyUsageSyntax value.
    package static func purposes(_ value: [UInt8]) throws(PKIError) -> [ASN1ObjectIdentifier] {
        var reader = try DERReader(value)
        var found: [ASN1ObjectIdentifier] = []
        while !reader.isAtEnd { found.append(try reader.next(0x06).objectIdentifier()) }
        return found
    }

    /// The OCSP address of an AuthorityInfoAccess value, if there is one.
    package static func ocspAddress(_ value: [UInt8]) throws(PKIError) -> String? {
        var reader = try DERReader(value)
        while !reader.isAtEnd {
            var access = try DERReader(reader.next())
            let method = try access.next(0x06).objectIdentifier()
            let location = try access.next()
            if method == Identifier.ocsp, location.encodedBytes.first == 0x86 {
                return String(validating: try location.contents(0x86), as: UTF8.self)
            }
        }
        return nil
    }
}
