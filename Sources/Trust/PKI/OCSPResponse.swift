import Crypto
public import Foundation

/// What a responder says about one certificate (RFC 6960 §4.2.1, SingleResponse).
public struct OCSPSingleResponse: Sendable, Hashable {
    /// The certificate.
    public let id: OCSPCertificateID
    /// Its status.
    public let status: CertificateStatus
    /// The moment at which the status was known to be right.
    public let thisUpdate: Date
    /// By when newer information will be available.
    public let nextUpdate: Date?

    /// Takes the four values as they are to be signed; times are cut to whole seconds.
    public init(id: OCSPCertificateID, status: CertificateStatus, thisUpdate: Date, nextUpdate: Date?) {
        self.id = id
        self.status = status
        self.thisUpdate = thisUpdate
        self.nextUpdate = nextUpdate
    }
}

/// The answers that a responder gives without signing (RFC 6960 §4.2.1, OCSPResponseStatus).
public enum OCSPErrorStatus: UInt8, Sendable, Hashable {
    /// The request cannot be read.
    case malformedRequest = 1
    /// The responder is broken.
    case internalError = 2
    /// The responder cannot answer now.
    case tryLater = 3
    /// The responder does not answer this asker, or not about this issuer.
    case unauthorized = 6

    /// The response's DER.
    public var der: [UInt8] { DEREncoding.sequence(DEREncoding.enumerated(rawValue)) }
}

/// A delegated responder (OCSPレスポンダ): its certificate, issued by the CA, and its key.
public struct OCSPResponder: Sendable {
    /// The responder's certificate.
    public let certificate: ParsedCertificate
    private let key: CAKey

    /// Throws `wrongKey` when the key is not the certificate's.
    public init(certificateDER: [UInt8], key: CAKey) throws(PKIError) {
        certificate = try ParsedCertificate(der: certificateDER)
        guard certificate.publicKeyDER == key.publicKeyDER else {
            throw PKIError(.wrongKey, "this key does not belong to the responder")
        }
        self.key = key
    }

    /// Signs a basic response: named by key hash, nonce repeated, responder's certificate included.
    public func respond(
        _ responses: [OCSPSingleResponse], nonce: [UInt8]?, producedAt: Date
    ) throws(PKIError) -> [UInt8] {
        var singles: [[UInt8]] = []
        for response in responses { singles.append(try response.der()) }
        let keyHash = try PublicKeys.identifier(certificate.publicKeyDER)
        let data = DEREncoding.sequence(
            DEREncoding.tagged(2, DEREncoding.octets(keyHash)), try DEREncoding.generalizedTime(producedAt),
            DEREncoding.sequence(of: singles), try ExtensionList.der(nonce: nonce, tag: 1))
        let basic = DEREncoding.sequence(
            data, try key.signatureAlgorithmDER(), DEREncoding.bits(try key.sign(data)),
            DEREncoding.tagged(0, DEREncoding.sequence(certificate.der)))
        let bytes = DEREncoding.sequence(
            try DEREncoding.identifier(Identifier.ocspBasic), DEREncoding.octets(basic))
        return DEREncoding.sequence(DEREncoding.enumerated(0), DEREncoding.tagged(0, bytes))
    }
}

extension OCSPSingleResponse {
    func der() throws(PKIError) -> [UInt8] {
        let next = try nextUpdate.map { date throws(PKIError) in
            DEREncoding.tagged(0, try DEREncoding.generalizedTime(date))
        }
        return DEREncoding.sequence(
            try id.der(), try status.der(), try DEREncoding.generalizedTime(thisUpdate), next ?? [])
    }

    init(der: [UInt8]) throws(PKIError) {
        var fields = try DERReader(der)
        id = try OCSPCertificateID(der: fields.next(0x30).der)
        status = try CertificateStatus(node: fields.next())
        thisUpdate = try fields.next(0x18).time()
        nextUpdate = try fields.optional(0xA0).map { node throws(PKIError) in
            try DERReader.only(node, tag: 0xA0).time()
        }
        if let extensions = fields.optional(0xA1) {
            _ = try ExtensionList(DERReader.only(extensions, tag: 0xA1)).only([])
        }
        try fields.finish()
    }
}
