public import Contracts
public import InstitutionKeys
public import JPKIValidation
public import Logging
public import PortableSQL
public import Values
public import VerifiableLog
public import Wire

/// The citizen's portal (マイナポータル): logins, her own information, and the log of who asked about her.
///
/// It knows a citizen by its own code for her. What it shows comes from elsewhere at that moment, and is not kept.
public struct PortalService: Sendable {
    let database: Database
    let client: EndpointClient
    let clock: any NationClock
    let signer: TokenSigner
    let asker: ExchangeAsker
    let directory: KeyDirectory
    let validator: JPKIValidator
    let logKey: NoteVerifier
    /// Where the portal is and whom it can ask.
    public let configuration: PortalConfiguration
    let logger: Logger

    /// - Parameters:
    ///   - keys: the portal's own keys, stated in the directory under `portal`.
    ///   - logKey: the exchange log's public key.
    public init(
        database: Database, network: any WireNetwork, clock: any NationClock, keys: InstitutionKeyPair,
        directory: KeyDirectory, validator: JPKIValidator, logKey: NoteVerifier, configuration: PortalConfiguration,
        logger: Logger
    ) async throws {
        self.database = database
        client = EndpointClient(network)
        self.clock = clock
        signer = try await keys.signer()
        asker = try await ExchangeAsker(identity: .portal, keys: keys, directory: directory, network: network)
        self.directory = directory
        self.validator = validator
        self.logKey = logKey
        self.configuration = configuration
        self.logger = logger
    }

    /// The names under which an institution is shown; its id where it has no statement.
    public func names(of institution: InstitutionID) -> (japanese: String, english: String) {
        guard let statement = try? directory.statement(of: institution, at: clock.now()) else {
            return (institution.text, institution.text)
        }
        return (statement.nameJapanese, statement.nameEnglish)
    }
}

/// Where the portal and the card agent are, and whom the portal can ask.
public struct PortalConfiguration: Sendable {
    /// Scheme, host and port, for example `http://portal.localhost:8080`.
    public let origin: String
    /// The port at which card agents listen on 127.0.0.1.
    public let agentPort: Int
    /// The gateways that answer for the citizen's own information.
    public let providers: [InformationProvider]

    /// That place and those providers.
    public init(origin: String, agentPort: Int, providers: [InformationProvider]) {
        self.origin = origin
        self.agentPort = agentPort
        self.providers = providers
    }
}

/// A gateway and the fields it answers about.
public struct InformationProvider: Sendable, Hashable {
    /// The gateway that is asked.
    public let gateway: InstitutionID
    /// The municipality whose agency it is; absent for a nation-wide body.
    public let municipality: MunicipalityCode?
    /// The kinds of information it answers about.
    public let kinds: Set<InformationKindID>

    /// That gateway with what it answers about.
    public init(gateway: InstitutionID, municipality: MunicipalityCode?, kinds: Set<InformationKindID>) {
        self.gateway = gateway
        self.municipality = municipality
        self.kinds = kinds
    }
}
