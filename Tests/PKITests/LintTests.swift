import Crypto
import Foundation
import SwiftASN1
import Testing

@testable import PKI

/// Each rule holds for the certificate of its profile and fails for one with exactly that fault.
@Suite struct LintTests {
    typealias Kind = CertificateProfile.Kind
    typealias Change = @Sendable (inout CertificateContent) throws -> Void

    @Test("every certificate of the demonstration keeps every rule", arguments: Kind.allCases)
    func passing(kind: Kind) throws {
        let subject = try subject(kind, content(kind))
        for rule in CertificateProfile.of(kind).rules {
            #expect(rule.holds(for: subject), "\(rule.id)")
            #expect(!rule.citation.isEmpty)
        }
    }

    @Test("every rule of every profile has a fixture that breaks it", arguments: Kind.allCases)
    func coverage(kind: Kind) {
        let rules = CertificateProfile.of(kind).rules.map(\.id)
        #expect(Set(rules).count == rules.count)
        #expect(Set(rules) == Set(Self.faults(kind).keys))
    }

    @Test("a certificate with a fault breaks the rule about it, and is not prepared", arguments: Kind.allCases)
    func failing(kind: Kind) throws {
        for (id, change) in Self.faults(kind) {
            var content = try content(kind)
            try change(&content)
            let rule = try #require(CertificateProfile.of(kind).rules.first { $0.id == id })
            #expect(try !rule.holds(for: subject(kind, content)), "\(kind.rawValue) \(id)")
        }
    }

    @Test("a recorded certificate that breaks a rule is not prepared again and the rule is named")
    func resumeRefused() throws {
        let nation = try Nation.shared.get()
        var content = try nation.userContent()
        content.extensions.swapAt(0, 1)
        let tbs = try content.der()
        do {
            _ = try nation.authenticationCA.resume(recordedTBS: tbs, kind: .userAuthentication)
            Issue.record("it was prepared")
        } catch {
            #expect(error.code == .lintFailed)
            #expect(error.lints == ["extensions-order", "extensions-critical"])
        }
    }

    // MARK: - Certificates

    private func content(_ kind: Kind) throws -> CertificateContent {
        let nation = try Nation.shared.get()
        let names = nation.names
        switch kind {
        case .userAuthentication: return try nation.userContent()
        case .authority:
            let key = try Keys.authentication.get().publicKeyDER
            return try make(kind, names.authority(.userAuthentication), key: key, days: 3650, holder: nil)
        case .digitalSignature:
            let subject = DirectoryName([
                names.country, .init(Identifier.locality, "Kakuu-ken"), .init(Identifier.locality, "Madoguchi-shi"),
                .init(Identifier.commonName, String(repeating: "20", count: 14)),
            ])
            return try make(kind, subject, key: Keys.user.get().publicKeyDER, days: 1800, holder: Nation.holder)
        case .ocspResponder:
            let subject = DirectoryName([names.country, .init(Identifier.commonName, "responder")])
            return try make(kind, subject, key: Keys.responder.get().publicKeyDER, days: 90, holder: nil)
        }
    }

    private func make(
        _ kind: Kind, _ subject: DirectoryName, key: [UInt8], days: Int, holder: HolderAttributes?
    ) throws -> CertificateContent {
        let nation = try Nation.shared.get()
        let facts = IssuanceFacts(
            names: nation.names, purpose: Self.purpose(kind), issuer: try issuer(kind), publicKeyDER: key,
            scope: nation.scope, holder: holder)
        let order = CertificateOrder(
            publicKeyDER: key, serial: try CertificateSerial(9), validity: try Nation.life(now: nation.now, days: days))
        return try CertificateAuthority.content(order, kind, subject: subject, facts)
    }

    private func issuer(_ kind: Kind) throws -> ParsedCertificate? {
        let nation = try Nation.shared.get()
        return switch kind {
        case .authority: nil
        case .digitalSignature: nation.signatureCA.certificate
        default: nation.authenticationCA.certificate
        }
    }

    private func subject(_ kind: Kind, _ content: CertificateContent) throws -> LintSubject {
        LintSubject(
            certificate: try CertificateContent.unsigned(tbs: content.der()), kind: kind,
            names: try Nation.shared.get().names, purpose: Self.purpose(kind), issuer: try issuer(kind))
    }

    private static func purpose(_ kind: Kind) -> CertificatePurpose {
        kind == .digitalSignature ? .digitalSignature : .userAuthentication
    }

    // MARK: - Faults

    /// Sets the value of an extension.
    private static func set(_ oid: ASN1ObjectIdentifier, _ value: @escaping @Sendable () throws -> [UInt8]) -> Change {
        { content in
            for index in content.extensions.indices where content.extensions[index].oid == oid {
                content.extensions[index].value = try value()
            }
        }
    }

