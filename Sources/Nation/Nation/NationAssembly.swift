import AgencyGateway
import AgencyRegister
import CardChip
import CardOffice
import Contracts
import Foundation
import InstitutionKeys
import JPKI
import JPKIValidation
import LinkageCore
public import Logging
import NumberAuthority
import PKI
import PersonCodes
import PortableSQL
import Portal
import PostgresDriver
import ResidentRegistry
import SQLiteDriver
public import Values
import VerifiableLog
import Web
import Wire
import WireHTTP

extension NationInstitutions {
    /// Opens a nation's institutions: databases migrated, keys read, neighbours found.
    public static func open(
        _ folder: NationFolder, clock: any NationClock, _ opening: NationOpening = NationOpening(),
        makeLogger: @escaping @Sendable (InstitutionID) -> Logger
    ) async throws -> NationInstitutions {
        let configuration = try folder.configuration()
        let known = Set(try configuration.institutions)
        if let stranger = opening.only?.first(where: { !known.contains($0) }) {
            throw NationError(
                .unknownInstitution,
                "there is no institution \(stranger); there are \(known.map(\.text).sorted().joined(separator: ", "))")
        }
        var nation = NationInstitutions(
            configuration: configuration, folder: folder, clock: clock,
            shared: InProcessNetwork(recorder: opening.recorder),
            makeLogger: makeLogger)
        let directory = try await folder.directory()
        for name in try configuration.institutions where opening.only?.contains(name) ?? true {
            try await nation.open(name, directory, opening)
        }
        return nation
    }

    private init(
        configuration: NationConfiguration, folder: NationFolder, clock: any NationClock, shared: InProcessNetwork,
        makeLogger: @escaping @Sendable (InstitutionID) -> Logger
    ) {
        self.configuration = configuration
        self.folder = folder
        self.clock = clock
        self.shared = shared
        self.makeLogger = makeLogger
    }

    private mutating func open(_ name: InstitutionID, _ directory: KeyDirectory, _ opening: NationOpening) async throws
    {
        let context = InstitutionContext(
            name: name, network: try network(of: name, opening), logger: makeLogger(name), directory: directory)
        switch name {
        case .numberAuthority: try await openNumberAuthority(context, opening.seed)
        case .cardOffice: try await openCardOffice(context, opening.seed)
        case .jpki: try await openCertification(context)
        case .linkageCore: try await openLinkageCore(context)
        case .portal: try await openPortal(context)
        default: try await openLocal(context, opening.seed)
        }
    }

    private mutating func network(of name: InstitutionID, _ opening: NationOpening) throws -> any WireNetwork {
        var overTLS: HTTPNetwork?
        if opening.only != nil {
            let network = try HTTPNetwork(
                addresses: configuration.addresses, identity: folder.wireIdentity(of: name),
                naming: NationFolder.wireNaming)
            self.overTLS.append(network)
            overTLS = network
        }
        let faults = opening.faults ? configuration.faults : [:]
        return NationNetwork(
            shared: shared, inProcess: shared.network(for: Caller(name.text)), overTLS: overTLS, faults: faults)
    }

    private mutating func database(
        of name: InstitutionID, _ migrations: [Migration], limits: DatabaseLimits = DatabaseLimits()
    ) async throws -> Database {
        let database: Database
        if let connection = configuration.databases[name.text] {
            database = try Database.postgreSQL(connection, limits: limits)
        } else {
            try folder.makeFolder(folder.institution(name))
            database = try Database.sqlite(at: folder.database(of: name).path, limits: limits)
        }
        try await database.migrate(migrations)
        databases[name] = database
        return database
    }

    private func serve(_ endpoints: [ServedEndpoint], as context: InstitutionContext) {
        shared.serve(EndpointTable(endpoints, logger: context.logger), as: context.name.text)
    }
}

/// What every institution is opened with.
private struct InstitutionContext {
    let name: InstitutionID
    let network: any WireNetwork
    let logger: Logger
    let directory: KeyDirectory
}

extension NationConfiguration {
    /// The faults that are played, by service.
    var faults: [String: NeighbourFault] {
        var faults: [String: NeighbourFault] = [:]
        for entry in bodies {
            if let fault = entry.fault, let name = try? InstitutionID.agencyGateway(entry.body) {
                faults[name.text] = fault
            }
        }
        return faults
    }

    /// The gateways that the portal asks, and for what.
    var providers: [InformationProvider] {
        get throws {
            let local = try municipalities.map { entry in
                try InformationProvider(
                    gateway: .agencyGateway(AgencyBody(entry.code)), municipality: entry.code, kinds: Set(entry.kinds))
            }
            return try local
                + bodies.map { entry in
                    try InformationProvider(
                        gateway: .agencyGateway(entry.body), municipality: nil, kinds: Set(entry.kinds))
                }
        }
    }
}

// MARK: - The central institutions

extension NationInstitutions {
    private mutating func openNumberAuthority(_ context: InstitutionContext, _ seed: UInt64?) async throws {
        let service = try await NumberAuthorityService(
            database: database(of: context.name, AuthorityStore.migrations), network: context.network, clock: clock,
            key: PersonPointKey(secretBytes: folder.secret("person-point.key", of: context.name)),
            validator: folder.validator(), portalOrigin: configuration.portal.origin, logger: context.logger,
            draw: seed.map(NumberAuthorityService.seededDraw) ?? NumberAuthorityService.randomNumber)
        serve(service.endpoints, as: context)
        numberAuthority = service
    }

