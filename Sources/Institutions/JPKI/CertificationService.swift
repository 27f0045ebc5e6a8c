import Contracts
public import Logging
public import PKI
public import PortableSQL
public import Values
import Wire

/// The public certification service (公的個人認証サービス): two authorities, their certificates and their status.
public struct CertificationService: Sendable {
    let database: Database
    let clock: any NationClock
    let authorities: [CertificatePurpose: Authority]
    let scopes: [MunicipalityCode: MunicipalityScope]
    let logger: Logger

    /// An authority ready to work.
    struct Authority: Sendable {
        let authority: CertificateAuthority
        let key: CAKey
        let responder: OCSPResponder
    }

    /// - Parameters:
    ///   - keys: one or both authorities.
    ///   - scopes: how each municipality is written in certificates; others are refused.
    /// - Throws: `PKIError` when keys, certificates and names do not fit together.
    public init(
        database: Database, clock: any NationClock, keys: [AuthorityKeys], names: JPKINames,
        scopes: [MunicipalityCode: MunicipalityScope], logger: Logger
    ) throws {
        self.database = database
        self.clock = clock
        self.scopes = scopes
        self.logger = logger
        var authorities: [CertificatePurpose: Authority] = [:]
        for keys in keys {
            authorities[keys.purpose] = try Authority(
                authority: CertificateAuthority(
                    purpose: keys.purpose, names: names, certificateDER: keys.certificate),
                key: keys.key,
                responder: OCSPResponder(certificateDER: keys.responderCertificate, key: keys.responderKey))
        }
        self.authorities = authorities
    }

    /// Issues the certificate of a card's key: prepared and linted, recorded, then signed. A repeat under the same
    /// order goes on where the first stopped.
    func certify(_ request: Certify, order: String) async throws -> Certified {
        let purpose = CertificatePurpose(request.use)
        guard let authority = authorities[purpose] else { throw CertificationError.unknownCertificate }
        if let refusal = Self.refusal(of: request, on: clock.now().civilDate) { throw refusal }
        let record = try await record(request, authority.authority, order: order)
        let certificate = try await signed(record, authority)
        return try Certified(
            certificate: ContractBytes(certificate), authority: ContractBytes(authority.authority.certificate.der),
            name: CertificateName(
                issuer: ContractBytes(authority.authority.certificate.subjectDER),
                serial: ContractBytes(ParsedCertificate(der: certificate).serial.bytes)))
    }

    /// What speaks against an order, or nil (公的個人認証法3条, 22条).
    static func refusal(of request: Certify, on today: CivilDate) -> CertificationError? {
        if request.cardExpires < today { return .cardExpired }
        if (request.use == .signature) != (request.fourItems != nil) { return .itemsMissing }
        return request.use == .signature && request.birthDate.age(on: today) < CertificateLife.signingAge
            ? .tooYoung : nil
    }

    /// How often a serial is drawn again when the one drawn was used.
    static let draws = 8

    private func record(
        _ request: Certify, _ authority: CertificateAuthority, order: String
    ) async throws -> IssuedCertificate {
        if let known = try await database.read({ try $0.certificate(orderedUnder: order) }) {
            return try Self.repeated(known, request, authority)
        }
        let now = clock.now()
        for _ in 0..<Self.draws {
            let prepared = try prepare(request, authority, at: now)
            let recorded = try await database.write { writer in
                if let known = try writer.certificate(orderedUnder: order) {
                    return try Self.repeated(known, request, authority) as IssuedCertificate?
                }
                guard try !writer.isCertified(prepared.publicKey) else { throw CertificationError.keyRefused }
                guard try !writer.isUsed(prepared.serial, prepared.purpose) else { return nil }
                try writer.insert(prepared, orderedUnder: order, at: now)
                return prepared
            }
            if let recorded { return recorded }
        }
        throw CertificationError.serialsExhausted
    }

    /// What was recorded under the same order, if it is about the same key for the same use.
    private static func repeated(
        _ known: IssuedCertificate, _ request: Certify, _ authority: CertificateAuthority
    ) throws -> IssuedCertificate {
        guard known.publicKey == request.publicKey.bytes, known.purpose == authority.purpose else {
            throw CertificationError.keyRefused
        }
        return known
    }

    private func prepare(
        _ request: Certify, _ authority: CertificateAuthority, at now: Instant
    ) throws -> IssuedCertificate {
        guard let scope = scopes[request.municipality] else { throw CertificationError.unknownMunicipality }
        let serial = try CertificateSerial(
            bytes: [UInt8.random(in: 1...127)] + (0..<3).map { _ in .random(in: 0...255) })
        let lastDay = CertificateLife.lastDay(
            issuedOn: now.civilDate, birthDate: request.birthDate, cardExpires: request.cardExpires)
        let order = try CertificateOrder(
            publicKeyDER: request.publicKey.bytes, serial: serial,
            validity: CertificateValidity(notBefore: now.date, notAfter: lastDay.lastSecond.date))
        do {
            let tbs = try Self.tbs(order, request, authority, scope, at: now)
            return IssuedCertificate(
                purpose: authority.purpose, serial: serial, publicKey: request.publicKey.bytes,
                municipality: request.municipality, tbs: tbs, certificate: nil)
        } catch let error as PKIError {
            logger.error(
                "certificate order refused",
                metadata: ["code": "\(error.code.rawValue)", "rules": "\(error.lints.joined(separator: " "))"])
            throw CertificationError.keyRefused
        }
    }

    private static func tbs(
        _ order: CertificateOrder, _ request: Certify, _ authority: CertificateAuthority, _ scope: MunicipalityScope,
        at now: Instant
    ) throws -> [UInt8] {
        guard let items = request.fourItems else {
            let name = SubjectNames.authentication(municipality: request.municipality)
            return try authority.prepareUserAuthentication(order, commonName: name, scope: scope).tbsDER
        }
        return try authority.prepareDigitalSignature(
            order, commonName: SubjectNames.signature(at: now), scope: scope, holder: HolderAttributes(items)
        ).tbsDER
    }

    private func signed(_ record: IssuedCertificate, _ authority: Authority) async throws -> [UInt8] {
        if let certificate = record.certificate { return certificate }
        let kind: CertificateProfile.Kind =
            record.purpose == .userAuthentication ? .userAuthentication : .digitalSignature
        let certificate = try authority.key.issue(authority.authority.resume(recordedTBS: record.tbs, kind: kind))
        try await database.write { try $0.setCertificate(certificate, of: record.serial, record.purpose) }
        return certificate
    }

    /// Ends a certificate. A repeat finds it ended.
    func revoke(_ request: RevokeCertificate) async throws -> Acknowledgement {
        let now = clock.now()
        let issuer = authorities.first { $0.value.authority.certificate.subjectDER == request.certificate.issuer.bytes }
        guard let purpose = issuer?.key, let serial = try? CertificateSerial(bytes: request.certificate.serial.bytes)
        else { throw CertificationError.unknownCertificate }
        try await database.write { writer in
            guard try !writer.revoke(serial, purpose, request.reason, at: now) else { return }
            guard try writer.status(of: serial, purpose) != nil else { throw CertificationError.unknownCertificate }
        }
        return Acknowledgement()
    }
}
