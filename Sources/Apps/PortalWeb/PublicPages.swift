import Hummingbird
import Portal
import Web

/// The pages that anybody sees.
struct PublicPages: Sendable {
    let web: PortalWeb

    func add(to router: some RouterMethods<PageContext>) {
        router.get(Address.front) { _, context in context.show(FrontView(isSignedIn: context.session != nil).page) }
        router.get(Address.cardHelp) { _, context in context.show(CardHelpView().page) }
        router.get(Address.loggedOut) { _, context in context.show(LoggedOutView().page) }
    }
}

/// The citizen's own front page, and the way out.
struct AccountPages: Sendable {
    let web: PortalWeb

    func add(to router: some RouterMethods<SignedIn>) {
        router.get(Address.me) { _, context in
            context.show(MeView(signedInAt: context.citizen.signedInAt).page, in: .me)
        }
        router.post(Address.logout) { _, context in try await logOut(context) }
    }

    private func logOut(_ context: SignedIn) async throws -> Response {
        try await web.sessions.end(context.session)
        await web.service.signOut(context.citizen)
        var response = Response.seeOther(Address.loggedOut.path)
        response.clearSession(of: web.sessions)
        return response
    }
}
