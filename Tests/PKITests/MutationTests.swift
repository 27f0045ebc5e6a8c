import Foundation
import Testing
import Values

@testable import JPKIValidation
@testable import PKI

/// Bits flipped, ends cut off, bytes added: nothing traps and nothing passes.
@Suite struct MutationTests {
    private static let rounds = 300

    /// Changed copies of `bytes`: a bit flipped, an end cut off, a byte added, two bytes swapped.
    private func mutations(of bytes: [UInt8], seed: UInt64) -> [[UInt8]] {
        print("mutation seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var found: [[UInt8]] = [[], bytes + [0], Array(bytes.dropLast())]
        for round in 0..<Self.rounds {
            var copy = bytes
            let position = Int.random(in: 0..<bytes.count, using: &generator)
            switch round % 4 {
            case 0, 1: copy[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 2: copy.removeLast(bytes.count - position)
            default: copy[position] = UInt8.random(in: 0...255, using: &generator)
            }
            if copy != bytes { found.append(copy) }
        }
        return found
    }

    private var seed: UInt64 { .random(in: 0...UInt64.max) }

    @Test("a changed certificate is never validated and never a trust anchor")
    func certificates() throws {
        let nation = try Nation.shared.get()
        let validator = try nation.validator()
        for der in mutations(of: nation.user.der, seed: seed) {
            guard let certificate = try? UnverifiedUserCertificate(der: der) else { continue }
            let status = CertificateStatusEvidence(
                certificate.parsed, .ocsp, .good, from: nation.moment, until: nation.moment + .seconds(9))
            let result = validator.validateAuthentication(certificate: certificate, at: nation.moment, status: status)
            #expect(throws: ValidationReport.self) { try result.get() }
        }
        for der in mutations(of: nation.authenticationCA.certificate.der, seed: seed) {
            #expect(throws: JPKIValidationError.self) {
                try JPKIValidator(
                    trustAnchors: .init(userAuthentication: [der]), policies: .init(userAuthentication: ["1.2.3"]))
            }
        }
    }

    @Test("a changed 署名用 certificate never yields another holder under a good signature")
    func holders() throws {
        let nation = try Nation.shared.get()
        for der in mutations(of: nation.signer.der, seed: seed) {
            guard let certificate = try? ParsedCertificate(der: der) else { continue }
            let holder = try? HolderAttributes(certificate: certificate)
            #expect(holder == nil || !certificate.isSigned(by: nation.signatureCA.certificate))
        }
    }

    @Test("a changed OCSP answer is never believed")
    func responses() throws {
        let nation = try Nation.shared.get()
        let validator = try nation.validator()
        let request = try validator.makeStatusRequest(for: UnverifiedUserCertificate(der: nation.user.der)).get()
        let response = try nation.answer(request.der)
        for der in mutations(of: response, seed: seed) {
            let result = validator.checkStatus(response: der, context: request.context, at: nation.moment)
            #expect(throws: ValidationReport.self) { try result.get() }
        }
    }

    @Test("a changed OCSP request is refused or read as something that can be written again")
    func requests() throws {
        let nation = try Nation.shared.get()
        let id = try OCSPCertificateID(issuer: nation.authenticationCA.certificate, serial: nation.user.serial)
        let request = try OCSPRequest(certificateIDs: [id], nonce: LoginTests.nonce)
        for der in try mutations(of: request.der(), seed: seed) {
            guard let read = try? OCSPRequest(der: der) else { continue }
            #expect(try OCSPRequest(der: read.der()) == read)
        }
    }

    @Test("a changed list is never believed")
    func lists() throws {
        let nation = try Nation.shared.get()
        let entry = RevokedCertificate(serial: nation.user.serial, date: nation.now, reason: .superseded)
        let list = RevocationList(
            number: 1, thisUpdate: nation.now, nextUpdate: nation.now.addingTimeInterval(60), entries: [entry],
            scopeDER: nation.user.distributionPointDER)
        let issuer = nation.authenticationCA.certificate
        let signed = try list.sign(issuer: issuer, with: Keys.authentication.get())
        for der in mutations(of: signed, seed: seed) {
            let result = RevocationList.verify(der, issuer: issuer, at: nation.now, skew: 0)
            #expect(throws: StatusRefusal.self) { try result.get() }
        }
    }

    @Test("changed evidence is never verified")
    func evidence() throws {
        let nation = try Nation.shared.get()
        let validator = try nation.validator()
        let status = try nation.status(of: nation.user.der)
        let json = Array(try JSONEncoder().encode(LoginTests.evidence(LoginTests.challenge())))
        let original = try JSONDecoder().decode(LoginEvidence.self, from: Data(json))
        for bytes in mutations(of: json, seed: seed) {
            guard let evidence = try? JSONDecoder().decode(LoginEvidence.self, from: Data(bytes)), evidence != original
            else { continue }
            let result = validator.verify(
                evidence, expecting: LoginTests.expectation, status: status, at: nation.moment)
            #expect(throws: ValidationReport.self) { try result.get() }
        }
    }

    @Test("a changed key is refused or another key")
    func keys() throws {
        let key = try Keys.responder.get()
        let message: [UInt8] = [1, 2, 3]
        let signature = try key.sign(message)
        for der in mutations(of: key.publicKeyDER, seed: seed) {
            #expect(!PublicKeys.verify(signature, of: message, algorithm: .p256, publicKeyDER: der))
        }
    }
}
