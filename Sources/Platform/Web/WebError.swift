/// What this room refuses. Equality is the code.
public struct WebError: Error, Equatable, Sendable {
    /// Why a request was refused.
    public enum Code: String, CaseIterable, Sendable {
        /// The `Host` is none of this site's.
        case foreignHost
        /// A form came from another site, or nothing says that it came from this one.
        case foreignForm
        /// The form's token is missing or of another session.
        case staleForm
        /// The body is not a strictly encoded form.
        case malformedForm
        /// The body is not `application/x-www-form-urlencoded`.
        case unsupportedForm
        /// The body is longer than the site's limit.
        case formTooLong
        /// The method is neither a read nor a form; no page knows any other (RFC 9110 section 15.6.2).
        case unknownMethod
        /// The path holds a parameter that does not parse.
        case unknownAddress
        /// A configured origin is not `http(s)://host[:port]`.
        case malformedOrigin
    }

    /// The code.
    public let code: Code
    /// Why, without a word of what was sent.
    public let reason: StaticString
    /// The source file that threw.
    public let file: StaticString
    /// The line that threw.
    public let line: UInt

    /// A refusal made here.
    public init(_ code: Code, _ reason: StaticString, file: StaticString = #fileID, line: UInt = #line) {
        self.code = code
        self.reason = reason
        self.file = file
        self.line = line
    }

    public static func == (left: WebError, right: WebError) -> Bool { left.code == right.code }
}
