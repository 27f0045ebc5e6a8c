/// One thing that a service can be asked over the wire, declared once: served, called and documented from this value.
///
/// Every call is a POST of one JSON document of at most ``WireLimits/bodyBytes``; every answer is one JSON document or
/// a ``Problem`` (RFC 9457).
public struct Endpoint<Request: Codable & Sendable, Response: Codable & Sendable>: Sendable {
    /// `service/act`, lower-case ASCII, as it stands in the path and in the inbox.
    public let name: String
    /// One English line for the generated documentation.
    public let summary: String

    /// An endpoint of that name, with its line of documentation.
    public init(_ name: StaticString, _ summary: StaticString) {
        self.name = name.description
        self.summary = summary.description
    }
}

/// Who is calling: the name in the TLS peer's certificate, or the one given by the composition root in one process.
public struct Caller: Hashable, Sendable, CustomStringConvertible {
    /// The service's name, as in its certificate.
    public let name: String

    /// The caller of that name; whoever makes it has made sure of the name.
    public init(_ name: String) { self.name = name }
    public var description: String { name }
}

/// A call as it arrives, alike in one process and over TLS.
public struct WireCall: Sendable {
    /// Who calls.
    public var caller: Caller
    /// The endpoint's name, as it came.
    public var endpoint: String
    /// Names a call that may be sent again (`Idempotency-Key`), unique per caller and endpoint.
    public var idempotencyKey: String?
    /// The JSON document, as it came.
    public var body: [UInt8]

    /// That call.
    public init(caller: Caller, endpoint: String, idempotencyKey: String?, body: [UInt8]) {
        self.caller = caller
        self.endpoint = endpoint
        self.idempotencyKey = idempotencyKey
        self.body = body
    }
}

/// An answer as it leaves: a JSON document and an HTTP status.
public struct WireAnswer: Sendable, Equatable {
    /// 200 or a problem's status.
    public var status: Int
    /// The answer's or the problem's JSON document.
    public var body: [UInt8]

    /// That answer.
    public init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

/// Bounds of the wire.
public enum WireLimits {
    /// The largest request or answer body, in bytes.
    public static let bodyBytes = 1 << 20
    /// How long a caller waits for an answer unless it says otherwise.
    public static let answerTimeout = Duration.seconds(10)
}
