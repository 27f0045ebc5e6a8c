import struct Foundation.Data
import class Foundation.JSONDecoder
import class Foundation.JSONEncoder

/// Why a call was refused or failed, as an RFC 9457 problem document. Holds no personal data.
public struct Problem: Error, Codable, Sendable, Equatable {
    /// `urn:madoguchi:problem:<code>`; ``code`` is its last part.
    public var type: String
    /// A constant English sentence for this type.
    public var title: String
    /// The HTTP status: 400 malformed, 401 not authenticated, 403 may know it exists, 404 may not, 409, 503 …
    public var status: Int
    /// What the caller can do next, if there is something.
    public var detail: String?
    /// A reference number that the service also wrote to its own log.
    public var instance: String?

    /// A problem of that code; nothing of it may be personal data.
    public init(_ code: String, status: Int, title: String, detail: String? = nil, instance: String? = nil) {
        type = Self.prefix + code
        self.title = title
        self.status = status
        self.detail = detail
        self.instance = instance
    }

    private static let prefix = "urn:madoguchi:problem:"

    /// The last part of ``type``: what programs compare.
    public var code: String { type.hasPrefix(Self.prefix) ? String(type.dropFirst(Self.prefix.count)) : type }
}

/// An error of a room that knows which problem its caller sees. Everything else becomes a plain 500.
public protocol ProblemConvertible: Error {
    var problem: Problem { get }
}

extension Problem: ProblemConvertible {
    /// Itself.
    public var problem: Problem { self }
}

extension Problem {
    /// The body is not the JSON document that the endpoint takes.
    public static let malformedBody = Problem(
        "malformed-body", status: 400, title: "The body is not what this endpoint takes.")
    /// No such endpoint, or one that this caller may not know of.
    public static let unknownEndpoint = Problem("unknown-endpoint", status: 404, title: "There is no such endpoint.")
    /// The caller is known and may not call this endpoint.
    public static let callerNotAllowed = Problem(
        "caller-not-allowed", status: 403, title: "This caller may not call this endpoint.")
    /// The body is larger than ``WireLimits/bodyBytes``.
    public static let bodyTooLarge = Problem("body-too-large", status: 413, title: "The body is too large.")
    /// The same idempotency key came with another body.
    public static let differentBody = Problem(
        "idempotency-key-reused", status: 422, title: "This idempotency key was used with another body.")
    /// The endpoint changes something, and its call can only be repeated safely under a key.
    public static let keyMissing = Problem(
        "idempotency-key-missing", status: 400, title: "This endpoint needs an idempotency key.")
    /// The store cannot take the write now; nothing was written.
    public static let busy = Problem(
        "busy", status: 503, title: "The service is busy; nothing was written.", detail: "Try again in a few seconds.")

    /// Another service that this one needs for its answer does not answer.
    public static let neighbourUnavailable = Problem(
        "neighbour-unavailable", status: 503, title: "A service that this one needs does not answer.",
        detail: "Try again later.")

    /// Something unforeseen; the reference stands in the service's log too.
    public static func unforeseen(reference: String) -> Problem {
        Problem("internal", status: 500, title: "The service failed.", instance: reference)
    }
}

/// JSON as it is on the wire: sorted keys, so that equal values are equal bytes.
public enum WireJSON {
    /// The document of a value.
    public static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try [UInt8](encoder.encode(value))
    }

    /// The value of a document; throws when a field is missing or is not what its type takes.
    public static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
