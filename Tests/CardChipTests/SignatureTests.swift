import CardChip
import Crypto
import CryptoExtras
import Foundation
import Testing

@Suite("Signatures, judged by openssl")
struct SignatureTests {
    private static let message = Array("madoguchi: a message to sign".utf8)
    private static let digest = Array(SHA256.hash(data: message))

    /// What each P1 takes, and how openssl is told to verify it.
    struct Scheme: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let p1: UInt8
        let input: [UInt8]
        let verified: [UInt8]
        let options: [String]
    }

    static let schemes: [Scheme] = {
        let pkcs1 = ["-pkeyopt", "rsa_padding_mode:pkcs1"]
        let sha256 = ["-pkeyopt", "digest:sha256"]
        let pss = ["-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:32"]
        let info = CardDigestInfo.sha256(SHA256.hash(data: message))
        return [
            Scheme(testDescription: "00 as it is", p1: 0, input: info, verified: digest, options: pkcs1 + sha256),
            Scheme(testDescription: "00 short bytes", p1: 0, input: [0x5A], verified: [0x5A], options: pkcs1),
            Scheme(testDescription: "01 bare hash", p1: 1, input: message, verified: digest, options: pkcs1),
            Scheme(testDescription: "02 given hash", p1: 2, input: digest, verified: digest, options: pkcs1 + sha256),
            Scheme(testDescription: "03 hash", p1: 3, input: message, verified: digest, options: pkcs1 + sha256),
            Scheme(
                testDescription: "04 given hash, PSS", p1: 4, input: digest, verified: digest, options: pss + sha256),
            Scheme(testDescription: "05 hash, PSS", p1: 5, input: message, verified: digest, options: pss + sha256),
        ]
    }()

    private static func sign(_ scheme: Scheme, with chip: inout Chip, key: CertificateKind) -> [UInt8] {
        let keyName: UInt8 = key == .authentication ? 0x97 : 0x9A
        let pin = key == .authentication ? "002000980431323334" : "0020009B06414243313233"
        _ = chip.statusWords([Say.selectJPKI, pin])
        let command = CommandAPDU(
            cla: 0x80, ins: 0x2A, p1: scheme.p1, p2: keyName, data: scheme.input, expected: 256)
        return Array(chip.process(command.bytes).response.dropLast(2))
    }

    @Test("each form verifies with the certificate's public key", arguments: schemes, CertificateKind.allCases)
    func verifies(scheme: Scheme, key: CertificateKind) throws {
        var chip = TestCard.adult
        let signature = Self.sign(scheme, with: &chip, key: key)
        #expect(signature.count == 256)
        let publicKey = try #require(chip.publicKeyInfo(for: key))
        #expect(try Self.verify(signature, of: scheme.verified, publicKey: publicKey, options: scheme.options))
    }

    @Test("one changed bit of signature or digest does not verify", arguments: schemes)
    func refuses(scheme: Scheme) throws {
        var chip = TestCard.adult
        var signature = Self.sign(scheme, with: &chip, key: .authentication)
        let publicKey = try #require(chip.publicKeyInfo(for: .authentication))
        var other = scheme.verified
        other[0] ^= 1
        #expect(try !Self.verify(signature, of: other, publicKey: publicKey, options: scheme.options))
        signature[200] ^= 1
        #expect(try !Self.verify(signature, of: scheme.verified, publicKey: publicKey, options: scheme.options))
    }

    private static func verify(
        _ signature: [UInt8], of digest: [UInt8], publicKey: [UInt8], options: [String]
    ) throws -> Bool {
        let folder = try TemporaryFolder()
        let output = try OpenSSL.run(
            [
                "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", try folder.write(publicKey, to: "key.der"),
                "-in", try folder.write(digest, to: "digest"), "-sigfile", try folder.write(signature, to: "signature"),
            ] + options)
        return output.status == 0
    }

    @Test(
        "the forms without a salt are, byte for byte, what openssl signs with the same key",
        arguments: schemes.filter { $0.p1 < 4 })
    func sameAsOpenSSL(scheme: Scheme) throws {
        let folder = try TemporaryFolder()
        let key = folder.url.appendingPathComponent("key.pem").path
        #expect(try OpenSSL.run(["genrsa", "-traditional", "-out", key, "2048"]).status == 0)
        let pem = try String(contentsOfFile: key, encoding: .utf8)
        var chip = try #require(Self.chip(holding: try _RSA.Signing.PrivateKey(pemRepresentation: pem)))
        let signature = folder.url.appendingPathComponent("signature")
        let arguments = ["-inkey", key, "-in", try folder.write(scheme.verified, to: "digest"), "-out", signature.path]
        #expect(try OpenSSL.run(["pkeyutl", "-sign"] + arguments + scheme.options).status == 0)
        #expect(Self.sign(scheme, with: &chip, key: .authentication) == Array(try Data(contentsOf: signature)))
    }

    /// A card whose authentication key is a given one, by way of its image: there is no other way to bring a key in.
    private static func chip(holding key: _RSA.Signing.PrivateKey) throws -> Chip? {
        var donor = TestCard.blank
        _ = try donor.generateKeyPair(for: .authentication)
        try donor.set(try Pin("1234", for: .authentication))
        let image = CardImage(donor).bytes
        let payload = Array(image[14..<(image.count - 32)])
        // The key is the last entry of the payload: count 1, application, file, length, PKCS#1.
        let start = try #require(payload.lastRange(of: [0x00, 0x01, 0x01, 0x00, 0x17]))
        let new = Array(key.derRepresentation)
        let size = [UInt8](arrayLiteral: 0, 0, UInt8(new.count >> 8), UInt8(new.count & 0xFF))
        return try CardImage.chip(from: Forged.image(payload: Array(payload[..<start.upperBound]) + size + new))
    }

    @Test("two PSS signatures of one digest differ, and follow the generator")
    func salts() throws {
        let scheme = try #require(Self.schemes.first { $0.p1 == 4 })
        var chip = TestCard.adult
        #expect(Self.sign(scheme, with: &chip, key: .signature) != Self.sign(scheme, with: &chip, key: .signature))
    }
}

extension [UInt8] {
    /// Where the other bytes occur last.
    func lastRange(of other: [UInt8]) -> Range<Int>? {
        guard count >= other.count else { return nil }
        return (0...(count - other.count)).last { self[$0..<($0 + other.count)].elementsEqual(other) }
            .map { $0..<($0 + other.count) }
    }
}

/// Card images that nobody wrote: a payload with a header and a checksum that fit.
enum Forged {
    static func image(payload: [UInt8]) -> [UInt8] {
        let length = (0..<4).map { UInt8(truncatingIfNeeded: payload.count >> (8 * (3 - $0))) }
        return sealed(Array("MDGCCARD".utf8) + [0, 1] + length + payload)
    }

    static func sealed(_ body: [UInt8]) -> [UInt8] { body + SHA256.hash(data: body) }
}
