import Hummingbird

/// Puts the live session of the browser into the context.
struct SessionLookup: RouterMiddleware {
    let sessions: Sessions

    func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.session = try await sessions.find(in: request)
        return try await next(request, context)
    }
}
