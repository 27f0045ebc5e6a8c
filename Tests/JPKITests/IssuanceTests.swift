import Contracts
import Foundation
import JPKIValidation
import PKI
import PortableSQL
import TestSupport
import Testing
import Values
import Wire

@testable import JPKI

@Suite struct IssuanceTests {
    @Test("both certificates are what a relying party accepts", arguments: TestEngine.available)
    func accepted(engine: TestEngine) async throws {
        try await withService(engine) { service in
            let authentication = try await service.certified()
            let signature = try await service.certified(
                service.order(.signature, key: Keys.other.get(), items: service.items()))
            let validator = try service.validator()
            let login = try UnverifiedUserCertificate(der: authentication.certificate.bytes)
            let status = try await service.status(of: login.der)
            let validated = try validator.validateAuthentication(
                certificate: login, at: service.clock.now(), status: status
            ).get()
            #expect(validated.identity.serialBytes == authentication.name.serial.bytes)
            #expect(validated.identity.issuerDER == authentication.name.issuer.bytes)
            #expect(login.claimedMunicipality == service.municipality.fiveDigits)
            let signing = try UnverifiedUserCertificate(der: signature.certificate.bytes)
            let signingStatus = try await service.status(of: signing.der)
            _ = try validator.validateSigning(
                certificate: signing, at: service.clock.now(), status: signingStatus
            ).get()
            #expect(authentication.authority != signature.authority)
        }
    }

    @Test("the same order gets the same certificate", arguments: TestEngine.available)
    func repeated(engine: TestEngine) async throws {
        try await withService(engine) { service in
            let first = try await service.certified(key: "order-1")
            service.clock.advance(by: .seconds(60))
            #expect(try await service.certified(key: "order-1") == first)
            #expect(try await service.recorded() == 1)
        }
    }

    @Test("of 50 times the same order at once one certificate is made", arguments: TestEngine.available)
    func fiftyAtOnce(engine: TestEngine) async throws {
        try await withService(engine) { service in
            let order = try service.order()
            let made = try await withThrowingTaskGroup(of: ContractBytes.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await service.certified(order, key: "order-1").certificate }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(made.count == 1)
            #expect(try await service.recorded() == 1)
        }
    }

