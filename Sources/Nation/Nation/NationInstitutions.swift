public import AgencyGateway
public import AgencyRegister
public import CardOffice
public import JPKI
public import LinkageCore
import Logging
public import NumberAuthority
public import PortableSQL
public import Portal
public import ResidentRegistry
public import Values
public import Wire
import WireHTTP

/// The institutions of a nation that run in this process, each with its own database, keys and view of the network.
public struct NationInstitutions: Sendable {
    /// What the nation is made of.
    public let configuration: NationConfiguration
    /// Where it lies.
    public let folder: NationFolder
    /// Its time.
    public let clock: any NationClock
    /// Resident registries, by municipality.
    public internal(set) var registries: [MunicipalityCode: ResidentRegistryService] = [:]
    /// Agency registers, by name.
    public internal(set) var registers: [InstitutionID: AgencyRegisterService] = [:]
    /// Agency gateways, by name.
    public internal(set) var gateways: [InstitutionID: GatewayService] = [:]
    /// The number authority, if it runs here.
    public internal(set) var numberAuthority: NumberAuthorityService?
    /// The card office, if it runs here.
    public internal(set) var cardOffice: CardOfficeService?
    /// The certification service, if it runs here.
    public internal(set) var certification: CertificationService?
    /// The core, if it runs here.
    public internal(set) var linkageCore: LinkageService?
    /// The portal, if it runs here.
    public internal(set) var portal: PortalService?
    /// The databases of the institutions here, by name.
    public internal(set) var databases: [InstitutionID: Database] = [:]
    var relays: [InstitutionID: OutboxRelay] = [:]
    var overTLS: [HTTPNetwork] = []
    let shared: InProcessNetwork
    let makeLogger: @Sendable (InstitutionID) -> Logger

    /// The institutions that run here.
    public var names: [InstitutionID] { databases.keys.sorted() }

    /// Delivers what every institution here has to say, one message after the other, until none has anything due;
    /// gives how many were delivered.
    @discardableResult
    public func settle() async throws -> Int {
        var delivered = 0
        while true {
            var round = 0
            for (_, relay) in relays.sorted(by: { $0.key < $1.key }) { round += try await relay.deliverDue(atOnce: 1) }
            delivered += round
            if round == 0 { return delivered }
        }
    }

    /// Closes every database and connection.
    public func close() async {
        for database in databases.values { await database.close() }
        for network in overTLS { try? await network.shutdown() }
    }
}

/// How a process opens institutions.
public struct NationOpening: Sendable {
    /// The institutions to run; all when nil.
    public var only: Set<InstitutionID>?
    /// Whether the faults of the configuration are played.
    public var faults = true
    /// Sees every call within the process, with its answer.
    public var recorder: InProcessNetwork.Recorder?
    /// From what residents' codes, numbers and card serials are drawn; from the system's randomness when nil.
    public var seed: UInt64?

    /// All institutions, or these.
    public init(only: Set<InstitutionID>? = nil) { self.only = only }
}
