import Contracts
import Logging
import PKI
import PortableSQL
import Values

// The status of certificates (失効情報の提供): RFC 6960 answers, signed live by each authority's delegated responder.
extension CertificationService {
    /// How long an answer holds: the real source is refreshed every 15 minutes.
    static let statusLifetime = Duration.seconds(15 * 60)

    /// Answers one OCSP request (DER) with one OCSP response (DER); never throws, as the protocol has its own errors.
    public func ocspResponse(to request: [UInt8]) async -> [UInt8] {
        guard let request = try? OCSPRequest(der: request), let first = request.certificateIDs.first else {
            return OCSPErrorStatus.malformedRequest.der
        }
        guard let authority = authorities.values.first(where: { first.names(issuer: $0.authority.certificate) }) else {
            return OCSPErrorStatus.unauthorized.der
        }
        do {
            return try await response(to: request, by: authority)
        } catch {
            logger.error("status not answered", metadata: ["error": "\(type(of: error))"])
            return OCSPErrorStatus.tryLater.der
        }
    }

    private func response(to request: OCSPRequest, by authority: Authority) async throws -> [UInt8] {
        let now = clock.now()
        let answers = try await database.read { reader in
            try request.certificateIDs.map { id in
                let known = id.names(issuer: authority.authority.certificate)
                let status = known ? try reader.status(of: id.serial, authority.authority.purpose) : nil
                return OCSPSingleResponse(
                    id: id, status: status ?? .unknown, thisUpdate: now.date,
                    nextUpdate: (now + Self.statusLifetime).date)
            }
        }
        return try authority.responder.respond(answers, nonce: request.nonce, producedAt: now.date)
    }
}
