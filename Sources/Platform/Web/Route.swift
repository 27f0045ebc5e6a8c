public import Hummingbird

/// One address of a site (経路): the same value prints the path of a link and matches it in the router.
///
/// A front keeps its routes as static values of one enum:
/// `enum Address { static let home = Route("/"); static let notice = Route("/notices", NoticeID.self, "/proof") }`.
public struct Route<Parameter: Sendable>: Sendable {
    /// The path as the router and the log know it, the parameter as `{value}`.
    public let pattern: String
    private let printed: @Sendable (Parameter) -> String
    private let parsed: @Sendable (String) -> Parameter?

    /// The path for a parameter, percent-encoded.
    public func path(_ parameter: Parameter) -> String { printed(parameter) }

    /// The parameter of a request that the router matched. Throws `unknownAddress` when it does not parse.
    public func parameter(in context: some RequestContext) throws(WebError) -> Parameter {
        let raw = context.parameters.get("value") ?? ""
        let text = try? PercentCoding.decode(Array(raw.utf8), spaces: .literal)
        guard let parameter = text.flatMap(parsed) else { throw WebError(.unknownAddress, "parameter") }
        return parameter
    }
}

extension Route where Parameter == Void {
    /// A fixed path.
    public init(_ path: StaticString) {
        let path = path.description
        pattern = path
        printed = { _ in path }
        parsed = { _ in () }
    }

    /// The path.
    public var path: String { pattern }
}

extension Route where Parameter: LosslessStringConvertible {
    /// A path with one parameter: what stands before it, its type, what stands after it.
    public init(_ prefix: StaticString, _ type: Parameter.Type, _ suffix: StaticString = "") {
        let prefix = prefix.description
        let suffix = suffix.description
        pattern = "\(prefix)/{value}\(suffix)"
        printed = { "\(prefix)/\(PercentCoding.encode($0.description))\(suffix)" }
        parsed = { Parameter($0) }
    }
}

extension RouterMethods {
    /// Serves `GET` at a fixed address.
    @discardableResult
    public func get<Answer: ResponseGenerator>(
        _ route: Route<Void>, use handler: @escaping @Sendable (Request, Context) async throws -> Answer
    ) -> Self {
        get(RouterPath(route.pattern), use: handler)
    }

    /// Serves `POST` at a fixed address.
    @discardableResult
    public func post<Answer: ResponseGenerator>(
        _ route: Route<Void>, use handler: @escaping @Sendable (Request, Context) async throws -> Answer
    ) -> Self {
        post(RouterPath(route.pattern), use: handler)
    }

    /// Serves `GET` at an address with a parameter; one that does not parse is "not found".
    @discardableResult
    public func get<Parameter, Answer: ResponseGenerator>(
        _ route: Route<Parameter>, use handler: @escaping @Sendable (Request, Context, Parameter) async throws -> Answer
    ) -> Self {
        get(RouterPath(route.pattern)) { request, context in
            try await handler(request, context, try route.parameter(in: context))
        }
    }

    /// Serves `POST` at an address with a parameter; one that does not parse is "not found".
    @discardableResult
    public func post<Parameter, Answer: ResponseGenerator>(
        _ route: Route<Parameter>, use handler: @escaping @Sendable (Request, Context, Parameter) async throws -> Answer
    ) -> Self {
        post(RouterPath(route.pattern)) { request, context in
            try await handler(request, context, try route.parameter(in: context))
        }
    }
}
