import Hummingbird
import Portal
import Values
import Web
import Wire

/// The context of every page behind login: a live session with a citizen in it.
struct SignedIn: ChildRequestContext, PageScope {
    var coreContext: CoreRequestContextStorage
    let page: PageContext
    let session: Session
    let citizen: SignedInCitizen

    init(context: PageContext) throws {
        guard let session = context.session,
            let citizen = try? WireJSON.decode(SignedInCitizen.self, from: session.data)
        else { throw SignInNeeded.notSignedIn }
        coreContext = context.coreContext
        page = context
        self.session = session
        self.citizen = citizen
    }

    /// The answer that shows a page with the menu, the end of the login and the way out of it.
    func show(_ page: Page, in section: Section?) -> Response {
        var page = page
        page.navigation = Section.links(current: section)
        page.headerEnd = HeaderViews.signedIn(until: citizen.presenceEnds)
        return show(page)
    }

    /// Does the work of a page; what the portal refuses is shown as a page of the same section.
    func answering(in section: Section, retry: String, _ work: () async throws -> Response) async throws -> Response {
        do { return try await work() } catch PortalError.presenceOver {
            throw SignInNeeded.over
        } catch let error as PortalError {
            return show(RefusalPages.page(for: error, retry: retry), in: section)
        }
    }
}

/// Why a page behind login is not shown.
enum SignInNeeded: PageError {
    /// This browser has not logged in.
    case notSignedIn
    /// It had; the session or the presence has ended.
    case over

    var pageAnswer: PageAnswer {
        switch self {
        case .notSignedIn: .page(RefusalPages.notSignedIn)
        case .over: .page(RefusalPages.sessionOver)
        }
    }
}

/// Tells a browser whose login has ended from one that never logged in, and ends what has outlived its presence.
struct SignInCheck: RouterMiddleware {
    let web: PortalWeb

    func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        guard let session = context.session else {
            throw web.sessions.cookie.secret(in: request) == nil ? SignInNeeded.notSignedIn : .over
        }
        if let citizen = try? WireJSON.decode(SignedInCitizen.self, from: session.data),
            citizen.presenceEnds <= web.clock.now()
        {
            try await web.sessions.end(session)
            throw SignInNeeded.over
        }
        return try await next(request, context)
    }
}
