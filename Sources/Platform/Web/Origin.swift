/// A web origin (オリジン): scheme, host and port, in its serialised form. Source: RFC 6454 section 6.2.
public struct Origin: Hashable, Sendable, CustomStringConvertible {
    /// Whether requests to the origin are encrypted.
    public let isSecure: Bool
    /// Host and, unless it is the scheme's own, port: what `Host` says.
    public let authority: String

    /// Parses `http://host`, `https://host` or either with `:port`, in lower case and with nothing after it.
    /// Throws `malformedOrigin`.
    public init(_ text: String) throws(WebError) {
        let isSecure = text.hasPrefix("https://")
        guard isSecure || text.hasPrefix("http://") else { throw WebError(.malformedOrigin, "scheme") }
        let rest = text.dropFirst(isSecure ? 8 : 7)
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, !host.isEmpty, host.utf8.allSatisfy(Self.isHostCharacter) else {
            throw WebError(.malformedOrigin, "host")
        }
        guard parts.count <= 2 else { throw WebError(.malformedOrigin, "port") }
        if parts.count == 2 { try Self.check(port: parts[1], isSecure: isSecure) }
        self.isSecure = isSecure
        authority = String(rest)
    }

    /// `http://127.0.0.1:port`, where a program on the person's own machine listens.
    public static func loopback(port: UInt16) -> Origin { Origin(isSecure: false, authority: "127.0.0.1:\(port)") }

    public var description: String { (isSecure ? "https://" : "http://") + authority }

    private init(isSecure: Bool, authority: String) {
        self.isSecure = isSecure
        self.authority = authority
    }

    private static func check(port: Substring, isSecure: Bool) throws(WebError) {
        guard let number = UInt16(port), number > 0, String(number) == port, number != (isSecure ? 443 : 80) else {
            throw WebError(.malformedOrigin, "port")
        }
    }

    private static func isHostCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }
}
