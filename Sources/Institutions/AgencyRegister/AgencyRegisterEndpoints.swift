import Contracts
import NumberContracts
import Values
public import Wire

extension AgencyRegisterService {
    /// What the register answers over the wire.
    public var endpoints: [ServedEndpoint] {
        [
            RegisterContract.enrol.servedOnce(
                in: database, now: { [clock] in clock.now().microseconds }, to: enrolledBy
            ) { request, caller, writer in
                guard let number = try? request.number.parsed() else { throw RegisterError.malformedNumber }
                _ = try enrol(number, request.items, by: caller.name, writer)
                return Acknowledgement()
            }
        ]
    }
}
