import Contracts
import Foundation
public import InstitutionKeys
import JPKI
public import PKI
import PersonCodes
import Values
public import VerifiableLog
import WireHTTP

// A nation's keys, made once: each institution's in its own folder, readable by its owner alone.
extension NationFolder {
    /// What the URI in a certificate and the DNS name in it are made of.
    static let wireNaming = WireNaming(uriPrefix: "urn:madoguchi:institution:", domain: ".institution.internal")
    /// How long before the nation's first day its keys are good: four and a half years.
    static let daysBefore = 1640
    static let logName = "exchange-log.linkage-core.madoguchi"

    /// Makes every key of a nation and writes it, with the public ones beside.
    func makeKeys(_ configuration: NationConfiguration, wall: Instant) async throws {
        let authority = KeyAuthority()
        let wireAuthority = try makeWireAuthority(wall: wall)
        var statements: [SignedToken<KeyStatement>] = []
        for name in try configuration.institutions {
            let keys = InstitutionKeyPair()
            try writeSecret(Array(keys.secretBytes(for: .keyFile).base64URL.utf8), to: key("institution.key", of: name))
            let names = configuration.names(of: name)
            let day = configuration.referenceDate
            statements.append(
                try await authority.sign(
                    keys.statement(
                        for: name, nameJapanese: names.japanese, nameEnglish: names.english,
                        validity: day.adding(days: -Self.daysBefore).firstInstant..<day.adding(days: 3650).firstInstant)
                ))
            try makeWireKey(of: name, wireAuthority, wall: wall)
        }
        try writePublic(Array(JSONEncoder().encode(statements)), to: statementsFile)
        try writePublic(Array(authority.publicKey.base64URL.utf8), to: keyAuthorityFile)
        // The demo nation delivers a card years before its first day, so that one certificate is about to expire.
        try makeSpecialKeys(at: configuration.referenceDate.adding(days: -Self.daysBefore).firstInstant)
    }

    private func makeWireAuthority(wall: Instant) throws -> InstitutionCA {
        let ca = try InstitutionCA.create(
            name: "Madoguchi institutions", serial: CertificateSerial(1), validity: Self.wireValidity(wall))
        try writePublic(Array(Self.pem(ca.certificate.der).utf8), to: wireAuthorityFile)
        return ca
    }

    private func makeWireKey(of name: InstitutionID, _ authority: InstitutionCA, wall: Instant) throws {
        let key = try CAKey.generate(.p256)
        let certificate = try authority.certify(
            institution: name.text, dnsNames: [name.text + Self.wireNaming.domain], publicKeyDER: key.publicKeyDER,
            serial: CertificateSerial(UInt64.random(in: 2...UInt64(Int64.max))), validity: Self.wireValidity(wall))
        try writeSecret(Array(key.exportPEM().utf8), to: self.key("wire.key.pem", of: name))
        try writePublic(Array(Self.pem(certificate.der).utf8), to: self.key("wire.pem", of: name))
    }

    private static func wireValidity(_ wall: Instant) throws -> CertificateValidity {
        let seconds = TimeInterval(wall.unixSeconds)
        return try CertificateValidity(
            notBefore: Date(timeIntervalSince1970: seconds - 86_400),
            notAfter: Date(timeIntervalSince1970: seconds + 730 * 86_400))
    }

    private func makeSpecialKeys(at now: Instant) throws {
        try writeSecret(
            Array(PersonPointKey.random().secretBytesForKeyFolder.base64URL.utf8),
            to: key("person-point.key", of: .numberAuthority))
        try writeSecret(
            Array(FactorMaster.random().secretBytesForKeyFolder.base64URL.utf8),
            to: key("code-factors.key", of: .linkageCore))
        let log = try LogKey.random(name: Self.logName)
        try writeSecret(Array(log.seedForKeyFolder.base64URL.utf8), to: key("exchange-log.key", of: .linkageCore))
        try writePublic(Array(log.verifier.description.utf8), to: logKeyFile)
        try makeAuthorities(at: now)
    }

    private func makeAuthorities(at now: Instant) throws {
        var anchors: [String: String] = [:]
        for purpose in CertificatePurpose.allCases {
            let keys = try AuthorityKeys.generate(purpose, names: .demonstration, at: now)
            let stored = StoredAuthority(keys)
            try writeSecret(Array(JSONEncoder().encode(stored)), to: key("\(purpose.rawValue).json", of: .jpki))
            anchors[purpose.rawValue] = keys.certificate.base64URL
        }
        try writePublic(Array(JSONEncoder().encode(anchors)), to: trustAnchorsFile)
    }

