import Contracts
import Values
public import Wire

extension CertificationService {
    /// What the service answers over the wire, and to whom.
    public var endpoints: [ServedEndpoint] {
        let cardOffice = CallerRule.only([InstitutionID.cardOffice.text])
        return [
            CertificationContract.certify.served(to: cardOffice) { request, call in
                guard let order = call.idempotencyKey else { throw Problem.keyMissing }
                return try await certify(request, order: order)
            },
            CertificationContract.status.served(to: .anyCaller) { request, _ in
                await StatusAnswer(response: ContractBytes(ocspResponse(to: request.request.bytes)))
            },
            CertificationContract.revoke.served(to: cardOffice) { request, _ in try await revoke(request) },
        ]
    }
}
