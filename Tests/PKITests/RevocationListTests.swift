import Foundation
import SwiftASN1
import Testing

@testable import PKI

@Suite struct RevocationListTests {
    private func list(
        _ entries: [RevokedCertificate] = [], scope: MunicipalityScope? = nil, from: TimeInterval = 0,
        until: TimeInterval = 86400
    ) throws -> RevocationList {
        let nation = try Nation.shared.get()
        return RevocationList(
            number: 300, thisUpdate: nation.now.addingTimeInterval(from),
            nextUpdate: nation.now.addingTimeInterval(until), entries: entries,
            scopeDER: try nation.names.scopeDER(.userAuthentication, scope ?? nation.scope))
    }

    private func signed(_ list: RevocationList) throws -> [UInt8] {
        try list.sign(issuer: Nation.shared.get().authenticationCA.certificate, with: Keys.authentication.get())
    }

    private func verify(
        _ der: [UInt8], issuer: ParsedCertificate? = nil, after: TimeInterval = 0
    ) throws
        -> Result<RevocationList, StatusRefusal>
    {
        let nation = try Nation.shared.get()
        return RevocationList.verify(
            der, issuer: issuer ?? nation.authenticationCA.certificate, at: nation.now.addingTimeInterval(after),
            skew: 60)
    }

    @Test("a list comes back as it was written")
    func roundTrip() throws {
        let nation = try Nation.shared.get()
        let entries = try RevocationReason.allCases.map { reason in
            RevokedCertificate(
                serial: try CertificateSerial(UInt64(1000 + reason.rawValue)), date: nation.now,
                reason: reason == .unspecified ? nil : reason)
        }
        let read = try verify(signed(list(entries))).get()
        #expect(read.entries == entries)
        #expect(read.number == 300)
        #expect(read.scopeDER == nation.user.distributionPointDER)
    }

    @Test("a certificate that is not listed is good, one that is listed is revoked with its reason")
    func statuses() throws {
        let nation = try Nation.shared.get()
        let entry = RevokedCertificate(serial: nation.user.serial, date: nation.now, reason: .superseded)
        #expect(try verify(signed(list())).get().status(of: nation.user).get() == .good)
        #expect(
            try verify(signed(list([entry]))).get().status(of: nation.user).get()
                == .revoked(at: nation.now, reason: .superseded))
    }

    @Test("another municipality's list says nothing about a certificate")
    func anotherScope() throws {
        let nation = try Nation.shared.get()
        let other = try MunicipalityScope(prefecture: "Kakuu-ken", municipality: "Tonari-machi")
        let read = try verify(signed(list(scope: other))).get()
        #expect(status(refusal: read.status(of: nation.user)) == .anotherScope)
    }

    @Test(
        "a list is used until its nextUpdate, to the second",
        arguments: [(86460.0, nil), (86461, .stale), (-60, nil), (-61, .notYetCurrent)]
            as [(TimeInterval, StatusRefusal?)])
    func freshness(after: TimeInterval, expected: StatusRefusal?) throws {
        #expect(try status(refusal: verify(signed(list()), after: after)) == expected)
    }

    @Test("a list signed by a CA of the same name, or for another CA, is refused")
    func foreign() throws {
        let nation = try Nation.shared.get()
        let twin = try Nation.authority(.userAuthentication, key: Keys.other.get(), now: nation.now).certificate
        let forged = try list().sign(issuer: twin, with: Keys.other.get())
        #expect(try status(refusal: verify(forged)) == .badSignature)
        #expect(try status(refusal: verify(forged, issuer: nation.signatureCA.certificate)) == .badSignature)
        #expect(throws: PKIError.self) { try list().sign(issuer: twin, with: Keys.authentication.get()) }
        let signature = nation.signatureCA.certificate
        let renamed = try Nation.sign(
            CertificateContent(
                serial: CertificateSerial(3), signatureAlgorithm: .rsa2048, issuerDER: signature.subjectDER,
                validityDER: signature.validityDER, subject: DirectoryName(der: signature.subjectDER),
                publicKeyDER: Keys.authentication.get().publicKeyDER,
                extensions: [.init(Identifier.keyUsage, critical: true, value: ExtensionValues.keyUsage([5, 6]))]),
            with: Keys.authentication.get())
        #expect(try status(refusal: verify(signed(list()), issuer: renamed)) == .anotherIssuer)
    }

    @Test("a list with an unknown critical extension, or a distribution point of another kind, is refused")
    func unknownExtensions() throws {
        let point = DEREncoding.sequence(DEREncoding.implicit(4, [0xFF]))
        let cases: [(ExtensionContent, StatusRefusal)] = [
            (.init([2, 5, 29, 27], critical: true, value: DEREncoding.integer(1)), .unknownCriticalExtension),
            (.init(Identifier.issuingDistributionPoint, critical: true, value: point), .malformed),
        ]
        for (item, expected) in cases {
            #expect(try status(refusal: verify(handMade([item]))) == expected)
        }
        #expect(try verify(handMade([.init([1, 2, 3], critical: false, value: [5, 0])])).get().entries.isEmpty)
    }

    /// A list of the authentication CA with the given extensions only.
    private func handMade(_ items: [ExtensionContent]) throws -> [UInt8] {
        let nation = try Nation.shared.get()
        let algorithm = try SignatureAlgorithms.der(.rsa2048)
        let tbs = DEREncoding.sequence(
            DEREncoding.integer(1), algorithm, nation.authenticationCA.certificate.subjectDER,
            try DEREncoding.time(nation.now), try DEREncoding.time(nation.now.addingTimeInterval(60)),
            DEREncoding.tagged(0, DEREncoding.sequence(of: try items.map { try $0.der() })))
        return DEREncoding.sequence(tbs, algorithm, DEREncoding.bits(try Keys.authentication.get().sign(tbs)))
    }
}
