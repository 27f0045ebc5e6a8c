import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// What a browser shows.
struct Shown: Sendable {
    let path: String
    let status: Int
    let headers: HTTPHeaders
    let text: String

    func header(_ name: String) -> String? { headers.first(name: name) }

    /// The path (or foreign address) that it is sent on to.
    var location: String? { header("Location") }

    /// The first value of an attribute that comes after some text.
    func value(after text: String) -> String? {
        guard let start = self.text.range(of: text)?.upperBound,
            let opening = self.text.range(of: "value=\"", range: start..<self.text.endIndex)?.upperBound,
            let end = self.text.range(of: "\"", range: opening..<self.text.endIndex)?.lowerBound
        else { return nil }
        return String(self.text[opening..<end])
    }

    var formToken: String { value(after: "name=\"form_token\"") ?? "" }
    var formNumber: String { value(after: "name=\"form\"") ?? "" }
    var cards: [String] {
        text.components(separatedBy: "type=\"radio\"").dropFirst().compactMap { part in
            part.range(of: "value=\"").map { String(part[$0.upperBound...].prefix { $0 != "\"" }) }
        }
    }
}

/// A browser that keeps no cookies, follows no redirect by itself, and says what Fetch Metadata says.
struct Browser: Sendable {
    static let form = "application/x-www-form-urlencoded"
    static let navigation: [(String, String)] = [
        ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"), ("Sec-Fetch-Site", "cross-site"),
    ]

    let client: HTTPClient
    let port: UInt16

    static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        return configuration
    }

    var origin: String { "http://127.0.0.1:\(port)" }

    func send(
        _ method: HTTPMethod, _ path: String, headers: [(String, String)], body: String? = nil
    ) async throws -> Shown {
        var request = HTTPClientRequest(url: origin + path)
        request.method = method
        request.headers = HTTPHeaders(headers)
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await client.execute(request, timeout: .seconds(30))
        let bytes = try await response.body.collect(upTo: 1 << 20)
        return Shown(
            path: path, status: Int(response.status.code), headers: response.headers, text: String(buffer: bytes))
    }

    /// A top-level navigation.
    func get(_ path: String) async throws -> Shown { try await send(.GET, path, headers: Self.navigation) }

    /// Follows a redirect to a page of the same program.
    func follow(_ shown: Shown) async throws -> Shown {
        guard shown.status == 303, let location = shown.location, location.hasPrefix("/") else { return shown }
        return try await get(location)
    }

    /// Submits the page's own form to the page's own path.
    func submit(_ page: Shown, _ fields: [String: String]) async throws -> Shown {
        try await post(page.path, fields.merging(["form_token": page.formToken, "form": page.formNumber]) { $1 })
    }

    func post(
        _ path: String, _ fields: [String: String], headers: [(String, String)]? = nil
    ) async throws -> Shown {
        let sent =
            headers ?? [
                ("Origin", origin), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "navigate"),
                ("Sec-Fetch-Dest", "document"),
            ]
        let body = fields.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        return try await send(.POST, path, headers: sent + [("Content-Type", Self.form)], body: body)
    }
}
