import Foundation
import PKI
import Testing

@Suite struct InstitutionCATests {
    static func authority(now: Date) throws -> InstitutionCA {
        try InstitutionCA.create(
            name: "Demonstration institutions", serial: CertificateSerial(1),
            validity: CertificateValidity(
                notBefore: now.addingTimeInterval(-60), notAfter: now.addingTimeInterval(86400)))
    }

    static func leaf(
        _ authority: InstitutionCA, now: Date, id: String = "linkage-core", names: [String] = ["core.localhost"]
    ) throws -> ParsedCertificate {
        try authority.certify(
            institution: id, dnsNames: names, publicKeyDER: CAKey.generate(.p256).publicKeyDER,
            serial: CertificateSerial(2),
            validity: CertificateValidity(
                notBefore: now.addingTimeInterval(-60), notAfter: now.addingTimeInterval(3600)))
    }

    private let now = Date(timeIntervalSince1970: 1_795_143_600)

    @Test("an institution's certificate carries its id and host names, and the CA signed it")
    func identity() throws {
        let authority = try Self.authority(now: now)
        let leaf = try Self.leaf(authority, now: now)
        #expect(try InstitutionCA.institutionID(ofCertificateDER: leaf.der) == "linkage-core")
        #expect(leaf.isSigned(by: authority.certificate))
        #expect(leaf.pem.hasPrefix("-----BEGIN CERTIFICATE-----"))
    }

    @Test(
        "an id outside its alphabet is not certified",
        arguments: ["", "a", "Core", "core/x", "core.x", "窓口", String(repeating: "a", count: 41)])
    func badIdentity(id: String) throws {
        let authority = try Self.authority(now: now)
        #expect(throws: PKIError.self) { try Self.leaf(authority, now: now, id: id) }
    }

    @Test("a host name outside ASCII is not certified", arguments: ["", "窓口.localhost", "a b"])
    func badHost(name: String) throws {
        let authority = try Self.authority(now: now)
        #expect(throws: PKIError.self) { try Self.leaf(authority, now: now, names: [name]) }
    }

    @Test("a certificate without exactly one institution has no id")
    func noIdentity() throws {
        let authority = try Self.authority(now: now)
        let nation = try Nation.shared.get()
        for der in [authority.certificate.der, nation.user.der, [], [0x30, 0x00]] {
            #expect(throws: PKIError.self) { try InstitutionCA.institutionID(ofCertificateDER: der) }
        }
    }

    @Test("a CA does not open with another key")
    func wrongKey() throws {
        let authority = try Self.authority(now: now)
        #expect(throws: PKIError.self) {
            try InstitutionCA(certificateDER: authority.certificate.der, key: CAKey.generate(.p256))
        }
    }
}
