import HTTPTypes
public import Hummingbird
public import HummingbirdCore
public import Logging
import NIOCore

/// A site (サイト): what all its pages share. `router()` gives a router in which every rule of this room holds already.
public struct Site: Sendable {
    /// Where the site is reached; decides `Host`, `Origin` and whether transport is encrypted.
    public var origins: [Origin]
    /// The template of the pages.
    public var layout: PageLayout
    /// The sessions; `nil` for a site without login.
    public var sessions: Sessions?
    /// Whether the browser remembers the language.
    public var languageMemory: LanguageMemory
    /// The longest form, in bytes.
    public var maximumFormBytes: Int
    /// Patterns of routes that other servers post to (`Route.pattern`): exempt from the checks on forms, they read and
    /// verify the body themselves, with a limit.
    public var serverRoutes: Set<String>
    /// The token of a request's forms: of its session, unless the app has another secret (a site without cookies).
    public var formToken: @Sendable (PageContext) -> FormToken?
    /// The app's own map from errors to answers; `nil` for what it does not know.
    public var answers: @Sendable (any Error) -> PageAnswer?

    /// A site with the usual rules.
    public init(
        origins: [Origin], layout: PageLayout, sessions: Sessions? = nil, languageMemory: LanguageMemory = .cookie,
        maximumFormBytes: Int = 64 * 1024, serverRoutes: Set<String> = [],
        formToken: @escaping @Sendable (PageContext) -> FormToken? = { $0.session?.formToken },
        answers: @escaping @Sendable (any Error) -> PageAnswer? = { _ in nil }
    ) {
        self.origins = origins
        self.layout = layout
        self.sessions = sessions
        self.languageMemory = languageMemory
        self.maximumFormBytes = maximumFormBytes
        self.serverRoutes = serverRoutes
        self.formToken = formToken
        self.answers = answers
    }

    /// A router with log, headers, language, error pages, host check, sessions and form checks, in this order, and with
    /// the stylesheet. Routes added to it are under all of them.
    public func router() -> Router<PageContext> {
        let router = Router(context: PageContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestLog())
        router.add(middleware: PageHeaders(isSecure: !origins.isEmpty && origins.allSatisfy(\.isSecure)))
        router.add(middleware: LanguageChoice(memory: languageMemory, layout: layout))
        router.add(middleware: ErrorPages(answers: answers))
        router.add(middleware: HostCheck(origins: origins))
        if let sessions { router.add(middleware: SessionLookup(sessions: sessions)) }
        router.add(
            middleware: FormGuard(
                origins: Set(origins.map(\.description)), maximumFormBytes: maximumFormBytes,
                serverRoutes: serverRoutes, formToken: formToken))
        SiteAssets.serve(on: router)
        return router
    }

    /// The program that serves a router at an address. Connections idle for 30 seconds are closed (an HTTP/1.0 client
    /// would otherwise keep one open for ever); a head larger than 32 KiB is refused.
    public static func application(
        _ router: Router<PageContext>, at address: BindAddress, logger: Logger
    ) -> Application<RouterResponder<PageContext>> {
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 100)
        return Application(
            router: router,
            server: .http1(configuration: .init(idleTimeout: .seconds(30), httpDecoderConfiguration: decoder)),
            configuration: ApplicationConfiguration(address: address), logger: logger)
    }
}

extension BindAddress {
    /// 127.0.0.1 only: nobody on the network reaches it. Port 0 lets the system choose.
    public static func loopback(port: UInt16) -> BindAddress { .hostname("127.0.0.1", port: Int(port)) }
}
