public import Logging
public import PortableSQL

import struct Foundation.UUID

/// Which callers an endpoint answers.
public enum CallerRule: Sendable {
    /// Any caller of the nation that has a certificate.
    case anyCaller
    /// These callers.
    case only(Set<String>)
    /// Callers whose name starts so, for example every `agency-gateway-`.
    case prefixed([String])

    /// Whether `caller` may call.
    public func allows(_ caller: Caller) -> Bool {
        switch self {
        case .anyCaller: true
        case .only(let names): names.contains(caller.name)
        case .prefixed(let prefixes): prefixes.contains { caller.name.hasPrefix($0) }
        }
    }
}

/// An endpoint with the use case that answers it and the callers that it answers.
public struct ServedEndpoint: Sendable {
    /// As in the contract.
    public let name: String
    /// As in the contract.
    public let summary: String
    /// Who may call it.
    public let rule: CallerRule
    let answer: @Sendable (WireCall) async throws -> [UInt8]
}

extension Endpoint {
    /// Serves this endpoint with a use case that opens its own transactions.
    public func served(
        to rule: CallerRule, by useCase: @escaping @Sendable (Request, WireCall) async throws -> Response
    ) -> ServedEndpoint {
        ServedEndpoint(name: name, summary: summary, rule: rule) { call in
            try await WireJSON.encode(useCase(Self.request(of: call), call))
        }
    }

    /// Serves this endpoint with one transaction: the first answer under a key is stored with its effect, and given
    /// again to a repeat. A call without a key is refused.
    ///
    /// - Parameter now: µs since 1970 UTC, for the inbox row.
    public func servedOnce(
        in database: Database, now: @escaping @Sendable () -> Int64, to rule: CallerRule,
        by useCase: @escaping @Sendable (Request, Caller, SQLWriter) throws -> Response
    ) -> ServedEndpoint {
        ServedEndpoint(name: name, summary: summary, rule: rule) { call in
            guard let key = call.idempotencyKey else { throw Problem.keyMissing }
            let request = try Self.request(of: call)
            let digest = WireDigest.sha256(call.body)
            let at = now()
            return try await database.write { writer in
                try writer.once(
                    caller: call.caller.name, endpoint: call.endpoint, key: key, bodyDigest: digest, at: at
                ) { try WireJSON.encode(useCase(request, call.caller, $0)) }
            }
        }
    }

    private static func request(of call: WireCall) throws -> Request {
        do { return try WireJSON.decode(Request.self, from: call.body) } catch { throw Problem.malformedBody }
    }
}

/// The endpoints of one service: finds the one called, checks the caller, answers, and maps errors to problems.
public struct EndpointTable: Sendable {
    private let endpoints: [String: ServedEndpoint]
    private let logger: Logger

    /// A table of these; of two with one name the first counts.
    public init(_ endpoints: [ServedEndpoint], logger: Logger) {
        self.endpoints = Dictionary(endpoints.map { ($0.name, $0) }) { first, _ in first }
        self.logger = logger
    }

    /// The served endpoints, by name.
    public var served: [ServedEndpoint] { endpoints.values.sorted { $0.name < $1.name } }

    /// Answers a call. Never throws: every failure is a problem document.
    public func answer(_ call: WireCall) async -> WireAnswer {
        do {
            guard call.body.count <= WireLimits.bodyBytes else { throw Problem.bodyTooLarge }
            guard let endpoint = endpoints[call.endpoint] else { throw Problem.unknownEndpoint }
            guard endpoint.rule.allows(call.caller) else { throw Problem.callerNotAllowed }
            return try await WireAnswer(status: 200, body: endpoint.answer(call))
        } catch {
            return Self.answer(for: problem(for: error, call: call))
        }
    }

    private func problem(for error: any Error, call: WireCall) -> Problem {
        let problem = (error as? any ProblemConvertible)?.problem ?? commonProblem(for: error)
        guard let problem else {
            let reference = UUID().uuidString.lowercased()
            logger.error(
                "endpoint failed",
                metadata: [
                    "endpoint": "\(call.endpoint)", "reference": "\(reference)", "error": "\(type(of: error))",
                ])
            return .unforeseen(reference: reference)
        }
        logger.info(
            "call refused",
            metadata: ["endpoint": "\(call.endpoint)", "caller": "\(call.caller)", "problem": "\(problem.code)"])
        return problem
    }

    /// The problems of errors that every service may meet: its store is busy, a neighbour does not answer.
    private func commonProblem(for error: any Error) -> Problem? {
        switch error {
        case InboxError.differentBody: .differentBody
        case let error as SQLError where error.code == .busy: .busy
        case is WireError: .neighbourUnavailable
        default: nil
        }
    }

    private static func answer(for problem: Problem) -> WireAnswer {
        WireAnswer(status: problem.status, body: (try? WireJSON.encode(problem)) ?? [])
    }
}
