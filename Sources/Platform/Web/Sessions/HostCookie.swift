import HTTPTypes
public import Hummingbird

/// A cookie that only this host sets and gets: `__Host-` name, `Path=/`, `Secure`, `HttpOnly`, `SameSite=Lax`.
///
/// Source: RFC 6265bis section 4.1.3.2. Browsers keep such cookies on `http://*.localhost` too.
public struct HostCookie: Sendable {
    /// The cookie's whole name.
    public let name: String
    /// Seconds that the browser keeps it; `nil` until it closes.
    public let lifetimeSeconds: Int?

    /// A cookie named `__Host-` and this suffix, of ASCII letters, digits and hyphens.
    public init(_ suffix: StaticString, lifetimeSeconds: Int? = nil) {
        name = "__Host-\(suffix.description)"
        self.lifetimeSeconds = lifetimeSeconds
    }

    /// Gives the browser a secret.
    public func set(_ secret: BrowserSecret, on response: inout Response) {
        set(value: secret.cookieValue, on: &response)
    }

    /// Takes the cookie from the browser.
    public func clear(on response: inout Response) {
        response.headers[values: .setCookie].append("\(name)=; \(Self.attributes); Max-Age=0")
    }

    /// The secret that the browser sent; `nil` when there is none, more than one, or something else.
    public func secret(in request: Request) -> BrowserSecret? {
        value(in: request).flatMap(BrowserSecret.init(cookieValue:))
    }

    /// Writes a value that needs no quoting: letters, digits, `-` and `_`.
    func set(value: String, on response: inout Response) {
        let lifetime = lifetimeSeconds.map { "; Max-Age=\($0)" } ?? ""
        response.headers[values: .setCookie].append("\(name)=\(value); \(Self.attributes)\(lifetime)")
    }

    /// The value sent, if the name occurs exactly once.
    func value(in request: Request) -> String? {
        let pairs = request.headers[values: .cookie].flatMap { $0.split(separator: ";") }
        let values = pairs.compactMap { pair -> Substring? in
            let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 && parts[0] == name ? parts[1] : nil
        }
        return values.count == 1 ? String(values[0]) : nil
    }

    private static let attributes = "Path=/; Secure; HttpOnly; SameSite=Lax"
}
