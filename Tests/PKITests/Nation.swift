import Foundation
import Testing
import Values

@testable import JPKIValidation
@testable import PKI

/// Keys that all tests share: an RSA key takes a tenth of a second.
enum Keys {
    static let authentication = Result { try CAKey.generate(.rsa2048) }
    static let signature = Result { try CAKey.generate(.rsa2048) }
    static let other = Result { try CAKey.generate(.rsa2048) }
    static let user = Result { try CAKey.generate(.rsa2048) }
    static let responder = Result { try CAKey.generate(.p256) }
}

/// A small nation at a moment: two CAs, a responder, one person's two certificates.
struct Nation {
    let names = JPKINames.demonstration
    let now: Date
    let authenticationCA: CertificateAuthority
    let signatureCA: CertificateAuthority
    let scope: MunicipalityScope
    let user: ParsedCertificate
    let signer: ParsedCertificate
    let responder: OCSPResponder

    static let commonName = "0123456789ABCD99001001A"
    static let holder = HolderAttributes(
        name: "住基　太郎", nameSubstitutions: "00000", sex: "1", birthDate: "419990228", address: "架空県窓口市一丁目１",
        addressSubstitutions: "0000000000")

    /// The nation of most tests: noon of 2026-11-20 in Japan.
    static let shared = Result { try Nation(now: Date(timeIntervalSince1970: 1_795_143_600)) }

    init(now: Date) throws {
        self.now = now
        let scope = try MunicipalityScope(prefecture: "Kakuu-ken", municipality: "Madoguchi-shi")
        self.scope = scope
        authenticationCA = try Self.authority(.userAuthentication, key: Keys.authentication.get(), now: now)
        signatureCA = try Self.authority(.digitalSignature, key: Keys.signature.get(), now: now)
        user = try Self.user(of: authenticationCA, key: Keys.authentication.get(), serial: 0x1234_5678, now: now)
        let signing = try signatureCA.prepareDigitalSignature(
            Self.order(now: now, serial: 0x2345_6789), commonName: String(repeating: "20", count: 14), scope: scope,
            holder: Self.holder)
        signer = try ParsedCertificate(der: Keys.signature.get().issue(signing))
        let key = try Keys.responder.get()
        let order = CertificateOrder(
            publicKeyDER: key.publicKeyDER, serial: try CertificateSerial(77),
            validity: try Self.life(now: now, days: 90))
        let certificate = try Keys.authentication.get()
            .issue(authenticationCA.prepareResponder(order, commonName: "OCSP responder 1"))
        responder = try OCSPResponder(certificateDER: certificate, key: key)
    }

    static func authority(_ purpose: CertificatePurpose, key: CAKey, now: Date) throws -> CertificateAuthority {
        let order = CertificateOrder(
            publicKeyDER: key.publicKeyDER, serial: try CertificateSerial(1),
            validity: try life(now: now.addingTimeInterval(-86400), days: 3650))
        let prepared = try CertificateAuthority.prepareAuthority(order, purpose: purpose, names: .demonstration)
        return try CertificateAuthority(
            purpose: purpose, names: .demonstration, certificateDER: key.issue(prepared))
    }

    static func user(
        of authority: CertificateAuthority, key: CAKey, serial: UInt64, now: Date
    ) throws -> ParsedCertificate {
        let scope = try MunicipalityScope(prefecture: "Kakuu-ken", municipality: "Madoguchi-shi")
        let prepared = try authority.prepareUserAuthentication(
            order(now: now, serial: serial), commonName: commonName, scope: scope)
        return try ParsedCertificate(der: key.issue(prepared))
    }

    static func order(now: Date, serial: UInt64) throws -> CertificateOrder {
        CertificateOrder(
            publicKeyDER: try Keys.user.get().publicKeyDER, serial: try CertificateSerial(serial),
            validity: try life(now: now, days: 1800))
    }

    /// From an hour ago until 23:59:59 in Japan so many days later.
    static func life(now: Date, days: Int) throws -> CertificateValidity {
        let start = Int(now.timeIntervalSince1970) - 3600
        let end = (start / 86400 + days) * 86400 + 14 * 3600 + 59 * 60 + 59
        return try CertificateValidity(
            notBefore: Date(timeIntervalSince1970: TimeInterval(start)),
            notAfter: Date(timeIntervalSince1970: TimeInterval(end)))
    }

    /// A certificate with one thing changed, signed by the authentication CA without lint.
    func altered(_ change: (inout CertificateContent) throws -> Void) throws -> ParsedCertificate {
        var content = try userContent()
        try change(&content)
        return try Self.sign(content, with: Keys.authentication.get())
    }

    func userContent() throws -> CertificateContent {
        let facts = IssuanceFacts(
            names: names, purpose: .userAuthentication, issuer: authenticationCA.certificate,
            publicKeyDER: try Keys.user.get().publicKeyDER, scope: scope, holder: nil)
        let subject = DirectoryName([names.country, .init(Identifier.commonName, Self.commonName)])
        return try CertificateAuthority.content(
            Self.order(now: now, serial: 0x1234_5678), .userAuthentication, subject: subject, facts)
    }

    static func sign(_ content: CertificateContent, with key: CAKey) throws -> ParsedCertificate {
        let tbs = try content.der()
        return try ParsedCertificate(
            der: CertificateContent.certificate(tbs: tbs, algorithm: key.algorithm, signature: key.sign(tbs)))
    }
}

extension Nation {
    var moment: Instant { Instant(date: now) }

    func validator(skew: Duration = .seconds(60)) throws -> JPKIValidator {
        try JPKIValidator(
            trustAnchors: .init(
                userAuthentication: [authenticationCA.certificate.der],
                digitalSignature: [signatureCA.certificate.der]),
            policies: .init(
                userAuthentication: [names.authenticationPolicy], digitalSignature: [names.signaturePolicy]),
            clockSkew: skew)
    }

    /// Answers a request as the responder of the authentication CA would.
    func answer(
        _ request: [UInt8], status: CertificateStatus = .good, from: TimeInterval = 0, until: TimeInterval? = 900
    ) throws -> [UInt8] {
        let request = try OCSPRequest(der: request)
        let single = OCSPSingleResponse(
            id: request.certificateIDs[0], status: status, thisUpdate: now.addingTimeInterval(from),
            nextUpdate: until.map { now.addingTimeInterval($0) })
        return try responder.respond([single], nonce: request.nonce, producedAt: now.addingTimeInterval(from))
    }

    /// Status evidence about a certificate of the authentication CA, as a relying party would get it.
    func status(of der: [UInt8], _ status: CertificateStatus = .good) throws -> CertificateStatusEvidence {
        let validator = try validator()
        let request = try validator.makeStatusRequest(for: UnverifiedUserCertificate(der: der)).get()
        return try validator.checkStatus(
            response: answer(request.der, status: status), context: request.context, at: moment
        ).get()
    }
}

/// The refusal that a result holds; records an issue when it passed.
func refusal<Value>(_ result: Result<Value, ValidationReport>) throws -> ValidationReport {
    switch result {
    case .failure(let report): report
    case .success: try #require(nil as ValidationReport?, "it passed")
    }
}

func status(refusal result: Result<some Any, StatusRefusal>) -> StatusRefusal? {
    switch result {
    case .failure(let refusal): refusal
    case .success: nil
    }
}

/// SplitMix64, so that a failure can be repeated from the printed seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
