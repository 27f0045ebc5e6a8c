public import Contracts
public import InstitutionKeys
public import Logging
public import PortableSQL
public import Values
public import VerifiableLog
public import Wire

/// An agency's gateway (中間サーバー): holds the copies from which it answers, asks others for the agency, and keeps its
/// own record of both. It knows persons by the agency's own ids and by this agency's codes only.
public struct GatewayService: Sendable {
    /// This gateway's name among the institutions.
    public let name: InstitutionID
    let register: InstitutionID
    let database: Database
    let client: EndpointClient
    let keys: InstitutionKeyPair
    let signer: TokenSigner
    let asker: ExchangeAsker
    let directory: KeyDirectory
    let logVerifier: NoteVerifier
    let clock: any NationClock
    let logger: Logger

    /// - Parameters:
    ///   - body: whose gateway this is; its register is the only one that may use it.
    ///   - database: migrated with ``GatewayStore/migrations``.
    ///   - keys: stated in the directory under the gateway's name.
    ///   - logVerifier: the public key of the core's log; its name is the log's origin.
    public init(
        body: AgencyBody, database: Database, network: any WireNetwork, keys: InstitutionKeyPair,
        directory: KeyDirectory, logVerifier: NoteVerifier, clock: any NationClock, logger: Logger
    ) async throws {
        name = try .agencyGateway(body)
        register = try .agencyRegister(body)
        self.database = database
        client = EndpointClient(network)
        self.keys = keys
        signer = try await keys.signer()
        asker = try await ExchangeAsker(identity: name, keys: keys, directory: directory, network: network)
        self.directory = directory
        self.logVerifier = logVerifier
        self.clock = clock
        self.logger = logger
    }
}
