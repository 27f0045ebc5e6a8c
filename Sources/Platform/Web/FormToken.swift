import Crypto
import Foundation

/// A secret of 256 random bits that only one browser keeps, in a cookie.
///
/// The server stores its `digest`, so a stolen database opens no session.
public struct BrowserSecret: Hashable, Sendable {
    private let bytes: [UInt8]

    /// A new one, from the system's random generator.
    public static func random() -> BrowserSecret {
        var generator = SystemRandomNumberGenerator()
        return BrowserSecret(bytes: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// The secret that a cookie carries: 43 characters of base64url without padding (RFC 4648 section 5), else `nil`.
    public init?(cookieValue: String) {
        guard let bytes = Base64URL.decode(cookieValue), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// The text for the cookie. Write it nowhere else.
    public var cookieValue: String { Base64URL.encode(bytes) }

    /// SHA-256 of the secret: what may be stored.
    public var digest: [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// The token for the forms of pages that this browser is shown.
    public var formToken: FormToken { FormToken(secret: bytes) }
}

/// The token that every form carries, bound to a secret of the browser or of the page.
///
/// It is HMAC-SHA-256 of a fixed label under that secret: it needs no storage, is the same in every process, and does
/// not give the secret away.
public struct FormToken: Sendable {
    /// The name of the hidden field.
    public static let fieldName = "form_token"

    private let code: [UInt8]

    /// The token of a secret of at least 128 bits.
    public init(secret: [UInt8]) {
        let label = Array("web-form-token-v1".utf8)
        code = Array(HMAC<SHA256>.authenticationCode(for: label, using: SymmetricKey(data: secret)))
    }

    /// The token as the hidden field carries it.
    public var text: String { Base64URL.encode(code) }

    /// Whether a presented token is this one; compared in constant time.
    public func accepts(_ presented: String?) -> Bool {
        guard let bytes = presented.flatMap(Base64URL.decode), bytes.count == code.count else { return false }
        return zip(bytes, code).reduce(into: UInt8(0)) { $0 |= $1.0 ^ $1.1 } == 0
    }
}

extension BrowserSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "BrowserSecret(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension FormToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "FormToken(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Base64url without padding (RFC 4648 section 5), decoded only from its one canonical text.
enum Base64URL {
    static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    static func decode(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= 1024, !text.contains("+"), !text.contains("/") else { return nil }
        let standard = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: standard + padding) else { return nil }
        let bytes = Array(data)
        return encode(bytes) == text ? bytes : nil
    }
}
