import PKI
import SwiftASN1
import Testing
import X509

/// The structure of issued certificates against facts jpki §7, read by swift-certificates and not by our own reader.
@Suite struct ProfileTests {
    private func nation() throws -> Nation { try Nation.shared.get() }

    private func rows(_ certificate: ParsedCertificate) throws -> [String] {
        try Certificate(derEncoded: certificate.der).extensions.map { "\($0.oid)\($0.critical ? " critical" : "")" }
    }

    private func value(_ certificate: ParsedCertificate, _ oid: ASN1ObjectIdentifier) throws -> [UInt8] {
        try Array(#require(Certificate(derEncoded: certificate.der).extensions[oid: oid]).value)
    }

    /// "C printable JP" and so on, in order.
    private func parts(_ name: DistinguishedName) throws -> [String] {
        try name.map { rdn in
            let attribute = try #require(rdn.first)
            #expect(rdn.count == 1)
            var serializer = DER.Serializer()
            try serializer.serialize(ASN1Any(attribute.value))
            let kind = [0x0C: "utf8", 0x13: "printable"][serializer.serializedBytes[0], default: "?"]
            return
                "\(attribute.type) \(kind) \(String(decoding: serializer.serializedBytes.dropFirst(2), as: UTF8.self))"
        }
    }

    private func serialized(_ name: GeneralName) throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.serialize(name)
        return serializer.serializedBytes
    }

