import Foundation
import SwiftASN1
import Testing

@testable import PKI

@Suite struct OCSPTests {
    private let nonce = [UInt8](repeating: 9, count: 32)

    private func verify(
        _ response: [UInt8], id: OCSPCertificateID? = nil, nonce: [UInt8]? = nil, issuer: ParsedCertificate? = nil,
        after: TimeInterval = 0
    ) throws -> Result<OCSPSingleResponse, StatusRefusal> {
        let nation = try Nation.shared.get()
        let moment = nation.now.addingTimeInterval(after)
        let (id, nonce) = (try id ?? self.id(), nonce ?? self.nonce)
        return OCSPResponse.read(response).flatMap {
            $0.verify(
                id: id, nonce: nonce, issuer: issuer ?? nation.authenticationCA.certificate, at: moment, skew: 60)
        }
    }

    private func id(_ hash: OCSPCertificateID.HashAlgorithm = .sha256) throws -> OCSPCertificateID {
        let nation = try Nation.shared.get()
        return try OCSPCertificateID(
            issuer: nation.authenticationCA.certificate, serial: nation.user.serial, hashAlgorithm: hash)
    }

    private func request(_ hash: OCSPCertificateID.HashAlgorithm = .sha256) throws -> [UInt8] {
        try OCSPRequest(certificateIDs: [id(hash)], nonce: nonce).der()
    }

    /// A responder whose certificate has one thing changed, signed by the CA without lint.
    private func responder(_ change: (inout CertificateContent) throws -> Void) throws -> OCSPResponder {
        let nation = try Nation.shared.get()
        let key = try Keys.responder.get()
        let facts = IssuanceFacts(
            names: nation.names, purpose: .userAuthentication, issuer: nation.authenticationCA.certificate,
            publicKeyDER: key.publicKeyDER, scope: nil, holder: nil)
        let order = CertificateOrder(
            publicKeyDER: key.publicKeyDER, serial: try CertificateSerial(78),
            validity: try Nation.life(now: nation.now, days: 9))
        var content = try CertificateAuthority.content(
            order, .ocspResponder, subject: DirectoryName([.init(Identifier.commonName, "r")]), facts)
        try change(&content)
        return try OCSPResponder(
            certificateDER: Nation.sign(content, with: Keys.authentication.get()).der, key: key)
    }

    private func answer(by responder: OCSPResponder) throws -> [UInt8] {
        let nation = try Nation.shared.get()
        let single = OCSPSingleResponse(
            id: try id(), status: .good, thisUpdate: nation.now, nextUpdate: nation.now.addingTimeInterval(900))
        return try responder.respond([single], nonce: nonce, producedAt: nation.now)
    }

    @Test(
        "an answer is believed with both hashes, and says what the responder said",
        arguments: OCSPCertificateID.HashAlgorithm.allCases)
    func statuses(hash: OCSPCertificateID.HashAlgorithm) throws {
        let nation = try Nation.shared.get()
        let statuses: [CertificateStatus] =
            [.good, .unknown, .revoked(at: nation.now, reason: nil)]
            + RevocationReason.allCases.map { .revoked(at: nation.now.addingTimeInterval(-5), reason: $0) }
        for status in statuses {
            let response = try nation.answer(request(hash), status: status)
            #expect(try verify(response, id: id(hash)).get().status == status)
        }
    }

    @Test(
        "a request comes back as it was written",
        arguments: [nil, [UInt8](repeating: 1, count: 1), [UInt8](repeating: 2, count: 32)])
    func requests(nonce: [UInt8]?) throws {
        let request = try OCSPRequest(certificateIDs: [id(.sha1), id()], nonce: nonce)
        #expect(try OCSPRequest(der: request.der()) == request)
    }