    private static let shared: [String: Change] = [
        "signature-algorithm": { $0.signatureAlgorithm = .p256 },
        "issuer-name": { $0.issuerDER = try DirectoryName([.init(Identifier.commonName, "another")]).der() },
        "validity-encoding": { content in
            let (start, end) = try times()
            content.validityDER = DEREncoding.sequence(
                try DEREncoding.generalizedTime(start), try DEREncoding.generalizedTime(end))
        },
        "extensions-order": { $0.extensions.swapAt(0, 1) },
        "extensions-critical": { $0.extensions[0].critical = false },
        "subject-key-identifier": set(Identifier.subjectKeyIdentifier) {
            DEREncoding.octets([UInt8](repeating: 1, count: 20))
        },
        "key-usage": set(Identifier.keyUsage) { ExtensionValues.keyUsage([0, 2]) },
    ]

    private static func times() throws -> (Date, Date) {
        let life = try Nation.life(now: Nation.shared.get().now, days: 1800)
        return (life.notBefore, life.notAfter)
    }

    private static func life(startingDays early: Double = 0, ending late: Double = 0) -> Change {
        { content in
            let (start, end) = try times()
            let life = try CertificateValidity(
                notBefore: start.addingTimeInterval(-early * 86400), notAfter: end.addingTimeInterval(late))
            content.validityDER = try life.der()
        }
    }

    private static func p384Key() -> [UInt8] { Array(P384.Signing.PrivateKey().publicKey.derRepresentation) }

    private static let anotherName: @Sendable () throws -> [UInt8] = {
        try ExtensionValues.alternativeName(DirectoryName([.init(Identifier.commonName, "another")]))
    }

    private static let user: [String: Change] = shared.merging([
        "validity-in-issuer": life(ending: 2000 * 86400), "validity-length": life(startingDays: 730),
        "ends-at-midnight": life(ending: -1),
        "public-key": { $0.publicKeyDER = try Keys.responder.get().publicKeyDER },
        "authority-key-identifier": set(Identifier.authorityKeyIdentifier) { ExtensionValues.authorityKey([1, 2]) },
        "issuer-alt-name": set(Identifier.issuerAltName, anotherName),
        "certificate-policy": set(Identifier.certificatePolicies) {
            try ExtensionValues.policy("1.2.3", cps: JPKINames.demonstration.cpsURL)
        },
        "crl-distribution-point": set(Identifier.crlDistributionPoints) {
            try ExtensionValues.distributionPoint(JPKINames.demonstration.authority(.userAuthentication))
        },
        "subject-name": { $0.subject.parts.removeFirst() },
    ]) { $1 }

    static func faults(_ kind: Kind) -> [String: Change] {
        let own: [String: Change] =
            switch kind {
            case .userAuthentication:
                [
                    "extended-key-usage": set(Identifier.extendedKeyUsage) {
                        try ExtensionValues.extendedKeyUsage([Identifier.serverAuth])
                    },
                    "ocsp-address": set(Identifier.authorityInfoAccess) {
                        try ExtensionValues.ocspAccess("http://elsewhere.localhost")
                    },
                ]
            case .digitalSignature:
                [
                    "holder-order": set(Identifier.subjectAltName) {
                        try ExtensionValues.otherNames(Nation.holder.ordered.reversed())
                    },
                    "holder-values": set(Identifier.subjectAltName) {
                        try ExtensionValues.otherNames(Nation.holder.ordered.map { ($0.0, $0.0 == 2 ? "0" : $0.1) })
                    },
                ]
            case .authority:
                [
                    "ends-at-midnight": life(ending: -1),
                    "public-key": { $0.publicKeyDER = try Keys.responder.get().publicKeyDER },
                    "subject-name": { $0.subject.parts[0] = .init(Identifier.country, "JP") },
                    "subject-alt-name": set(Identifier.subjectAltName, anotherName),
                    "basic-constraints": set(Identifier.basicConstraints) {
                        DEREncoding.sequence(DEREncoding.yes, DEREncoding.integer(0))
                    },
                    "crl-distribution-point": set(Identifier.crlDistributionPoints) {
                        try ExtensionValues.distributionPoint(DirectoryName([.init(Identifier.commonName, "another")]))
                    },
                ]
            case .ocspResponder:
                [
                    "validity-in-issuer": life(ending: 2000 * 86400),
                    "authority-key-identifier": set(Identifier.authorityKeyIdentifier) {
                        ExtensionValues.authorityKey([1, 2])
                    },
                    "extended-key-usage": set(Identifier.extendedKeyUsage) {
                        try ExtensionValues.extendedKeyUsage([Identifier.clientAuth])
                    },
                    "public-key": { $0.publicKeyDER = p384Key() },
                    "ocsp-no-check": set(Identifier.ocspNoCheck) { DEREncoding.yes },
                ]
            }
        let base = kind == .userAuthentication || kind == .digitalSignature ? user : shared
        return base.merging(own) { $1 }
    }
}
