/// A mistake of the caller: configuration or fields that cannot be used. What a certificate or a signature fails is a
/// `ValidationReport` instead.
public struct JPKIValidationError: Error, Sendable, CustomStringConvertible {
    /// The kind of mistake.
    public enum Code: String, Sendable, Hashable {
        /// A trust anchor is not a self-signed RSA-2048 CA certificate.
        case unusableTrustAnchor
        /// No trust anchor, or no policy, or a skew outside 0 to 5 minutes.
        case unusableConfiguration
        /// A field of a challenge is empty, too long, or the nonce has not 32 octets.
        case unusableChallenge
        /// The bytes are not a certificate of at most 8,192 octets.
        case notACertificate
        /// The signature has not 256 octets.
        case unusableSignature
    }

    /// The kind of mistake.
    public let code: Code
    /// A constant sentence for the log.
    public let reason: String
    /// Where it was thrown.
    public let site: String

    init(_ code: Code, _ reason: StaticString, file: String = #fileID, line: UInt = #line) {
        self.code = code
        self.reason = reason.description
        self.site = "\(file):\(line)"
    }

    public var description: String { "\(code.rawValue): \(reason)" }
}

extension JPKIValidationError: Equatable {
    public static func == (left: JPKIValidationError, right: JPKIValidationError) -> Bool { left.code == right.code }
}
