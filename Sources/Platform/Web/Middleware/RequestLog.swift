import HTTPTypes
import Hummingbird
import Logging

/// One line per request: constant message, allow-listed metadata, the matched route and never the address.
struct RequestLog: RouterMiddleware {
    func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let elapsed = start.duration(to: .now)
        context.logger.info(
            "request answered",
            metadata: [
                "method": "\(Self.name(of: request.method))",
                "route": "\(context.endpointPath ?? "none")",
                "status": "\(response.status.code)",
                "milliseconds": "\(elapsed / .milliseconds(1))",
            ])
        return response
    }

    /// The method if it is a common one: a client may send any word.
    private static func name(of method: HTTPRequest.Method) -> String {
        let common: [HTTPRequest.Method] = [.get, .head, .post, .put, .delete, .patch, .options]
        return common.contains(method) ? method.rawValue : "other"
    }
}
