public import Hummingbird
public import Logging
public import PortableSQL
public import Portal
public import Values
public import Web

/// The pages of the citizen's portal (マイナポータル), ready to be bound to an address.
public struct PortalWeb: Sendable {
    let service: PortalService
    let sessions: Sessions
    let clock: any NationClock
    private let logger: Logger

    /// A session ends with the presence that it stands for: 30 minutes, or 15 without a request.
    static let limits = SessionLimits(idleSeconds: 15 * 60, absoluteSeconds: 30 * 60)
    /// The largest form, and the largest callback of a card agent.
    static let maximumBodyBytes = 64 * 1024

    /// The pages over a portal.
    ///
    /// - Parameter database: the portal's own, with `SQLSessionStore.migrations` applied.
    public init(service: PortalService, database: Database, clock: any NationClock, logger: Logger) {
        self.service = service
        self.clock = clock
        self.logger = logger
        sessions = Sessions(
            store: SQLSessionStore(database), limits: Self.limits, clock: { clock.now().microseconds })
    }

    /// The router with every page, under the rules of ``Web/Site``. Throws when the portal's configured origin is none.
    public func router() throws -> Router<PageContext> {
        let site = Site(
            origins: [try Origin(service.configuration.origin)], layout: Self.layout, sessions: sessions,
            maximumFormBytes: Self.maximumBodyBytes, serverRoutes: [Address.loginCallback.pattern],
            answers: Self.answer)
        let router = site.router()
        PublicPages(web: self).add(to: router)
        LoginPages(web: self).add(to: router)
        let signedIn = router.group().add(middleware: SignInCheck(web: self)).group(context: SignedIn.self)
        AccountPages(web: self).add(to: signedIn)
        InformationPages(web: self).add(to: signedIn)
        HistoryPages(web: self).add(to: signedIn)
        return router
    }

    /// The program that serves the pages, a service for a service group. Throws when the configured origin is none.
    public func application(at address: BindAddress) throws -> Application<RouterResponder<PageContext>> {
        Site.application(try router(), at: address, logger: logger)
    }

    /// Errors that no handler has answered.
    private static func answer(to error: any Error) -> PageAnswer? {
        switch error {
        case let error as PortalError: .page(RefusalPages.page(for: error, retry: nil))
        case let error as SQLError where error.code == .busy: .unavailable
        case let error as WebError where error.code == .staleForm: .page(RefusalPages.staleForm)
        default: nil
        }
    }
}