    static func pem(_ der: [UInt8]) -> String {
        let text = Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return "-----BEGIN CERTIFICATE-----\n\(text)\n-----END CERTIFICATE-----\n"
    }
}

/// An authority's keys as they lie in the service's key folder.
struct StoredAuthority: Codable {
    let key: String
    let certificate: String
    let responderKey: String
    let responderCertificate: String

    init(_ keys: AuthorityKeys) {
        key = keys.key.exportPKCS8().base64URL
        certificate = keys.certificate.base64URL
        responderKey = keys.responderKey.exportPKCS8().base64URL
        responderCertificate = keys.responderCertificate.base64URL
    }

    func keys(_ purpose: CertificatePurpose) throws -> AuthorityKeys {
        try AuthorityKeys(
            purpose: purpose, key: CAKey(pkcs8DER: [UInt8](base64URL: key)),
            certificate: [UInt8](base64URL: certificate),
            responderKey: CAKey(pkcs8DER: [UInt8](base64URL: responderKey)),
            responderCertificate: [UInt8](base64URL: responderCertificate))
    }
}

// MARK: - Reading them

extension NationFolder {
    func secret(_ name: String, of institution: InstitutionID) throws -> [UInt8] {
        let text = try String(decoding: read(key(name, of: institution)), as: UTF8.self)
        guard let bytes = try? [UInt8](base64URL: text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw NationError(.malformedKey, "the key \(name) of \(institution) is damaged")
        }
        return bytes
    }

    func institutionKeys(of name: InstitutionID) throws -> InstitutionKeyPair {
        try InstitutionKeyPair(secretBytes: secret("institution.key", of: name))
    }

    /// The public keys of every institution.
    public func directory() async throws -> KeyDirectory {
        let statements = try JSONDecoder().decode([SignedToken<KeyStatement>].self, from: Data(read(statementsFile)))
        let authority = try [UInt8](base64URL: String(decoding: read(keyAuthorityFile), as: UTF8.self))
        return try await KeyDirectory(statements, authority: authority)
    }

    func wireIdentity(of name: InstitutionID) throws -> WireIdentity {
        func text(_ file: URL) throws -> String { try String(decoding: read(file), as: UTF8.self) }
        return try WireIdentity(
            certificate: text(key("wire.pem", of: name)), key: text(key("wire.key.pem", of: name)),
            authority: text(wireAuthorityFile))
    }

    func authorityKeys() throws -> [AuthorityKeys] {
        try CertificatePurpose.allCases.map { purpose in
            let bytes = try read(key("\(purpose.rawValue).json", of: .jpki))
            return try JSONDecoder().decode(StoredAuthority.self, from: Data(bytes)).keys(purpose)
        }
    }

    /// The certificates of the two certification authorities, DER.
    public func trustAnchors() throws -> [CertificatePurpose: [UInt8]] {
        let anchors = try JSONDecoder().decode([String: String].self, from: Data(read(trustAnchorsFile)))
        return try Dictionary(
            uniqueKeysWithValues: anchors.compactMap { name, der in
                try CertificatePurpose(rawValue: name).map { try ($0, [UInt8](base64URL: der)) }
            })
    }

    /// The exchange log's public key.
    public func logVerifier() throws -> NoteVerifier {
        try NoteVerifier(verifierKey: String(decoding: read(logKeyFile), as: UTF8.self))
    }
}

extension NationConfiguration {
    /// The names under which an institution is shown.
    func names(of institution: InstitutionID) -> (japanese: String, english: String) {
        switch institution {
        case .numberAuthority: ("番号機構", "Number Authority")
        case .cardOffice: ("カード交付センター", "Card Office")
        case .jpki: ("公的個人認証サービス", "Public Certification Service")
        case .linkageCore: ("情報提供ネットワークシステム", "Information Provision Network")
        case .portal: ("窓口ポータル", "Madoguchi Portal")
        default: localNames(of: institution)
        }
    }

    private func localNames(of institution: InstitutionID) -> (japanese: String, english: String) {
        let named =
            municipalities.map { ($0.code.text, $0.nameJapanese, $0.nameEnglish) }
            + bodies.map { ($0.body.text, $0.nameJapanese, $0.nameEnglish) }
        let found = named.first { institution.text.hasSuffix("-" + $0.0) }
        return found.map { ($0.1, $0.2) } ?? (institution.text, institution.text)
    }
}
