import Contracts
import Foundation
import JPKIValidation
import PKI
import Values

/// Keys that all tests share: an RSA key takes a tenth of a second.
enum Keys {
    static let authority = Result { try CAKey.generate(.rsa2048) }
    static let holder = Result { try CAKey.generate(.rsa2048) }
    static let other = Result { try CAKey.generate(.rsa2048) }
    static let responder = Result { try CAKey.generate(.p256) }
}

/// The certification service's authentication CA, and what it says of its certificates.
struct Cards: Sendable {
    static let shared = Result { try Cards(now: Authority.start) }

    let authority: CertificateAuthority
    let responder: OCSPResponder
    /// The holder's certificate: for ``Keys/holder``, serial 0x12345678.
    let holder: ParsedCertificate
    /// One for ``Keys/other``, serial 0x23456789.
    let other: ParsedCertificate

    init(now: Instant) throws {
        let key = try Keys.authority.get()
        let order = try Self.order(key, serial: 1, now: now, days: 3650)
        authority = try CertificateAuthority(
            purpose: .userAuthentication, names: .demonstration,
            certificateDER: key.issue(
                CertificateAuthority.prepareAuthority(order, purpose: .userAuthentication, names: .demonstration)))
        let responderKey = try Keys.responder.get()
        let responderOrder = try Self.order(responderKey, serial: 77, now: now, days: 90)
        responder = try OCSPResponder(
            certificateDER: key.issue(authority.prepareResponder(responderOrder, commonName: "OCSP responder 1")),
            key: responderKey)
        holder = try Self.certificate(of: authority, Keys.holder.get(), serial: 0x1234_5678, now: now)
        other = try Self.certificate(of: authority, Keys.other.get(), serial: 0x2345_6789, now: now)
    }

    private static func certificate(
        of authority: CertificateAuthority, _ key: CAKey, serial: UInt64, now: Instant
    ) throws -> ParsedCertificate {
        let scope = try MunicipalityScope(prefecture: "Kakuu-ken", municipality: "Madoguchi-shi")
        let prepared = try authority.prepareUserAuthentication(
            order(key, serial: serial, now: now, days: 1800), commonName: "0123456789ABCD99201001A", scope: scope)
        return try ParsedCertificate(der: Keys.authority.get().issue(prepared))
    }

    private static func order(_ key: CAKey, serial: UInt64, now: Instant, days: Int) throws -> CertificateOrder {
        CertificateOrder(
            publicKeyDER: key.publicKeyDER, serial: try CertificateSerial(serial),
            validity: try CertificateValidity(
                notBefore: date((now - .seconds(86_400)).civilDate.firstInstant),
                notAfter: date(now.civilDate.adding(days: days).lastSecond)))
    }

    static func date(_ instant: Instant) -> Date { Date(timeIntervalSince1970: Double(instant.unixSeconds)) }

    func validator() throws -> JPKIValidator {
        try JPKIValidator(
            trustAnchors: .init(userAuthentication: [authority.certificate.der]),
            policies: .init(userAuthentication: [JPKINames.demonstration.authenticationPolicy]))
    }

    func answer(_ request: [UInt8], _ status: CertificateStatus, at now: Instant) throws -> [UInt8] {
        let request = try OCSPRequest(der: request)
        let single = OCSPSingleResponse(
            id: request.certificateIDs[0], status: status, thisUpdate: Self.date(now),
            nextUpdate: Self.date(now + .seconds(900)))
        return try responder.respond([single], nonce: request.nonce, producedAt: Self.date(now))
    }

    static func name(_ certificate: ParsedCertificate) -> CertificateName {
        CertificateName(
            issuer: ContractBytes(certificate.issuerDER), serial: ContractBytes(certificate.serial.bytes))
    }
}
