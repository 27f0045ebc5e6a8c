public import Contracts
public import Foundation
public import Hummingbird
public import InstitutionKeys
public import Logging
public import Values
import Web

/// The citizen's own program beside her browser (カードリーダ側のプログラム): it shows who asks for a login, takes the PIN, lets
/// the card sign, and hands the result over. The PIN never leaves this machine.
///
/// Source: design, Login.
public struct CardAgent: Sendable {
    /// The usual port. 24727 belongs to another country's agent.
    public static let defaultPort: UInt16 = 24777

    let pages: LoginPages
    private let port: UInt16
    private let logger: Logger

    /// An agent that listens at `127.0.0.1:port` once ``application(whenRunning:)`` runs.
    ///
    /// - Parameters:
    ///   - wallet: the folder of card files.
    ///   - directory: the register of relying parties: their keys and names.
    ///   - clock: the nation's time; requests end by it and signatures carry it.
    ///   - relyingParties: who may ask for a login at all.
    public init(
        wallet: URL, directory: KeyDirectory, clock: any NationClock, port: UInt16 = CardAgent.defaultPort,
        logger: Logger, relyingParties: Set<InstitutionID> = [.portal]
    ) {
        self.port = port
        self.logger = logger
        let check = RequestCheck(relyingParties: relyingParties, port: port)
        pages = LoginPages(
            register: RequestRegister(directory: directory, check: check), clock: clock, client: PortalClient(),
            wallet: Wallet(folder: wallet, logger: logger), desk: RequestDesk(), logger: logger)
    }

    /// Where the agent is reached.
    public var address: String { Origin.loopback(port: port).description }

    /// The program: 127.0.0.1 only. `whenRunning` is called once it listens.
    public func application(
        whenRunning: @escaping @Sendable () async -> Void = {}
    ) -> some ApplicationProtocol {
        let site = site
        let router = site.router()
        pages.add(to: router)
        let base = Site.application(router, at: .loopback(port: port), logger: logger)
        return Application(
            responder: NavigationGuard(inner: base.responder, origin: .loopback(port: port)), server: base.server,
            configuration: base.configuration, onServerRunning: { _ in await whenRunning() }, logger: logger)
    }

    /// Listens until the process is told to stop (SIGTERM, SIGINT). Throws when the port cannot be had.
    public func run(whenRunning: @escaping @Sendable () async -> Void) async throws {
        try await application(whenRunning: whenRunning).runService()
    }

    private var site: Site {
        Site(
            origins: [.loopback(port: port)],
            layout: PageLayout(
                serviceName: AgentTexts.serviceName, tagline: AgentTexts.tagline, footerNote: AgentTexts.footerNote),
            languageMemory: .none, maximumFormBytes: 4096,
            formToken: { [desk = pages.desk] _ in desk.formToken },
            answers: { error in
                if (error as? WebError)?.code == .staleForm { return .page(ProblemView(.replaced).page) }
                return (error as? AgentError).map { .page(ProblemView($0).page) }
            })
    }
}
