import CardChip
import CardReader
import Foundation
import PKI

/// Cards of the tests. Key pairs are made once.
enum TestCards {
    static let pin = "1234"
    static let wrongPin = "9999"
    /// The moment of the tests: noon of 2026-11-20 in Japan.
    static let now = Date(timeIntervalSince1970: 1_795_143_600)

    /// A card with a 利用者証明用電子証明書.
    static let adult = Result { try make() }
    /// A card without certificates.
    static let blank = Result { Chip.blank(serial: try CardSerial("900000000000002")) }

    private static func make() throws -> Chip {
        var chip = Chip.blank(serial: try CardSerial("900000000000001"))
        let certificates = try certificates(for: chip.generateKeyPair(for: .authentication))
        try chip.install(certificate: certificates.user, authority: certificates.authority, for: .authentication)
        try chip.set(try Pin(pin, for: .authentication))
        return chip
    }

    private static func certificates(for key: [UInt8]) throws -> (user: [UInt8], authority: [UInt8]) {
        let authorityKey = try CAKey.generate(.rsa2048)
        let prepared = try CertificateAuthority.prepareAuthority(
            order(for: authorityKey.publicKeyDER, serial: 1, days: 3650), purpose: .userAuthentication,
            names: .demonstration)
        let authority = try CertificateAuthority(
            purpose: .userAuthentication, names: .demonstration, certificateDER: authorityKey.issue(prepared))
        let user = try authority.prepareUserAuthentication(
            order(for: key, serial: 2, days: 1800), commonName: "0123456789ABCD99001001A",
            scope: MunicipalityScope(prefecture: "Kakuu-ken", municipality: "Madoguchi-shi"))
        return (try authorityKey.issue(user), authority.certificate.der)
    }

    private static func order(for key: [UInt8], serial: UInt64, days: Int) throws -> CertificateOrder {
        let start = Int(now.timeIntervalSince1970) - (serial == 1 ? 86_400 : 3_600)
        let end = (start / 86_400 + days) * 86_400 + 14 * 3_600 + 59 * 60 + 59
        return CertificateOrder(
            publicKeyDER: key, serial: try CertificateSerial(serial),
            validity: try CertificateValidity(
                notBefore: Date(timeIntervalSince1970: TimeInterval(start)),
                notAfter: Date(timeIntervalSince1970: TimeInterval(end))))
    }
}

/// A folder of a test's own, removed when the value goes away.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("agent-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Puts a card into it.
    func add(_ chip: Chip, as name: String) throws { _ = try CardStore.create(chip, folder: url, name: name) }

    func write(_ text: String, to name: String) throws -> URL {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file
    }

    /// What the card's counter says.
    func triesLeft(_ name: String) throws -> Int {
        let store = try CardStore.open(folder: url, name: name)
        store.reset()
        return try JPKICard(InMemoryTransport(store)).triesLeft(.authentication)
    }
}
