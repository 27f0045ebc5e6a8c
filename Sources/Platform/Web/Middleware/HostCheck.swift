import HTTPTypes
import Hummingbird

/// Refuses a request whose `Host` is none of the site's own: it was meant for another site, or rebinds a name.
struct HostCheck: RouterMiddleware {
    let hosts: Set<String>

    init(origins: [Origin]) { hosts = Set(origins.map(\.authority)) }

    func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        let isRepeated = HTTPField.Name("Host").map { request.headers.contains($0) } ?? false
        guard let host = request.head.authority?.lowercased(), hosts.contains(host), !isRepeated else {
            throw WebError(.foreignHost, "host")
        }
        return try await next(request, context)
    }
}
