import Contracts
import JPKI
import JPKIValidation
import TestSupport
import Testing
import Values
import Wire

@testable import PKI

@Suite struct StatusTests {
    private func request(
        _ service: Service, serial: [UInt8], issuer: [UInt8], nonce: [UInt8]? = [1, 2, 3]
    ) throws -> [UInt8] {
        let id = try OCSPCertificateID(
            issuer: ParsedCertificate(der: issuer), serial: CertificateSerial(bytes: serial))
        return try OCSPRequest(certificateIDs: [id], nonce: nonce).der()
    }

    @Test(
        "a certificate is good until it is revoked, and then revoked for that reason",
        arguments: TestEngine.available)
    func revoked(engine: TestEngine) async throws {
        try await withService(engine) { service in
            let certified = try await service.certified()
            #expect(try await service.status(of: certified.certificate.bytes).finding == .good)
            let end = RevokeCertificate(certificate: certified.name, reason: .keyCompromise)
            #expect(try await service.refusal(CertificationContract.revoke, end) == nil)
            let at = service.clock.now()
            service.clock.advance(by: .seconds(60))
            let finding = try await service.status(of: certified.certificate.bytes).finding
            #expect(finding == .revoked(at: at, reason: 1))
        }
    }

    @Test("a certificate that was ended stays ended as it was", arguments: TestEngine.available)
    func revokedTwice(engine: TestEngine) async throws {
        try await withService(engine) { service in
            let certified = try await service.certified()
            let at = service.clock.now()
            for reason in [Contracts.RevocationReason.superseded, .hold] {
                let end = RevokeCertificate(certificate: certified.name, reason: reason)
                #expect(try await service.refusal(CertificationContract.revoke, end) == nil)
                service.clock.advance(by: .seconds(60))
            }
            let finding = try await service.status(of: certified.certificate.bytes).finding
            #expect(finding == .revoked(at: at, reason: 4))
        }
    }

    @Test("what was not issued is not ended", arguments: TestEngine.available)
    func unknownRevoked(engine: TestEngine) async throws {
        try await withService(engine) { service in
            let certified = try await service.certified()
            let names = [
                CertificateName(issuer: certified.name.issuer, serial: ContractBytes([1, 2, 3, 4, 5])),
                CertificateName(issuer: certified.name.issuer, serial: ContractBytes([])),
                CertificateName(issuer: certified.name.issuer, serial: ContractBytes([UInt8](repeating: 1, count: 30))),
                CertificateName(issuer: ContractBytes([0x30, 0]), serial: certified.name.serial),
            ]
            for name in names {
                let end = RevokeCertificate(certificate: name, reason: .superseded)
                #expect(try await service.refusal(CertificationContract.revoke, end) == "unknown-certificate")
            }
            #expect(try await service.status(of: certified.certificate.bytes).finding == .good)
        }
    }

    @Test("a serial of the one authority says nothing about the other's", arguments: TestEngine.available)
    func otherAuthority(engine: TestEngine) async throws {
        try await withService(engine) { service in
            let certified = try await service.certified()
            let signing = try Keys.authorities.get()[1]
            let request = try request(
                service, serial: certified.name.serial.bytes, issuer: signing.certificate)
            let response = try await OCSPResponse.read(service.service.ocspResponse(to: request)).get()
            #expect(response.responses.map(\.status) == [.unknown])
        }
    }

    @Test("what was never issued is unknown, not good", arguments: TestEngine.available)
    func unknown(engine: TestEngine) async throws {
        try await withService(engine) { service in
            let authority = try Keys.authorities.get()[0]
            let request = try request(service, serial: [9, 9, 9, 9], issuer: authority.certificate)
            let response = try await OCSPResponse.read(service.service.ocspResponse(to: request)).get()
            #expect(response.responses.map(\.status) == [.unknown])
            #expect(response.nonce == [1, 2, 3])
        }
    }

    @Test("another issuer's certificate is none of its business")
    func otherIssuer() async throws {
        try await withService(.sqlite) { service in
            let foreign = try AuthorityKeys.generate(.userAuthentication, names: .demonstration, at: Service.start)
            let request = try request(service, serial: [9], issuer: foreign.certificate)
            let response = await service.service.ocspResponse(to: request)
            #expect(response == OCSPErrorStatus.unauthorized.der)
        }
    }

    @Test("what is no request is answered as malformed, and no bit of a request makes it trap")
    func malformed() async throws {
        try await withService(.sqlite) { service in
            let certified = try await service.certified()
            let request = try request(
                service, serial: certified.name.serial.bytes, issuer: certified.authority.bytes)
            for bytes in [[], [0x30], [0x30, 0x00], Array(request.dropLast()), request + [0]] {
                #expect(await service.service.ocspResponse(to: bytes) == OCSPErrorStatus.malformedRequest.der)
            }
            for bit in 0..<(request.count * 8) {
                var flipped = request
                flipped[bit / 8] ^= 1 << (bit % 8)
                let response = await service.service.ocspResponse(to: flipped)
                #expect(!response.isEmpty)
            }
        }
    }
}
