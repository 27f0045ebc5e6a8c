import AgencyGateway
import Contracts
import Hummingbird
import LinkageCore
public import Logging
import PortalWeb
import ServiceLifecycle
import UnixSignals
public import Values
import Web
public import Wire
import WireHTTP

/// Serves a nation, or some of its institutions, in this process: pages, endpoints, outboxes, checkpoints.
public struct NationServer: Sendable {
    /// The institutions that are served.
    public let nation: NationInstitutions
    private let services: [any Service]
    private let logger: Logger

    /// - Parameter only: the institutions to serve; all when nil. Then, and only then, they listen for each other.
    public init(
        _ folder: NationFolder, only: Set<InstitutionID>? = nil, recorder: InProcessNetwork.Recorder? = nil,
        makeLogger: @escaping @Sendable (InstitutionID) -> Logger
    ) async throws {
        var opening = NationOpening(only: only)
        opening.recorder = recorder
        let nation = try await NationInstitutions.open(
            folder, clock: FileClock(folder), opening, makeLogger: makeLogger)
        self.nation = nation
        logger = makeLogger(InstitutionID(literal: "nation"))
        var services: [any Service] = nation.relays.values.map {
            Repeating(every: .milliseconds(200), $0.deliverQuietly)
        }
        services += nation.chores(logger)
        if only != nil { services += try nation.listeners() }
        if let portal = try nation.portalSite() { services.append(portal) }
        self.services = services
    }

    /// Serves until the process is told to stop; then finishes what is under way, and closes every database.
    public func run() async throws {
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger))
        do { try await group.run() } catch {
            await nation.close()
            throw error
        }
        await nation.close()
    }
}

/// Does something again and again until the process stops; a failure is logged and does not end it.
struct Repeating: Service {
    let interval: Duration
    let act: @Sendable () async -> Void

    init(every interval: Duration, _ act: @escaping @Sendable () async -> Void) {
        self.interval = interval
        self.act = act
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await act()
                do { try await Task.sleep(for: interval) } catch { return }
            }
        }
    }
}

extension OutboxRelay {
    /// One round; what goes wrong stays in the outbox and is logged by the relay.
    @Sendable func deliverQuietly() async { _ = try? await deliverDue() }
}

extension NationInstitutions {
    /// What institutions do by themselves from time to time.
    func chores(_ logger: Logger) -> [any Service] {
        var chores: [any Service] = []
        if let core = linkageCore {
            chores.append(
                Repeating(every: .seconds(1)) { await logging(logger) { try await core.publishCheckpoint() } })
            chores.append(Repeating(every: .seconds(60)) { await logging(logger) { try await core.sweep() } })
        }
        for gateway in gateways.values {
            chores.append(
                Repeating(every: .seconds(60)) { await logging(logger) { _ = try await gateway.checkInclusions() } })
            chores.append(
                Repeating(every: .seconds(3600)) { await logging(logger) { _ = try await gateway.mixCodes() } })
        }
        return chores
    }

    /// The listeners for other processes of the nation, mutual TLS at the configured addresses.
    func listeners() throws -> [any Service] {
        try names.map { name in
            guard let address = configuration.addresses[name.text], let table = shared.table(of: name.text) else {
                throw NationError(.malformedConfiguration, "nation.json has no address for \(name)")
            }
            return try WireServer(
                table, identity: folder.wireIdentity(of: name), naming: NationFolder.wireNaming, host: address.host,
                port: address.port, logger: makeLogger(name))
        }
    }

    /// The portal's pages, when the portal runs here.
    func portalSite() throws -> (any Service)? {
        guard let portal, let database = databases[.portal] else { return nil }
        let pages = PortalWeb(service: portal, database: database, clock: clock, logger: makeLogger(.portal))
        return try pages.application(at: .hostname("127.0.0.1", port: configuration.portal.port))
    }
}

/// Does something, and logs the kind of error that it throws.
private func logging(_ logger: Logger, _ act: () async throws -> Void) async {
    do { try await act() } catch is CancellationError {} catch {
        logger.error("chore failed", metadata: ["error": "\(type(of: error))"])
    }
}
