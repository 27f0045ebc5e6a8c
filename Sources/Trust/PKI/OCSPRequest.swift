/// A question about the status of certificates (RFC 6960 §4.1), unsigned.
public struct OCSPRequest: Sendable, Hashable {
    /// The certificates asked about, 1 to 16.
    public let certificateIDs: [OCSPCertificateID]
    /// 1 to 32 random octets that the answer must repeat (RFC 8954).
    public let nonce: [UInt8]?

    /// Most certificates in one request.
    public static let maximumCertificates = 16

    /// Throws `malformed` for none or too many certificates, or a nonce of another length.
    public init(certificateIDs: [OCSPCertificateID], nonce: [UInt8]?) throws(PKIError) {
        guard (1...Self.maximumCertificates).contains(certificateIDs.count), (1...32).contains(nonce?.count ?? 1) else {
            throw PKIError(.malformed, "a request of another size")
        }
        self.certificateIDs = certificateIDs
        self.nonce = nonce
    }

    /// Reads a request. A signature on it is not looked at; unknown critical extensions are refused.
    public init(der: [UInt8]) throws(PKIError) {
        var outer = try DERReader(der)
        var fields = try DERReader(outer.next(0x30))
        if let version = fields.optional(0xA0) {
            guard try DERReader.only(version, tag: 0xA0).small(0x02) == 0 else {
                throw PKIError(.malformed, "another version")
            }
        }
        _ = fields.optional(0xA1)
        var list = try DERReader(fields.next(0x30))
        var found: [OCSPCertificateID] = []
        while !list.isAtEnd, found.count <= Self.maximumCertificates {
            var single = try DERReader(list.next(0x30))
            found.append(try OCSPCertificateID(der: single.next(0x30).der))
            if let extensions = single.optional(0xA0) {
                _ = try ExtensionList(DERReader.only(extensions, tag: 0xA0)).only([])
            }
            try single.finish()
        }
        var nonce: [UInt8]?
        if let extensions = fields.optional(0xA2) {
            nonce = try ExtensionList(DERReader.only(extensions, tag: 0xA2)).nonce()
        }
        try fields.finish()
        _ = outer.optional(0xA0)
        try outer.finish()
        try self.init(certificateIDs: found, nonce: nonce)
    }

    /// The request's DER (version 1).
    public func der() throws(PKIError) -> [UInt8] {
        var list: [[UInt8]] = []
        for id in certificateIDs { list.append(DEREncoding.sequence(try id.der())) }
        return DEREncoding.sequence(
            DEREncoding.sequence(DEREncoding.sequence(of: list), try ExtensionList.der(nonce: nonce, tag: 2)))
    }
}
