import Foundation
import Testing

@testable import PKI

@Suite struct IssuanceTests {
    private func prepared() throws -> PreparedCertificate {
        let nation = try Nation.shared.get()
        return try nation.authenticationCA.prepareUserAuthentication(
            Nation.order(now: nation.now, serial: 5), commonName: Nation.commonName, scope: nation.scope)
    }

    @Test("what is signed is exactly what was recorded before")
    func recordedBytes() throws {
        let prepared = try prepared()
        let tbs = prepared.tbsDER
        let certificate = try ParsedCertificate(der: Keys.authentication.get().issue(prepared))
        #expect(certificate.tbsDER == tbs)
        #expect(certificate.isSigned(by: try Nation.shared.get().authenticationCA.certificate))
    }

    @Test("a recorded certificate is prepared again and signed after a crash, with the same bytes")
    func resume() throws {
        let tbs = try prepared().tbsDER
        let authority = try Nation.shared.get().authenticationCA
        let again = try authority.resume(recordedTBS: tbs, kind: .userAuthentication)
        #expect(again.tbsDER == tbs)
        #expect(throws: PKIError.self) { _ = try authority.resume(recordedTBS: tbs, kind: .digitalSignature) }
        #expect(throws: PKIError.self) {
            _ = try authority.resume(recordedTBS: tbs.dropLast(), kind: .userAuthentication)
        }
    }

    @Test("another key does not sign")
    func wrongKey() throws {
        let prepared = try prepared()
        do {
            _ = try Keys.signature.get().issue(prepared)
            Issue.record("it was signed")
        } catch let error as PKIError {
            #expect(error.code == .wrongKey)
        }
    }

    @Test(
        "a common name outside its form is not prepared",
        arguments: [
            "", "0123456789ABCD99001001", "0123456789ABCD99001001a", "0123456789abcd99001001A",
            "0123456789ABCDX9001001A",
        ])
    func commonName(text: String) throws {
        let nation = try Nation.shared.get()
        do {
            _ = try nation.authenticationCA.prepareUserAuthentication(
                Nation.order(now: nation.now, serial: 5), commonName: text, scope: nation.scope)
            Issue.record("it was prepared")
        } catch let error as PKIError {
            #expect(error.lints == ["subject-name"])
        }
    }

    @Test(
        "a holder's data outside their form are not prepared",
        arguments: [
            HolderAttributes(
                name: "住基", nameSubstitutions: "0", sex: "1", birthDate: "419990228", address: "架空県",
                addressSubstitutions: "000"),
            HolderAttributes(
                name: "住基", nameSubstitutions: "02", sex: "1", birthDate: "419990228", address: "架空県",
                addressSubstitutions: "000"),
            HolderAttributes(
                name: "住基", nameSubstitutions: "00", sex: "x", birthDate: "419990228", address: "架空県",
                addressSubstitutions: "000"),
            HolderAttributes(
                name: "住基", nameSubstitutions: "00", sex: "1", birthDate: "19990228", address: "架空県",
                addressSubstitutions: "000"),
            HolderAttributes(
                name: "", nameSubstitutions: "", sex: "1", birthDate: "419990228", address: "架空県",
                addressSubstitutions: "000"),
            HolderAttributes(
                name: "住基", nameSubstitutions: "00", sex: "1", birthDate: "419990228",
                address: String(repeating: "県", count: 201), addressSubstitutions: String(repeating: "0", count: 201)),
        ])
    func holder(holder: HolderAttributes) throws {
        let nation = try Nation.shared.get()
        do {
            _ = try nation.signatureCA.prepareDigitalSignature(
                Nation.order(now: nation.now, serial: 5), commonName: String(repeating: "20", count: 14),
                scope: nation.scope, holder: holder)
            Issue.record("it was prepared")
        } catch let error as PKIError {
            #expect(error.lints == ["holder-values"])
        }
    }

    @Test("a certificate that names two signature algorithms is not read")
    func twoAlgorithms() throws {
        let user = try Nation.shared.get().user
        let rsa = try DEREncoding.identifier(Identifier.sha256WithRSA)
        let sha384WithRSA = rsa.dropLast() + [12]
        let other = DEREncoding.sequence(Array(sha384WithRSA), DEREncoding.null)
        let der = DEREncoding.sequence(user.tbsDER, other, DEREncoding.bits(user.signature))
        #expect(throws: PKIError.self) { try ParsedCertificate(der: der) }
        let same = DEREncoding.sequence(user.tbsDER, user.signatureAlgorithmDER, DEREncoding.bits(user.signature))
        #expect(try ParsedCertificate(der: same) == user)
    }

    @Test("a CA opens only with its own certificate")
    func authorityMismatch() throws {
        let nation = try Nation.shared.get()
        let own = nation.signatureCA.certificate.der
        #expect(throws: PKIError.self) {
            try CertificateAuthority(purpose: .userAuthentication, names: nation.names, certificateDER: own)
        }
        #expect(throws: PKIError.self) {
            try CertificateAuthority(purpose: .userAuthentication, names: nation.names, certificateDER: nation.user.der)
        }
    }

    @Test("a serial is positive and has at most 20 octets")
    func serials() throws {
        #expect(throws: PKIError.self) { try CertificateSerial(0) }
        #expect(throws: PKIError.self) { try CertificateSerial(bytes: [UInt8](repeating: 0xFF, count: 20)) }
        #expect(throws: PKIError.self) { try CertificateSerial(bytes: [UInt8](repeating: 1, count: 21)) }
        #expect(throws: PKIError.self) { try CertificateSerial(hex: "0g") }
        #expect(throws: PKIError.self) { try CertificateSerial(derContents: [0x80]) }
        #expect(throws: PKIError.self) { try CertificateSerial(derContents: [0x00, 0x01]) }
        let serial = try CertificateSerial(0x0133_C349)
        #expect(serial.hex == "0133c349")
        #expect(try CertificateSerial(hex: serial.hex) == serial)
        #expect(try CertificateSerial(0xFF).der == [0x02, 0x02, 0x00, 0xFF])
    }

    @Test("a key comes back from PKCS#8 and does not show itself", arguments: [CAKey.Algorithm.rsa2048, .p256])
    func keys(algorithm: CAKey.Algorithm) throws {
        let key = try algorithm == .p256 ? CAKey.generate(.p256) : Keys.other.get()
        let again = try CAKey(pkcs8DER: key.exportPKCS8())
        #expect(again.publicKeyDER == key.publicKeyDER)
        #expect(again.algorithm == algorithm)
        var shown = "\(key) \(String(reflecting: key))"
        dump(key, to: &shown)
        #expect(!shown.contains("Backing") && shown.contains("redacted"))
        #expect(throws: PKIError.self) { try CAKey(pkcs8DER: Array(key.exportPKCS8().dropLast())) }
        let message: [UInt8] = [1, 2, 3]
        let signature = try again.sign(message)
        #expect(PublicKeys.verify(signature, of: message, algorithm: algorithm, publicKeyDER: key.publicKeyDER))
        #expect(!PublicKeys.verify(signature, of: [1, 2, 4], algorithm: algorithm, publicKeyDER: key.publicKeyDER))
    }

    @Test(
        "times are written as UTCTime before 2050 and as GeneralizedTime from then on, and read back",
        arguments: [
            (-631_152_000, "500101000000Z"), (951_782_399, "000228235959Z"), (951_782_400, "000229000000Z"),
            (1_795_219_199, "261120235959Z"), (2_524_607_999, "491231235959Z"), (2_524_608_000, "20500101000000Z"),
            (4_107_542_400, "21000301000000Z"), (253_402_300_799, "99991231235959Z"),
        ])
    func times(seconds: Int, digits: String) throws {
        let date = Date(timeIntervalSince1970: TimeInterval(seconds))
        let der = try DEREncoding.time(date)
        #expect(String(decoding: der.dropFirst(2), as: UTF8.self) == digits)
        #expect(try DERReader.parse(der).time() == date)
    }

    @Test(
        "times outside 1950 to 9999 cannot be written",
        arguments: [-631_152_001.0, 253_402_300_800, .infinity, -.infinity, .nan])
    func timesOutside(seconds: Double) {
        #expect(throws: PKIError.self) { try DEREncoding.time(Date(timeIntervalSince1970: seconds)) }
    }
}