    @Test("of 50 orders at once for one key one is carried out", arguments: TestEngine.available)
    func oneKey(engine: TestEngine) async throws {
        try await withService(engine) { service in
            let order = try service.order()
            let refusals = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await service.refusal(CertificationContract.certify, order) }
                }
                return try await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(refusals.filter { $0 == nil }.count == 1)
            #expect(refusals.filter { $0 == "key-refused" }.count == 49)
        }
    }

    @Test("another key or another use under the same order is refused", arguments: TestEngine.available)
    func otherKey(engine: TestEngine) async throws {
        try await withService(engine) { service in
            _ = try await service.certified(key: "order-1")
            let others = [
                try service.order(key: Keys.other.get()), try service.order(.signature, items: service.items()),
            ]
            for other in others {
                #expect(
                    try await service.refusal(CertificationContract.certify, other, key: "order-1") == "key-refused")
            }
            #expect(try await service.recorded() == 1)
        }
    }

    @Test("an order that broke off before the signature is signed as recorded", arguments: TestEngine.available)
    func resumed(engine: TestEngine) async throws {
        try await withService(engine) { service in
            let first = try await service.certified(key: "order-1")
            try await service.database.write { _ = try $0.execute("UPDATE issued_certificate SET certificate = NULL") }
            await #expect(throws: ValidationReport.self) {
                let status = try await service.status(of: first.certificate.bytes)
                #expect(status.finding == .unknown, "what was not signed was not issued")
                throw try #require(
                    service.validator().validateAuthentication(
                        certificate: UnverifiedUserCertificate(der: first.certificate.bytes), at: service.clock.now(),
                        status: status
                    ).failure)
            }
            service.clock.advance(by: .seconds(3600))
            let other = try Service.service(service.database, service.clock)
            let second = try await other.certify(service.order(), order: "order-1")
            let tbs = try [first, second].map { try ParsedCertificate(der: $0.certificate.bytes).tbsDER }
            #expect(tbs[0] == tbs[1] && first == second)
            #expect(try await service.status(of: second.certificate.bytes).finding == .good)
        }
    }

    static let refused: [(String, @Sendable (Service) throws -> Certify)] = [
        ("unknown-municipality", { try $0.order(municipality: MunicipalityCode(fiveDigits: "99301")) }),
        ("card-expired", { try $0.order(expires: "2026-11-17") }),
        ("items-missing", { try $0.order(.signature) }),
        ("items-missing", { try $0.order(items: $0.items()) }),
        ("too-young-for-signing", { try $0.order(.signature, born: "2011-11-20", items: $0.items()) }),
        ("key-refused", { try $0.order(publicKey: CAKey.generate(.p256).publicKeyDER) }),
        ("key-refused", { try $0.order(publicKey: []) }),
        ("key-refused", { try $0.order(publicKey: Array(Keys.holder.get().publicKeyDER.dropLast())) }),
        ("key-refused", { try $0.order(publicKey: Keys.holder.get().publicKeyDER + [0]) }),
    ]

    @Test("what may not be certified is refused, and nothing is recorded", arguments: refused.indices)
    func refusals(index: Int) async throws {
        try await withService(.sqlite) { service in
            let (code, order) = Self.refused[index]
            let refusal = try await service.refusal(CertificationContract.certify, order(service))
            #expect(refusal == code)
            #expect(try await service.recorded() == 0)
        }
    }

    @Test("on the fifteenth birthday a card may sign")
    func fifteen() async throws {
        try await withService(.sqlite) { service in
            let order = try service.order(.signature, born: "2011-11-18", items: service.items())
            let refusal = try await service.refusal(CertificationContract.certify, order)
            #expect(refusal == nil)
        }
    }

    @Test("an order without a key of its own is refused")
    func noOrder() async throws {
        try await withService(.sqlite) { service in
            let refusal = try await service.refusal(CertificationContract.certify, service.order(), key: nil)
            #expect(refusal == "idempotency-key-missing")
        }
    }

    @Test("only the card office orders and ends; anybody may ask for a status")
    func callers() async throws {
        try await withService(.sqlite) { service in
            let rules = service.service.endpoints.map { endpoint in
                let allowed = ["card-office", "number-authority", "portal", "jpki"].filter {
                    endpoint.rule.allows(Caller($0))
                }
                return "\(endpoint.name): \(allowed.joined(separator: " "))"
            }
            let refusal = try await service.refusal(CertificationContract.certify, service.order(), as: "portal")
            #expect(refusal == "caller-not-allowed")
            #expect(
                rules == [
                    "jpki/certify: card-office", "jpki/status: card-office number-authority portal jpki",
                    "jpki/revoke: card-office",
                ])
        }
    }

    static let lastDays = [
        // The fifth birthday after the day of issue comes first, or the card's last day does.
        ("2026-11-18", "1990-03-01", "2036-03-01", "2031-03-01"),
        ("2026-11-18", "1990-11-18", "2036-11-18", "2031-11-18"),
        ("2026-11-18", "1990-11-19", "2036-11-19", "2030-11-19"),
        ("2026-11-18", "1990-03-01", "2028-03-01", "2028-03-01"),
        ("2026-11-18", "1990-03-01", "2031-02-28", "2031-02-28"),
        ("2026-11-18", "1990-03-01", "2031-03-01", "2031-03-01"),
    ]

    @Test("a certificate ends on the fifth birthday or with the card", arguments: lastDays)
    func lastDay(issued: String, born: String, card: String, last: String) throws {
        let day = try CertificateLife.lastDay(
            issuedOn: CivilDate(issued), birthDate: CivilDate(born), cardExpires: CivilDate(card))
        #expect(day.text == last)
    }

    @Test("it is valid until the last second of its last day in Japan")
    func lastSecond() async throws {
        try await withService(.sqlite) { service in
            let certificate = try await service.certified(service.order(expires: "2028-03-01"))
            let parsed = try ParsedCertificate(der: certificate.certificate.bytes)
            #expect(try Int64(parsed.notAfter.timeIntervalSince1970) == CivilDate("2028-03-01").lastSecond.unixSeconds)
        }
    }
}

extension Result {
    /// The failure, if it is one.
    var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
