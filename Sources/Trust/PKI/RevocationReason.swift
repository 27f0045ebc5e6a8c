public import Foundation

/// Why a certificate was revoked (失効理由).
///
/// Numbers of RFC 5280 §5.3.1, meanings of the J-LIS CPS 4.9.9 (facts: jpki §8).
public enum RevocationReason: Int, Sendable, Hashable, Codable, CaseIterable {
    /// 交付前に破棄.
    case unspecified = 0
    /// 利用者秘密鍵危殆化.
    case keyCompromise = 1
    /// 認証局の鍵の危殆化.
    case cACompromise = 2
    /// 記載内容に変更.
    case affiliationChanged = 3
    /// 更新.
    case superseded = 4
    /// 不要になった.
    case cessationOfOperation = 5
    /// 一時保留; it is never lifted.
    case certificateHold = 6
}

/// What an issuer says of a certificate at a moment (有効性).
public enum CertificateStatus: Sendable, Hashable {
    /// Not revoked.
    case good
    /// Revoked since the given second, with the reason if one is stated.
    case revoked(at: Date, reason: RevocationReason?)
    /// The responder does not know the certificate.
    case unknown
}

/// Why an OCSP response or a CRL is not accepted. Nothing is concluded about the certificate then: fail closed.
public enum StatusRefusal: String, Error, Sendable, Hashable, CaseIterable {
    /// Not DER, or not this structure.
    case malformed
    /// The responder answered with an error status instead of an answer.
    case responderError
    /// The responder's certificate is not included, or not issued by the CA.
    case responderNotIssuedByAuthority
    /// The responder's certificate lacks id-kp-OCSPSigning or may not sign.
    case responderMayNotSign
    /// The responder's certificate is outside its validity.
    case responderOutsideValidity
    /// The responder's own status would have to be asked (no ocsp-nocheck).
    case responderStatusUnknown
    /// Another responder is named than the one whose certificate is included.
    case responderMismatch
    /// The signature is wrong.
    case badSignature
    /// The answer is about another certificate.
    case anotherCertificate
    /// The nonce is missing or another one.
    case nonceMismatch
    /// It is from the future.
    case notYetCurrent
    /// A newer one has been due, or it does not say until when it holds.
    case stale
    /// The list is for another scope than the certificate's distribution point.
    case anotherScope
    /// A critical extension that is not understood.
    case unknownCriticalExtension
    /// The issuer is another one.
    case anotherIssuer
}
