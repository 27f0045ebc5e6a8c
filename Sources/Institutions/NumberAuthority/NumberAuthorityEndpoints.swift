import Contracts
import NumberContracts
import Values
public import Wire

extension NumberAuthorityService {
    /// What the authority answers over the wire, and to whom.
    public var endpoints: [ServedEndpoint] {
        let registries = CallerRule.prefixed([InstitutionID.residentRegistryPrefix])
        let registers = CallerRule.prefixed([InstitutionID.agencyRegisterPrefix])
        let cardOffice = CallerRule.only([InstitutionID.cardOffice.text])
        let portal = CallerRule.only([InstitutionID.portal.text])
        let now: @Sendable () -> Int64 = { [clock] in clock.now().microseconds }
        return [
            NumberContract.assign.servedOnce(in: database, now: now, to: registries) { try assign($0, by: $1, $2) },
            NumberContract.updateItems.servedOnce(in: database, now: now, to: registries) {
                try updateItems($0, by: $1, $2)
            },
            NumberContract.identityRecord.served(to: cardOffice) { try await identityRecord($0, by: $1.caller) },
            NumberContract.registerCertificate.servedOnce(in: database, now: now, to: cardOffice) {
                try registerCertificate($0, by: $1, $2)
            },
            NumberContract.submitAcquisition.served(to: registers) {
                try await submitAcquisition($0, by: $1.caller)
            },
            AcquisitionContract.presentLogin.served(to: portal) { try await presentLogin($0, by: $1.caller) },
        ]
    }
}
