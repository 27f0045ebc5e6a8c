import HTTPTypes
import Hummingbird
import NIOCore

/// Lets a form in only from this site's own page, and reads it.
///
/// A `POST` needs this site's `Origin` (or, without `Origin`, `Sec-Fetch-Site: same-origin`) and the form token of the
/// session. Source: ui, "Headers".
struct FormGuard: RouterMiddleware {
    let origins: Set<String>
    let maximumFormBytes: Int
    /// Routes that other servers post to: they carry a signed body and neither origin nor token.
    let serverRoutes: Set<String>
    let formToken: @Sendable (PageContext) -> FormToken?

    func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.formToken = formToken(context)
        if isRead(request.method) { return try await next(request, context) }
        guard request.method == .post else { throw WebError(.unknownMethod, "method") }
        // Without a route the address is "not found", whatever was sent there.
        guard let route = context.endpointPath, !serverRoutes.contains(route) else {
            return try await next(request, context)
        }
        try checkOrigin(of: request)
        context.form = try await readForm(request)
        guard let token = context.formToken, token.accepts(context.form[FormToken.fieldName]) else {
            throw WebError(.staleForm, "token")
        }
        return try await next(request, context)
    }

    private func isRead(_ method: HTTPRequest.Method) -> Bool { [.get, .head, .options].contains(method) }

    private func checkOrigin(of request: Request) throws(WebError) {
        let sent = request.headers[values: .origin]
        if sent.isEmpty {
            guard HTTPField.Name("Sec-Fetch-Site").map({ request.headers[values: $0] }) == ["same-origin"] else {
                throw WebError(.foreignForm, "neither Origin nor Sec-Fetch-Site")
            }
        } else {
            guard sent.count == 1, origins.contains(sent[0]) else { throw WebError(.foreignForm, "Origin") }
        }
    }

    private func readForm(_ request: Request) async throws -> FormFields {
        guard Self.isForm(request.headers[.contentType]) else { throw WebError(.unsupportedForm, "content type") }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: maximumFormBytes)
        } catch is NIOTooManyBytesError {
            throw WebError(.formTooLong, "body")
        }
        return try FormFields(parsing: body.readableBytesView)
    }

    private static func isForm(_ contentType: String?) -> Bool {
        let parts = (contentType ?? "").lowercased().split(separator: ";").map { $0.filter { $0 != " " } }
        return parts.first == "application/x-www-form-urlencoded"
            && parts.dropFirst().allSatisfy { $0 == "charset=utf-8" }
    }
}
