import Foundation
import SwiftASN1

extension CertificateStatus {
    /// CertStatus of OCSP: good [0] NULL, revoked [1] RevokedInfo, unknown [2] NULL, all IMPLICIT.
    func der() throws(PKIError) -> [UInt8] {
        switch self {
        case .good: return DEREncoding.implicit(0, [])
        case .unknown: return DEREncoding.implicit(2, [])
        case .revoked(let date, let reason):
            let stated = reason.map { DEREncoding.tagged(0, DEREncoding.enumerated(UInt8($0.rawValue))) }
            return DEREncoding.tagged(1, try DEREncoding.generalizedTime(date), stated ?? [])
        }
    }

    init(node: ASN1Node) throws(PKIError) {
        switch node.encodedBytes.first {
        case 0x80 where try node.contents(0x80).isEmpty: self = .good
        case 0x82 where try node.contents(0x82).isEmpty: self = .unknown
        case 0xA1:
            var fields = try DERReader(node, tag: 0xA1)
            let date = try fields.next(0x18).time()
            let reason = try fields.optional(0xA0).map { node throws(PKIError) in
                try RevocationReason(code: DERReader.only(node, tag: 0xA0))
            }
            try fields.finish()
            self = .revoked(at: date, reason: reason)
        default: throw PKIError(.malformed, "not a status")
        }
    }
}

extension RevocationReason {
    /// Reads CRLReason; throws `malformed` for numbers that JPKI does not use.
    init(code node: ASN1Node) throws(PKIError) {
        guard let reason = RevocationReason(rawValue: try node.small(0x0A)) else {
            throw PKIError(.malformed, "another reason")
        }
        self = reason
    }
}