    @Test("a request for nothing, for too many or with a long nonce is refused")
    func requestSizes() throws {
        let one = try id()
        #expect(throws: PKIError.self) { try OCSPRequest(certificateIDs: [], nonce: nil) }
        #expect(throws: PKIError.self) { try OCSPRequest(certificateIDs: Array(repeating: one, count: 17), nonce: nil) }
        #expect(throws: PKIError.self) {
            try OCSPRequest(certificateIDs: [one], nonce: [UInt8](repeating: 1, count: 33))
        }
        #expect(throws: PKIError.self) { try OCSPRequest(certificateIDs: [one], nonce: []) }
    }

    @Test("another nonce, or none, is refused")
    func nonces() throws {
        let nation = try Nation.shared.get()
        let response = try nation.answer(request())
        #expect(try status(refusal: verify(response, nonce: [UInt8](repeating: 8, count: 32))) == .nonceMismatch)
        let bare = try nation.answer(OCSPRequest(certificateIDs: [id()], nonce: nil).der())
        #expect(try status(refusal: verify(bare)) == .nonceMismatch)
    }

    @Test("an answer about another certificate is refused, also when it comes with the right nonce")
    func anotherCertificate() throws {
        let nation = try Nation.shared.get()
        let other = try OCSPCertificateID(
            issuer: nation.authenticationCA.certificate, serial: CertificateSerial(0x9999_9999))
        let response = try nation.answer(OCSPRequest(certificateIDs: [other], nonce: nonce).der())
        #expect(try status(refusal: verify(response)) == .anotherCertificate)
        let sameSerial = try OCSPCertificateID(issuer: nation.signatureCA.certificate, serial: nation.user.serial)
        let elsewhere = try nation.answer(OCSPRequest(certificateIDs: [sameSerial], nonce: nonce).der())
        #expect(try status(refusal: verify(elsewhere)) == .anotherCertificate)
        #expect(try status(refusal: verify(elsewhere, id: sameSerial)) == .anotherIssuer)
    }

    @Test(
        "a stale or future answer is refused to the second, with the skew as tolerance",
        arguments: [
            (960.0, nil), (961, StatusRefusal.stale), (-60, nil), (-61, .notYetCurrent),
        ] as [(TimeInterval, StatusRefusal?)])
    func freshness(after: TimeInterval, expected: StatusRefusal?) throws {
        let response = try Nation.shared.get().answer(request())
        #expect(try status(refusal: verify(response, after: after)) == expected)
    }

    @Test("an answer that does not say until when it holds is stale")
    func withoutNextUpdate() throws {
        let response = try Nation.shared.get().answer(request(), until: nil)
        #expect(try status(refusal: verify(response)) == .stale)
    }

    @Test(
        "an error status is no answer",
        arguments: [OCSPErrorStatus.malformedRequest, .internalError, .tryLater, .unauthorized])
    func errors(error: OCSPErrorStatus) throws {
        #expect(try status(refusal: verify(error.der)) == .responderError)
    }

    @Test("a responder with one thing wrong is not believed")
    func responders() throws {
        let nation = try Nation.shared.get()
        func without(_ index: Int) throws -> [UInt8] { try answer(by: responder { $0.extensions.remove(at: index) }) }
        #expect(try verify(answer(by: responder { _ in })).get().status == .good)
        #expect(try status(refusal: verify(without(0))) == .responderMayNotSign)
        #expect(try status(refusal: verify(without(1))) == .responderMayNotSign)
        #expect(try status(refusal: verify(without(2))) == .responderStatusUnknown)
        let clientAuth = try responder {
            $0.extensions[1].value = try ExtensionValues.extendedKeyUsage([Identifier.clientAuth])
        }
        #expect(try status(refusal: verify(answer(by: clientAuth))) == .responderMayNotSign)
        let critical = try responder { $0.extensions.append(.init([1, 2, 3], critical: true, value: [5, 0])) }
        #expect(try status(refusal: verify(answer(by: critical))) == .responderMayNotSign)
        let expired = try responder {
            let life = try CertificateValidity(
                notBefore: nation.now.addingTimeInterval(-900), notAfter: nation.now.addingTimeInterval(-1))
            $0.validityDER = try life.der()
        }
        #expect(try status(refusal: verify(answer(by: expired))) == .responderOutsideValidity)
        let authority = try responder {
            $0.extensions.append(.init(Identifier.basicConstraints, critical: false, value: ExtensionValues.authority))
        }
        #expect(try status(refusal: verify(answer(by: authority))) == .responderMayNotSign)
    }

    @Test("a user certificate, another CA's responder and the CA of the same name do not answer for this CA")
    func foreignResponders() throws {
        let nation = try Nation.shared.get()
        let user = try OCSPResponder(certificateDER: nation.user.der, key: Keys.user.get())
        #expect(try status(refusal: verify(answer(by: user))) == .responderMayNotSign)
        let twin = try Nation.authority(.userAuthentication, key: Keys.other.get(), now: nation.now)
        let order = CertificateOrder(
            publicKeyDER: try Keys.responder.get().publicKeyDER, serial: try CertificateSerial(4),
            validity: try Nation.life(now: nation.now, days: 9))
        let certificate = try Keys.other.get().issue(twin.prepareResponder(order, commonName: "r"))
        let foreign = try OCSPResponder(certificateDER: certificate, key: Keys.responder.get())
        #expect(try status(refusal: verify(answer(by: foreign))) == .responderNotIssuedByAuthority)
    }

    @Test("an answer signed by a key that is not the included certificate's is refused")
    func badSignature() throws {
        let nation = try Nation.shared.get()
        let forged = try ForgedResponse.make(from: nation.answer(request()), key: CAKey.generate(.p256))
        #expect(try status(refusal: verify(forged)) == .badSignature)
    }

    @Test("a response without certificates, and one that names another responder, are refused")
    func responderIdentity() throws {
        let response = try Nation.shared.get().answer(request())
        let bare = try ForgedResponse.make(from: response, key: Keys.responder.get(), withCertificates: false)
        #expect(try status(refusal: verify(bare)) == .responderNotIssuedByAuthority)
        let renamed = try ForgedResponse.make(
            from: response, key: Keys.responder.get(), keyHash: [UInt8](repeating: 1, count: 20))
        #expect(try status(refusal: verify(renamed)) == .responderMismatch)
    }
}

/// Takes a basic response apart and signs it again with something changed.
enum ForgedResponse {
    static func make(
        from response: [UInt8], key: CAKey, withCertificates: Bool = true, keyHash: [UInt8]? = nil
    ) throws -> [UInt8] {
        var outer = try DERReader(response)
        _ = try outer.next(0x0A)
        var bytes = try DERReader(DERReader.only(outer.next(0xA0), tag: 0xA0))
        let type = try bytes.next(0x06).der
        var basic = try DERReader(bytes.next(0x04).contents(0x04))
        var data = try DERReader(basic.next(0x30))
        var responder = try data.next(0xA2).der
        if let keyHash { responder = DEREncoding.tagged(2, DEREncoding.octets(keyHash)) }
        var rest: [UInt8] = []
        while !data.isAtEnd { rest += try data.next().der }
        let changed = DEREncoding.sequence(responder, rest)
        let algorithm = try basic.next(0x30).der
        _ = try basic.next(0x03)
        let certificates = withCertificates ? try basic.next(0xA0).der : []
        let signed = DEREncoding.sequence(
            changed, algorithm, DEREncoding.bits(try key.sign(changed)), certificates)
        return DEREncoding.sequence(
            DEREncoding.enumerated(0), DEREncoding.tagged(0, DEREncoding.sequence(type, DEREncoding.octets(signed))))
    }
}
