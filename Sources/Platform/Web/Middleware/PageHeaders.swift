import HTTPTypes
import Hummingbird

/// The headers of every answer, errors included. Source: ui, "Headers".
///
/// What an answer has set itself (a page's wider `form-action`, an asset's `Cache-Control`) stays.
struct PageHeaders: RouterMiddleware {
    let isSecure: Bool

    func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for field in fields where response.headers[field.name] == nil { response.headers.append(field) }
        return response
    }

    /// The policy; `form-action` names, besides the site, where a form's redirect may lead (Chromium checks that too).
    static func contentSecurityPolicy(formTargets: [Origin]) -> String {
        let targets = (["'self'"] + formTargets.map(\.description)).joined(separator: " ")
        return "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; "
            + "form-action \(targets); frame-ancestors 'none'; base-uri 'none'"
    }

    private var fields: HTTPFields {
        var fields: HTTPFields = [
            .contentSecurityPolicy: Self.contentSecurityPolicy(formTargets: []),
            .xContentTypeOptions: "nosniff",
            .cacheControl: "no-store",
        ]
        for (name, value) in Self.named { if let name = HTTPField.Name(name) { fields[name] = value } }
        if isSecure { fields[.strictTransportSecurity] = "max-age=31536000" }
        return fields
    }

    private static let named = [
        // `no-referrer` would make this site's own forms say `Origin: null`.
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
}
