/// What this room refuses. Equality is the code; the reason holds no value of a person and no secret byte.
public struct PersonCodesError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of refusal.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The bytes have the wrong length, or the text is not canonical base64url.
        case wrongLength
        /// The 32 bytes are not the canonical encoding of a group element (RFC 9496 §4.3.1).
        case invalidElement
        /// The element is the identity, which would be the same for everybody.
        case identityElement
        /// The 32 bytes are not a scalar between 1 and the group order minus 1.
        case invalidScalar
        /// A key, a master secret or an input has fewer or more bytes than the room accepts.
        case unacceptableInput
        /// libsodium could not be started.
        case libraryUnavailable
    }

    /// Which refusal this is.
    public let code: Code
    /// One sentence for an operator, without data.
    public let reason: String
    /// Where it was thrown, `file:line`.
    public let site: String

    init(_ code: Code, _ reason: String, file: StaticString = #fileID, line: UInt = #line) {
        self.code = code
        self.reason = reason
        self.site = "\(file):\(line)"
    }

    public static func == (left: PersonCodesError, right: PersonCodesError) -> Bool { left.code == right.code }
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
    public var description: String { "\(code.rawValue): \(reason)" }
}