    private mutating func openCardOffice(_ context: InstitutionContext, _ seed: UInt64?) async throws {
        let service = try await CardOfficeService(
            database: database(of: context.name, CardOfficeStore.migrations), network: context.network, clock: clock,
            logger: context.logger, drawSerial: seed.map(CardOfficeService.seededDraw) ?? CardOfficeService.randomSerial
        )
        serve([], as: context)
        relays[context.name] = service.relay()
        cardOffice = service
    }

    private mutating func openCertification(_ context: InstitutionContext) async throws {
        let scopes = try configuration.municipalities.map { entry in
            try (entry.code, MunicipalityScope(prefecture: entry.romanPrefecture, municipality: entry.romanName))
        }
        let service = try await CertificationService(
            database: database(of: context.name, CertificationStore.migrations), clock: clock,
            keys: folder.authorityKeys(), names: .demonstration, scopes: Dictionary(uniqueKeysWithValues: scopes),
            logger: context.logger)
        serve(service.endpoints, as: context)
        certification = service
    }

    private mutating func openLinkageCore(_ context: InstitutionContext) async throws {
        let service = try await LinkageService(
            database: database(of: context.name, LinkageStore.migrations, limits: LinkageService.databaseLimits),
            keys: folder.institutionKeys(of: context.name), directory: context.directory,
            factors: FactorMaster(secretBytes: folder.secret("code-factors.key", of: context.name)),
            logKey: LogKey(name: NationFolder.logName, seed: folder.secret("exchange-log.key", of: context.name)),
            clock: clock, logger: context.logger)
        serve(service.endpoints, as: context)
        linkageCore = service
    }

    private mutating func openPortal(_ context: InstitutionContext) async throws {
        let service = try await PortalService(
            database: database(of: context.name, PortalStore.migrations + SQLSessionStore.migrations),
            network: context.network, clock: clock, keys: folder.institutionKeys(of: context.name),
            directory: context.directory, validator: folder.validator(), logKey: folder.logVerifier(),
            configuration: PortalConfiguration(
                origin: configuration.portal.origin, agentPort: configuration.agentPort,
                providers: configuration.providers),
            logger: context.logger)
        serve([], as: context)
        portal = service
    }
}

// MARK: - The local ones

extension NationInstitutions {
    private mutating func openLocal(_ context: InstitutionContext, _ seed: UInt64?) async throws {
        for entry in configuration.municipalities {
            let body = AgencyBody(entry.code)
            let registry = try InstitutionID.residentRegistry(entry.code)
            if context.name == registry { try await openRegistry(entry.code, context, seed) }
            try await openAgency(body, enrolledBy: .only([registry.text]), context)
        }
        for entry in configuration.bodies { try await openAgency(entry.body, enrolledBy: .only([]), context) }
    }

    private mutating func openRegistry(
        _ code: MunicipalityCode, _ context: InstitutionContext, _ seed: UInt64?
    ) async throws {
        let service = try await ResidentRegistryService(
            municipality: code, database: database(of: context.name, RegistryStore.migrations),
            network: context.network, clock: clock, register: .agencyRegister(AgencyBody(code)),
            logger: context.logger,
            draw: seed.map { ResidentRegistryService.seededDraw($0, in: code) } ?? ResidentRegistryService.randomCode)
        serve([], as: context)
        relays[context.name] = service.relay()
        registries[code] = service
    }

    private mutating func openAgency(
        _ body: AgencyBody, enrolledBy rule: CallerRule, _ context: InstitutionContext
    ) async throws {
        if context.name == (try InstitutionID.agencyRegister(body)) {
            let service = try await AgencyRegisterService(
                database: database(of: context.name, RegisterStore.migrations), network: context.network,
                clock: clock, gateway: .agencyGateway(body), enrolledBy: rule, logger: context.logger)
            serve(service.endpoints, as: context)
            relays[context.name] = service.relay()
            registers[context.name] = service
        }
        if context.name == (try InstitutionID.agencyGateway(body)) {
            let service = try await GatewayService(
                body: body, database: database(of: context.name, GatewayStore.migrations), network: context.network,
                keys: folder.institutionKeys(of: context.name), directory: context.directory,
                logVerifier: folder.logVerifier(), clock: clock, logger: context.logger)
            serve(service.endpoints, as: context)
            gateways[context.name] = service
        }
    }
}

extension NationFolder {
    /// What relying parties of this nation believe.
    func validator() throws -> JPKIValidator {
        let anchors = try trustAnchors()
        let names = JPKINames.demonstration
        return try JPKIValidator(
            trustAnchors: .init(
                userAuthentication: anchors[.userAuthentication].map { [$0] } ?? [],
                digitalSignature: anchors[.digitalSignature].map { [$0] } ?? []),
            policies: .init(
                userAuthentication: [names.authenticationPolicy], digitalSignature: [names.signaturePolicy]))
    }
}
