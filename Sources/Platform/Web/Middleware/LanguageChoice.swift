import HTTPTypes
import Hummingbird

/// The reader's choice of language: `?lang=` of a plain link, kept in a cookie, Japanese without either.
struct LanguageChoice: RouterMiddleware {
    /// The name of the query's field.
    static let parameter = "lang"
    let memory: LanguageMemory
    let layout: PageLayout

    func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        let query = (try? FormFields(parsing: (request.uri.query ?? "").utf8)) ?? FormFields()
        let chosen = query[Self.parameter].flatMap(Language.init(rawValue:))
        var context = context
        context.layout = layout
        context.path = request.uri.path
        context.query = query.without(Self.parameter)
        context.language = chosen ?? memory.remembered(by: request) ?? .ja
        var response = try await next(request, context)
        if let chosen { memory.keep(chosen, on: &response) }
        return response
    }
}

/// Whether the browser remembers the language.
public enum LanguageMemory: Sendable {
    /// In the cookie `__Host-language`, for a year.
    case cookie
    /// Not at all: a site without cookies, whose links carry the choice.
    case none

    private static let jar = HostCookie("language", lifetimeSeconds: 365 * 24 * 60 * 60)

    func remembered(by request: Request) -> Language? {
        switch self {
        case .cookie: Self.jar.value(in: request).flatMap(Language.init(rawValue:))
        case .none: nil
        }
    }

    func keep(_ language: Language, on response: inout Response) {
        switch self {
        case .cookie: Self.jar.set(value: language.rawValue, on: &response)
        case .none: break
        }
    }
}