    @Test("the CA certificate has the extensions of the real one in their order, and no other")
    func authorityRows() throws {
        let certificate = try nation().authenticationCA.certificate
        #expect(
            try rows(certificate) == [
                "2.5.29.15 critical", "2.5.29.17", "2.5.29.19 critical", "2.5.29.31", "2.5.29.14",
            ])
        #expect(try value(certificate, [2, 5, 29, 15]) == [0x03, 0x02, 0x01, 0x06])
        #expect(try value(certificate, [2, 5, 29, 19]) == [0x30, 0x03, 0x01, 0x01, 0xFF])
    }

    @Test("the CA's name is C printable, O, OU, OU as UTF8String, in that order, and self-signed")
    func authorityName() throws {
        let certificate = try Certificate(derEncoded: nation().signatureCA.certificate.der)
        #expect(
            try parts(certificate.subject) == [
                "2.5.4.6 printable JP", "2.5.4.10 utf8 JPKI-TEST", "2.5.4.11 utf8 JPKI for digital signature",
                "2.5.4.11 utf8 Madoguchi Demonstration Nation",
            ])
        #expect(certificate.subject == certificate.issuer)
        #expect(certificate.publicKey.isValidSignature(certificate.signature, for: certificate))
        #expect(certificate.signatureAlgorithm == .sha256WithRSAEncryption)
    }

    @Test("the CA's distribution point is its own name and its alternative name is C and O in Japanese")
    func authorityAlternatives() throws {
        let parsed = try nation().authenticationCA.certificate
        let certificate = try Certificate(derEncoded: parsed.der)
        let point = try serialized(.directoryName(certificate.subject))
        #expect(try value(parsed, [2, 5, 29, 31]).suffix(point.count) == point[...])
        let names = try #require(try certificate.extensions.subjectAlternativeNames)
        guard case .directoryName(let name) = try #require(names.first) else { throw PlainError() }
        #expect(try parts(name) == ["2.5.4.6 printable JP", "2.5.4.10 utf8 公的個人認証サービス(テスト)"])
    }

    @Test("a 利用者証明用 certificate has the extensions of the real one in their order, and no other")
    func userRows() throws {
        let certificate = try nation().user
        #expect(
            try rows(certificate) == [
                "2.5.29.15 critical", "2.5.29.37", "2.5.29.32 critical", "2.5.29.18", "2.5.29.31",
                "1.3.6.1.5.5.7.1.1", "2.5.29.35", "2.5.29.14",
            ])
        #expect(try value(certificate, [2, 5, 29, 15]) == [0x03, 0x02, 0x07, 0x80])
        #expect(
            try value(certificate, [2, 5, 29, 37])
                == [0x30, 0x0A, 0x06, 0x08, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02])
    }

    @Test("its subject is C and a CN of 23 characters, and names nobody")
    func userName() throws {
        let certificate = try Certificate(derEncoded: nation().user.der)
        #expect(try parts(certificate.subject) == ["2.5.4.6 printable JP", "2.5.4.3 utf8 \(Nation.commonName)"])
        #expect(try certificate.extensions.subjectAlternativeNames == nil)
    }

    @Test("its policy, CPS address and OCSP address are the configured ones")
    func userPolicy() throws {
        let nation = try nation()
        let policy = try value(nation.user, [2, 5, 29, 32])
        var oid = DER.Serializer()
        try oid.serialize(ASN1ObjectIdentifier(dotRepresentation: nation.names.authenticationPolicy))
        #expect(Array(policy[4..<(4 + oid.serializedBytes.count)]) == oid.serializedBytes)
        #expect(policy.suffix(nation.names.cpsURL.utf8.count) == Array(nation.names.cpsURL.utf8)[...])
        let access = try Certificate(derEncoded: nation.user.der).extensions.authorityInformationAccess
        guard case .uniformResourceIdentifier(let address) = try #require(access?.first).location else {
            throw PlainError()
        }
        #expect(address == nation.names.authenticationOCSP)
        #expect(nation.user.ocspAddress == address)
    }

    @Test("its distribution point names prefecture and municipality")
    func userDistributionPoint() throws {
        let nation = try nation()
        let name = try DistinguishedName([
            .init(type: [2, 5, 4, 6], printableString: "JP"), .init(type: [2, 5, 4, 10], utf8String: "JPKI-TEST"),
            .init(type: [2, 5, 4, 11], utf8String: "JPKI for user authentication"),
            .init(type: [2, 5, 4, 11], utf8String: "CRL Distribution Points"),
            .init(type: [2, 5, 4, 11], utf8String: "Kakuu-ken"),
            .init(type: [2, 5, 4, 3], utf8String: "Madoguchi-shi CRLDP"),
        ])
        let point = try serialized(.directoryName(name))
        #expect(try value(nation.user, [2, 5, 29, 31]).suffix(point.count) == point[...])
    }

    @Test("AKI holds key identifier, issuer and serial of the CA; SKI is the SHA-1 of the key")
    func keyIdentifiers() throws {
        let nation = try nation()
        let authority = try Certificate(derEncoded: nation.authenticationCA.certificate.der)
        let user = try Certificate(derEncoded: nation.user.der)
        let identifier = try #require(try user.extensions.authorityKeyIdentifier)
        #expect(identifier.keyIdentifier == (try authority.extensions.subjectKeyIdentifier)?.keyIdentifier)
        #expect(identifier.authorityCertIssuer == [.directoryName(authority.issuer)])
        #expect(identifier.authorityCertSerialNumber == authority.serialNumber)
        #expect(
            try user.extensions.subjectKeyIdentifier?.keyIdentifier
                == SubjectKeyIdentifier(hash: user.publicKey).keyIdentifier)
    }

    @Test("a 署名用 certificate has the extensions of the real one in their order, and no other")
    func signerRows() throws {
        let certificate = try nation().signer
        #expect(
            try rows(certificate) == [
                "2.5.29.15 critical", "2.5.29.17", "2.5.29.32 critical", "2.5.29.18", "2.5.29.31", "2.5.29.35",
                "2.5.29.14",
            ])
        #expect(try value(certificate, [2, 5, 29, 15]) == [0x03, 0x02, 0x06, 0xC0])
        #expect(
            try parts(Certificate(derEncoded: certificate.der).subject) == [
                "2.5.4.6 printable JP", "2.5.4.7 utf8 Kakuu-ken", "2.5.4.7 utf8 Madoguchi-shi",
                "2.5.4.3 utf8 \(String(repeating: "20", count: 14))",
            ])
    }

    @Test("its holder's data are otherNames 1, 4, 3, 5, 2, 6 as UTF8String")
    func signerHolder() throws {
        let nation = try nation()
        let names = try #require(try Certificate(derEncoded: nation.signer.der).extensions.subjectAlternativeNames)
        let found = try names.map { name -> String in
            guard case .otherName(let other) = name else { throw PlainError() }
            return try "\(other.typeID) \(String(ASN1UTF8String(asn1Any: #require(other.value))))"
        }
        let arc = "1.2.392.200149.8.5.5"
        let holder = Nation.holder
        #expect(
            found == [
                "\(arc).1 \(holder.name)", "\(arc).4 \(holder.birthDate)", "\(arc).3 \(holder.sex)",
                "\(arc).5 \(holder.address)", "\(arc).2 \(holder.nameSubstitutions)",
                "\(arc).6 \(holder.addressSubstitutions)",
            ])
        #expect(try HolderAttributes(certificate: nation.signer) == holder)
    }

    @Test("a responder's certificate has OCSPSigning and ocsp-nocheck")
    func responderRows() throws {
        let certificate = try nation().responder.certificate
        #expect(
            try rows(certificate) == [
                "2.5.29.15 critical", "2.5.29.37", "1.3.6.1.5.5.7.48.1.5", "2.5.29.35", "2.5.29.14",
            ])
        #expect(try value(certificate, [1, 3, 6, 1, 5, 5, 7, 48, 1, 5]) == [0x05, 0x00])
        #expect(
            try Certificate(derEncoded: certificate.der).extensions.extendedKeyUsage
                == ExtendedKeyUsage([.ocspSigning]))
    }

    @Test("a holder's data and a parsed certificate do not show themselves")
    func redaction() throws {
        let signer = try nation().signer
        for shown in ["\(Nation.holder)", String(reflecting: Nation.holder), "\(signer)", String(reflecting: signer)] {
            #expect(!shown.contains("太郎") && !shown.contains("窓口市"))
        }
        var dumped = ""
        dump(signer, to: &dumped)
        dump(Nation.holder, to: &dumped)
        #expect(!dumped.contains("太郎"))
    }
}

/// A test's own reason to stop.
struct PlainError: Error {}
