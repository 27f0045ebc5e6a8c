import HTTPTypes
import Hummingbird
import Logging

/// The one map from errors to answers of a site; what it does not know is a problem page with a reference number.
struct ErrorPages: RouterMiddleware {
    let answers: @Sendable (any Error) -> PageAnswer?

    func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return respond(to: error, context)
        }
    }

    private func respond(to error: any Error, _ context: PageContext) -> Response {
        switch answers(error) ?? (error as? any PageError)?.pageAnswer ?? Self.answer(to: error) {
        case .notFound: context.show(.notFound)
        case .unavailable: context.show(.unavailable)
        case .seeOther(let path): .seeOther(path)
        case .page(let page): context.show(page)
        case .problem: problem(error, context)
        }
    }

    /// The router's own errors.
    private static func answer(to error: any Error) -> PageAnswer {
        guard let error = error as? any HTTPResponseError else { return .problem }
        return switch error.status {
        case .notFound: .notFound
        case .contentTooLarge: WebError(.formTooLong, "body").pageAnswer
        case .badRequest: WebError(.malformedForm, "request").pageAnswer
        case .serviceUnavailable: .unavailable
        default: .problem
        }
    }

    /// Reader and log get the same random reference; the log gets the error's type, nobody the error's words.
    private func problem(_ error: any Error, _ context: PageContext) -> Response {
        let reference = Self.newReference()
        context.logger.error(
            "request failed",
            metadata: [
                "reference": "\(reference)",
                "route": "\(context.endpointPath ?? "none")",
                "error": "\(String(reflecting: type(of: error)))",
            ])
        return context.show(.problem(reference: reference))
    }

    /// Ten characters of 32, without those that look alike (Crockford's base 32): 50 random bits.
    private static func newReference() -> String {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let characters = (0..<10).map { _ in alphabet.randomElement() ?? "0" }
        return String(characters.prefix(5)) + "-" + String(characters.suffix(5))
    }
}
