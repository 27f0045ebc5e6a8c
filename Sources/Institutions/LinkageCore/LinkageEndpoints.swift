import Contracts
import Values
public import Wire

extension LinkageService {
    /// What the core serves, and to whom.
    public var endpoints: [ServedEndpoint] { acquisitionEndpoints + exchangeEndpoints + historyEndpoints }

    /// Gateways and the portal; the use cases tell them apart.
    private static let askers = CallerRule.prefixed([InstitutionID.agencyGatewayPrefix, InstitutionID.portal.text])
    private static let gateways = CallerRule.prefixed([InstitutionID.agencyGatewayPrefix])
    private static let portal = CallerRule.only([InstitutionID.portal.text])

    private var acquisitionEndpoints: [ServedEndpoint] {
        [
            AcquisitionContract.open.served(to: Self.askers) { try await openAcquisition($0, by: Self.name(of: $1)) },
            AcquisitionContract.complete.served(to: .only([InstitutionID.numberAuthority.text])) { request, _ in
                try await completeAcquisition(request)
                return Acknowledgement()
            },
            AcquisitionContract.collect.served(to: Self.askers) { try await collectCode($0, by: Self.name(of: $1)) },
        ]
    }

    private var exchangeEndpoints: [ServedEndpoint] {
        [
            PresenceContract.end.served(to: Self.portal) { request, _ in
                try await endPresence(request.presence)
                return Acknowledgement()
            },
            PermitContract.request.served(to: Self.askers) { request, call in
                GrantedPermit(permit: try await requestPermit(request.request, by: Self.name(of: call)))
            },
        ]
    }

    private var historyEndpoints: [ServedEndpoint] {
        [
            HistoryContract.list.served(to: Self.portal) { request, _ in try await listHistory(request) },
            HistoryContract.prove.served(to: Self.portal) { request, _ in try await proveEntry(request) },
            HistoryContract.proveLeaf.served(to: Self.gateways) { request, _ in try await proveLeaf(request) },
        ]
    }

    private static func name(of call: WireCall) throws -> InstitutionID {
        do { return try InstitutionID(call.caller.name) } catch { throw Problem.callerNotAllowed }
    }
}
