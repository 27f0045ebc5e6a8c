import Foundation
import PKI
public import Values

/// What names a certificate among all: its issuer's name (DER) and its serial. The serial alone names nothing.
public struct CertificateIdentity: Sendable, Hashable {
    /// The issuer's distinguished name (DER).
    public let issuerDER: [UInt8]
    /// The serial (発行番号), big-endian without leading zeros.
    public let serialBytes: [UInt8]

    /// The serial in lower-case hexadecimal.
    public var serialHex: String { serialBytes.hex }

    init(_ certificate: ParsedCertificate) {
        issuerDER = certificate.issuerDER
        serialBytes = certificate.serial.bytes
    }
}

/// A user certificate (利用者証明用 or 署名用電子証明書) as it came in: read, trusted in nothing.
public struct UnverifiedUserCertificate: Sendable, Hashable {
    /// Octets of the longest certificate that is read. Real ones have about 1,800.
    public static let maximumOctets = 8_192

    let parsed: ParsedCertificate

    /// Reads one DER certificate; throws `notACertificate` for anything else, bytes after it included.
    public init(der: [UInt8]) throws(JPKIValidationError) {
        guard der.count <= Self.maximumOctets, let parsed = try? ParsedCertificate(der: der) else {
            throw JPKIValidationError(.notACertificate, "not a DER certificate of at most 8192 octets")
        }
        self.parsed = parsed
    }

    /// The certificate's DER.
    public var der: [UInt8] { parsed.der }
    /// Issuer and serial as claimed.
    public var claimedIdentity: CertificateIdentity { CertificateIdentity(parsed) }
    /// The OCSP responder that the certificate itself names. Ask a configured address instead where there is one.
    public var claimedOCSPAddress: String? { parsed.ocspAddress }
}

extension UnverifiedUserCertificate: Redacting {}

/// A user certificate that a `JPKIValidator` found good at a moment: chain, validity, policy, usage, status.
public struct ValidatedUserCertificate: Sendable, Hashable {
    /// Issuer and serial.
    public let identity: CertificateIdentity
    /// The certificate's DER.
    public let der: [UInt8]
    /// When it was found good.
    public let validatedAt: Instant
    /// What was checked.
    public let report: ValidationReport
    let parsed: ParsedCertificate

    init(_ parsed: ParsedCertificate, at moment: Instant, report: ValidationReport) {
        identity = CertificateIdentity(parsed)
        der = parsed.der
        validatedAt = moment
        self.report = report
        self.parsed = parsed
    }

    /// The last second of its validity.
    public var notAfter: Instant { Instant(date: parsed.notAfter) }

    /// Whether `signature` (RSASSA-PKCS1-v1_5, SHA-256) over `message` was made by this certificate's key.
    public func isValidSignature(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        PublicKeys.verify(signature, of: message, algorithm: .rsa2048, publicKeyDER: parsed.publicKeyDER)
    }
}

extension ValidatedUserCertificate: Redacting {}

extension Instant {
    init(date: Date) { self.init(unixSeconds: Int64(date.timeIntervalSince1970.rounded(.down))) }

    /// The moment as the certificate library counts it, exact to the microsecond for this age of the world.
    var date: Date { Date(timeIntervalSince1970: Double(microseconds) / 1_000_000) }
}
