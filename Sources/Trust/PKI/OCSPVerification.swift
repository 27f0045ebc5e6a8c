public import Foundation
import SwiftASN1

/// A response that was read and not verified (RFC 6960 §4.2.1, BasicOCSPResponse).
public struct OCSPResponse: Sendable {
    let dataDER: [UInt8]
    let responderID: ASN1Node
    let responses: [OCSPSingleResponse]
    let nonce: [UInt8]?
    let producedAt: Date
    let algorithmDER: [UInt8]
    let signature: [UInt8]
    let certificates: [ParsedCertificate]

    /// Reads a response; refuses `responderError` for an unsigned error status and `malformed` for anything unreadable.
    public static func read(_ der: [UInt8]) -> Result<OCSPResponse, StatusRefusal> {
        do {
            var outer = try DERReader(der)
            guard try outer.next(0x0A).small(0x0A) == 0 else { return .failure(.responderError) }
            var bytes = try DERReader(DERReader.only(outer.next(0xA0), tag: 0xA0))
            try outer.finish()
            guard try bytes.next(0x06).objectIdentifier() == Identifier.ocspBasic else { return .failure(.malformed) }
            let basic = try bytes.next(0x04).contents(0x04)
            try bytes.finish()
            return .success(try OCSPResponse(basic: basic))
        } catch {
            return .failure(.malformed)
        }
    }

    private init(basic: [UInt8]) throws(PKIError) {
        var fields = try DERReader(basic)
        let data = try fields.next(0x30)
        dataDER = data.der
        algorithmDER = try fields.next(0x30).der
        signature = try fields.next(0x03).wholeBits()
        certificates = try fields.optional(0xA0).map(Self.certificates) ?? []
        try fields.finish()
        var inner = try DERReader(data)
        if let version = inner.optional(0xA0), try DERReader.only(version, tag: 0xA0).small(0x02) != 0 {
            throw PKIError(.malformed, "another version")
        }
        responderID = try inner.next()
        producedAt = try inner.next(0x18).time()
        responses = try Self.singles(inner.next(0x30))
        nonce =
            try inner.optional(0xA1).map { node throws(PKIError) in
                try ExtensionList(DERReader.only(node, tag: 0xA1)).nonce()
            } ?? nil
        try inner.finish()
    }

    private static func certificates(_ node: ASN1Node) throws(PKIError) -> [ParsedCertificate] {
        var reader = try DERReader(DERReader.only(node, tag: 0xA0))
        var found: [ParsedCertificate] = []
        while !reader.isAtEnd { found.append(try ParsedCertificate(der: reader.next(0x30).der)) }
        return found
    }

    private static func singles(_ node: ASN1Node) throws(PKIError) -> [OCSPSingleResponse] {
        var reader = try DERReader(node)
        var found: [OCSPSingleResponse] = []
        while !reader.isAtEnd { found.append(try OCSPSingleResponse(der: reader.next(0x30).der)) }
        return found
    }
}

extension OCSPResponse {
    /// The answer about `id`, if the response may be believed at `moment`; otherwise the first reason why not.
    ///
    /// Believed is only a delegated responder: certificate included, issued directly by `issuer`, with
    /// id-kp-OCSPSigning and ocsp-nocheck. Every time is compared with `skew` seconds of tolerance; an answer
    /// without nextUpdate is stale (RFC 6960 §3.2, §4.2.2.2).
    public func verify(
        id: OCSPCertificateID, nonce expected: [UInt8]?, issuer: ParsedCertificate, at moment: Date, skew: TimeInterval
    ) -> Result<OCSPSingleResponse, StatusRefusal> {
        guard id.names(issuer: issuer) else { return .failure(.anotherIssuer) }
        guard let responder = certificates.first(where: names) else {
            return .failure(certificates.isEmpty ? .responderNotIssuedByAuthority : .responderMismatch)
        }
        guard responder.isSigned(by: issuer) else { return .failure(.responderNotIssuedByAuthority) }
        if let refusal = refusal(ofResponder: responder, at: moment) { return .failure(refusal) }
        guard let algorithm = SignatureAlgorithms.algorithm(algorithmDER),
            PublicKeys.verify(signature, of: dataDER, algorithm: algorithm, publicKeyDER: responder.publicKeyDER)
        else { return .failure(.badSignature) }
        guard nonce == expected else { return .failure(.nonceMismatch) }
        let matching = responses.filter { $0.id == id }
        guard matching.count == 1, let answer = matching.first else { return .failure(.anotherCertificate) }
        return freshness(answer, at: moment, skew: skew).map { .failure($0) } ?? .success(answer)
    }

    private func refusal(ofResponder responder: ParsedCertificate, at moment: Date) -> StatusRefusal? {
        guard responder.notBefore <= moment, moment <= responder.notAfter.addingTimeInterval(0.999_999) else {
            return .responderOutsideValidity
        }
        guard responder.hasPurpose(Identifier.ocspSigning), responder.mayUseKey(for: .digitalSignature),
            !responder.isAuthority,
            responder.criticalExtensions.isSubset(of: [Identifier.keyUsage, Identifier.extendedKeyUsage])
        else { return .responderMayNotSign }
        return responder.value(Identifier.ocspNoCheck) == nil ? .responderStatusUnknown : nil
    }

    /// Whether the response names `certificate` as its responder, by name `[1]` or by key hash `[2]`.
    private func names(_ certificate: ParsedCertificate) -> Bool {
        if let name = try? DERReader.only(responderID, tag: 0xA1) { return name.der == certificate.subjectDER }
        let hash = try? DERReader.only(responderID, tag: 0xA2).contents(0x04)
        return hash != nil && hash == (try? PublicKeys.identifier(certificate.publicKeyDER))
    }

    private func freshness(_ answer: OCSPSingleResponse, at moment: Date, skew: TimeInterval) -> StatusRefusal? {
        let latest = moment.addingTimeInterval(skew)
        guard answer.thisUpdate <= latest, producedAt <= latest else { return .notYetCurrent }
        guard let next = answer.nextUpdate, next >= answer.thisUpdate, next.addingTimeInterval(skew) >= moment else {
            return .stale
        }
        return nil
    }
}
