import Foundation
import PKI
import Testing

/// What OpenSSL, which knows nothing of this code, makes of our certificates, lists and answers.
@Suite struct OpenSSLTests {
    private func folder(_ nation: Nation) throws -> OpenSSL {
        let openssl = try OpenSSL()
        try openssl.write("ca.pem", pem: nation.authenticationCA.certificate)
        try openssl.write("signca.pem", pem: nation.signatureCA.certificate)
        try openssl.write("user.pem", pem: nation.user)
        try openssl.write("signer.pem", pem: nation.signer)
        try openssl.write("responder.pem", pem: nation.responder.certificate)
        return openssl
    }

    @Test("the certificates pass a strict check with their policy, and fail with the other one's")
    func strict() throws {
        let nation = try Nation.shared.get()
        let openssl = try folder(nation)
        let time = String(Int(nation.now.timeIntervalSince1970))
        let cases = [
            ("ca.pem", "user.pem", nation.names.authenticationPolicy, nation.names.signaturePolicy),
            ("signca.pem", "signer.pem", nation.names.signaturePolicy, nation.names.authenticationPolicy),
        ]
        for (authority, leaf, policy, other) in cases {
            let good = try openssl.run(
                "verify", "-x509_strict", "-policy_check", "-explicit_policy", "-policy", policy, "-attime", time,
                "-CAfile", authority, leaf)
            #expect(good.status == 0, "\(good.output)")
            let bad = try openssl.run(
                "verify", "-x509_strict", "-policy_check", "-explicit_policy", "-policy", other, "-attime", time,
                "-CAfile", authority, leaf)
            #expect(bad.status != 0)
        }
        let responder = try openssl.run(
            "verify", "-x509_strict", "-purpose", "ocsphelper", "-attime", time, "-CAfile", "ca.pem", "responder.pem")
        #expect(responder.status == 0, "\(responder.output)")
    }

    @Test("openssl reads our prepared bytes as the same serial and dates")
    func text() throws {
        let nation = try Nation.shared.get()
        let openssl = try folder(nation)
        let (_, output) = try openssl.run(
            "x509", "-in", "user.pem", "-noout", "-serial", "-enddate", "-certopt", "no_sigdump")
        #expect(output.contains("serial=12345678"))
        #expect(output.contains("14:59:59"))
    }

    @Test("openssl asks and believes the answer: good, then revoked with reason and time")
    func ocsp() throws {
        // openssl compares an answer's times with the machine's clock.
        let nation = try Nation(now: Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down)))
        let openssl = try folder(nation)
        let asked = try openssl.run(
            "ocsp", "-issuer", "ca.pem", "-cert", "user.pem", "-reqout", "request.der")
        #expect(asked.status == 0, "\(asked.output)")
        let request = try openssl.read("request.der")
        let parsed = try OCSPRequest(der: request)
        #expect(parsed.certificateIDs.map(\.hashAlgorithm) == [.sha1])
        #expect(parsed.certificateIDs.first?.serial == nation.user.serial)
        #expect(parsed.nonce != nil)
        #expect(parsed.certificateIDs.first?.names(issuer: nation.authenticationCA.certificate) == true)

        try openssl.write("good.der", nation.answer(request))
        let good = try openssl.run(
            "ocsp", "-issuer", "ca.pem", "-cert", "user.pem", "-no_nonce", "-reqin", "request.der", "-respin",
            "good.der",
            "-CAfile", "ca.pem")
        #expect(good.status == 0 && good.output.contains("Response verify OK"), "\(good.output)")
        #expect(good.output.contains("user.pem: good"), "\(good.output)")

        let since = nation.now.addingTimeInterval(-60)
        try openssl.write("revoked.der", nation.answer(request, status: .revoked(at: since, reason: .keyCompromise)))
        let revoked = try openssl.run(
            "ocsp", "-issuer", "ca.pem", "-cert", "user.pem", "-no_nonce", "-reqin", "request.der", "-respin",
            "revoked.der", "-CAfile", "ca.pem")
        #expect(revoked.output.contains("Response verify OK"), "\(revoked.output)")
        #expect(revoked.output.contains("user.pem: revoked") && revoked.output.contains("keyCompromise"))
    }

    @Test("openssl reads our SHA-256 request and its nonce")
    func request() throws {
        let nation = try Nation.shared.get()
        let openssl = try folder(nation)
        let id = try OCSPCertificateID(issuer: nation.authenticationCA.certificate, serial: nation.user.serial)
        try openssl.write("ours.der", OCSPRequest(certificateIDs: [id], nonce: [UInt8](repeating: 7, count: 32)).der())
        let (status, output) = try openssl.run("ocsp", "-reqin", "ours.der", "-no_nonce", "-req_text")
        #expect(
            output.contains("Hash Algorithm: sha256") && output.contains("Serial Number: 12345678"),
            "\(status) \(output)")
        #expect(output.contains("OCSP Nonce"))
    }

    @Test("openssl accepts a municipality's list: good, revoked (23), another municipality's (44)")
    func crl() throws {
        let nation = try Nation.shared.get()
        let openssl = try folder(nation)
        let key = try Keys.authentication.get()
        let time = String(Int(nation.now.timeIntervalSince1970))
        let other = try MunicipalityScope(prefecture: "Kakuu-ken", municipality: "Tonari-machi")
        let revoked = RevokedCertificate(serial: nation.user.serial, date: nation.now, reason: .affiliationChanged)
        let lists: [(scope: MunicipalityScope, entries: [RevokedCertificate], expected: String?)] = [
            (nation.scope, [], nil), (nation.scope, [revoked], "error 23"), (other, [], "error 44"),
        ]
        for (scope, entries, expected) in lists {
            let list = RevocationList(
                number: 12, thisUpdate: nation.now, nextUpdate: nation.now.addingTimeInterval(86400), entries: entries,
                scopeDER: try nation.names.scopeDER(.userAuthentication, scope))
            try openssl.write("list.der", list.sign(issuer: nation.authenticationCA.certificate, with: key))
            _ = try openssl.run("crl", "-inform", "DER", "-in", "list.der", "-out", "list.pem")
            let (status, output) = try openssl.run(
                "verify", "-x509_strict", "-crl_check", "-CRLfile", "list.pem", "-attime", time, "-CAfile", "ca.pem",
                "user.pem")
            #expect((status == 0) == (expected == nil), "\(output)")
            #expect(output.contains(expected ?? "OK"), "\(output)")
        }
    }

    @Test("an institution's certificate is good for both ends of TLS")
    func institution() throws {
        let nation = try Nation.shared.get()
        let authority = try InstitutionCATests.authority(now: nation.now)
        let leaf = try InstitutionCATests.leaf(authority, now: nation.now)
        let openssl = try OpenSSL()
        try openssl.write("ca.pem", pem: authority.certificate)
        try openssl.write("leaf.pem", pem: leaf)
        for purpose in ["sslclient", "sslserver"] {
            let (status, output) = try openssl.run(
                "verify", "-x509_strict", "-purpose", purpose, "-verify_hostname", "core.localhost", "-attime",
                String(Int(nation.now.timeIntervalSince1970)), "-CAfile", "ca.pem", "leaf.pem")
            #expect(status == 0, "\(output)")
        }
    }
}
