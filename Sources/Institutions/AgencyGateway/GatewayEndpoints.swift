import Contracts
import Values
public import Wire

extension GatewayService {
    /// What the gateway serves: to its own register everything but provisions, and those to whoever holds a permit.
    public var endpoints: [ServedEndpoint] { registerEndpoints + [provideEndpoint] }

    private var registerEndpoints: [ServedEndpoint] {
        let own = CallerRule.only([register.text])
        return [
            AgencyContract.openAcquisition.served(to: own) { request, _ in
                try await openAcquisition(for: request.person)
            },
            AgencyContract.collectCode.served(to: own) { request, _ in
                try await collectCode(request)
                return Acknowledgement()
            },
            AgencyContract.storeCopy.served(to: own) { request, _ in
                try await storeCopy(request)
                return Acknowledgement()
            },
            AgencyContract.restrict.served(to: own) { request, _ in
                try await restrict(request)
                return Acknowledgement()
            },
            AgencyContract.inquire.served(to: own) { request, _ in try await inquire(request) },
        ]
    }

    private var provideEndpoint: ServedEndpoint {
        ProvisionContract.provide.served(to: .anyCaller) { request, call in
            guard let caller = try? InstitutionID(call.caller.name) else { throw Problem.callerNotAllowed }
            return Provided(answer: try await provide(request, to: caller))
        }
    }
}
