import HTTPTypes
import Hummingbird
import Web

/// Lets in only what a person does in a browser of this machine: a top-level navigation, a file for a page of this
/// program, or a form of such a page. Everything else (a frame, a script, an image of another site, a prefetch, a
/// program without fetch metadata) gets the page of a refusal and reaches nothing.
///
/// It stands before the router, so that files are under it too. Source: Fetch Metadata Request Headers, section 2;
/// design, Login.
struct NavigationGuard<Inner: HTTPResponder>: HTTPResponder where Inner.Context == PageContext {
    let inner: Inner
    let origin: Origin

    func respond(to request: Request, context: PageContext) async throws -> Response {
        if mayPass(request) { return try await inner.respond(to: request, context: context) }
        var head = request.head
        head.method = .get
        head.path = Address.refused.path
        return try await inner.respond(to: Request(head: head, body: request.body), context: context)
    }

    private func mayPass(_ request: Request) -> Bool {
        guard Self.values("Sec-Purpose", of: request).isEmpty else { return false }
        switch request.method {
        case .get, .head: return Self.isNavigation(request) || Self.isOwnFile(request)
        case .post: return isOwnForm(request)
        default: return false
        }
    }

    private static func isNavigation(_ request: Request) -> Bool {
        values("Sec-Fetch-Mode", of: request) == ["navigate"] && values("Sec-Fetch-Dest", of: request) == ["document"]
    }

    private static func isOwnFile(_ request: Request) -> Bool {
        request.uri.path.hasPrefix("/assets/") && values("Sec-Fetch-Site", of: request) == ["same-origin"]
    }

    /// The page token is checked by the site, behind this.
    private func isOwnForm(_ request: Request) -> Bool {
        let site = Self.values("Sec-Fetch-Site", of: request)
        return Self.values("Origin", of: request) == [origin.description] && (site.isEmpty || site == ["same-origin"])
    }

    private static func values(_ name: String, of request: Request) -> [String] {
        HTTPField.Name(name).map { request.headers[values: $0] } ?? []
    }
}
