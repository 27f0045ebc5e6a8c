import Contracts
import Foundation
import JPKIValidation
import PKI
import Values

/// A citizen's card and the certification service behind it, for logins that are signed for real.
struct Citizen: Sendable {
    static let shared = Result { try Citizen() }
    /// Noon of 2026-11-20 in Japan.
    static let noon = Instant(unixSeconds: 1_795_143_600)

    private let authority: CertificateAuthority
    private let cardKey: CAKey
    private let certificate: [UInt8]
    private let responder: OCSPResponder

    init() throws {
        let rootKey = try CAKey.generate(.rsa2048)
        let root = try CertificateAuthority.prepareAuthority(
            Self.order(rootKey, serial: 1, days: 3650), purpose: .userAuthentication, names: .demonstration)
        authority = try CertificateAuthority(
            purpose: .userAuthentication, names: .demonstration, certificateDER: rootKey.issue(root))
        cardKey = try CAKey.generate(.rsa2048)
        let scope = try MunicipalityScope(prefecture: "Kakuu-ken", municipality: "Madoguchi-shi")
        certificate = try rootKey.issue(
            authority.prepareUserAuthentication(
                Self.order(cardKey, serial: 77, days: 1800), commonName: "0123456789ABCD99201001A", scope: scope))
        let responderKey = try CAKey.generate(.p256)
        let prepared = try authority.prepareResponder(
            Self.order(responderKey, serial: 78, days: 90), commonName: "OCSP responder 1")
        responder = try OCSPResponder(certificateDER: rootKey.issue(prepared), key: responderKey)
    }

    private static func order(_ key: CAKey, serial: UInt64, days: Int) throws -> CertificateOrder {
        let start = Int(noon.unixSeconds) - 3600
        let end = (start / 86400 + days) * 86400 + 14 * 3600 + 59 * 60 + 59
        return CertificateOrder(
            publicKeyDER: key.publicKeyDER, serial: try CertificateSerial(serial),
            validity: try CertificateValidity(
                notBefore: Date(timeIntervalSince1970: TimeInterval(start)),
                notAfter: Date(timeIntervalSince1970: TimeInterval(end))))
    }

    func validator() throws -> JPKIValidator {
        try JPKIValidator(
            trustAnchors: .init(userAuthentication: [authority.certificate.der]),
            policies: .init(userAuthentication: [JPKINames.demonstration.authenticationPolicy]))
    }

    /// Signs a login for one audience, as the card does.
    func evidence(
        nonce: [UInt8], audience: String = "portal", origin: String = World.origin, purpose: String = "login",
        signedBy other: CAKey? = nil, at now: Instant = Citizen.noon
    ) throws -> LoginEvidence {
        let challenge = try LoginChallenge(
            audience: audience, relyingParty: "portal", origin: origin, purpose: purpose, nonce: nonce, time: now)
        return try LoginEvidence(
            challenge: challenge, signature: (other ?? cardKey).sign(challenge.bytes),
            certificate: UnverifiedUserCertificate(der: certificate))
    }

    /// Answers an OCSP request about the card's certificate.
    func status(_ request: [UInt8], isRevoked: Bool, at now: Instant) throws -> [UInt8] {
        let request = try OCSPRequest(der: request)
        let date = Date(timeIntervalSince1970: TimeInterval(now.unixSeconds))
        let single = OCSPSingleResponse(
            id: request.certificateIDs[0], status: isRevoked ? .revoked(at: date, reason: nil) : .good,
            thisUpdate: date, nextUpdate: date.addingTimeInterval(900))
        return try responder.respond([single], nonce: request.nonce, producedAt: date)
    }
}
