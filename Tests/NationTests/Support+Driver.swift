import AsyncHTTPClient
import CardChip
import Contracts
import Foundation
import InstitutionKeys
import NIOCore
import NIOHTTP1
import Nation
import Values
import Wire

/// An answer of the portal's pages.
struct PageAnswer: Sendable {
    let status: Int
    let location: String?
    let body: String
}

/// What a citizen's browser and card agent send, in order.
enum DriverStep: String, CaseIterable, Sendable {
    case begin, request, callback, resume, form, question
}

/// Why the driver gave up, other than a connection that broke.
struct DriverFailure: Error, CustomStringConvertible {
    let step: DriverStep
    let status: Int
    var description: String { "\(step.rawValue) was answered \(status)" }
}

/// A browser and a card agent in one, against a portal's pages: plain HTTP, cookies by hand, no redirect followed.
actor PortalDriver {
    private let folder: NationFolder
    private let host: String
    private let port: Int
    private var cookies: [String: String] = [:]
    private let client: HTTPClient
    /// Told each step just before it is sent.
    private let willSend: @Sendable (DriverStep) -> Void

    init(_ folder: NationFolder, willSend: @escaping @Sendable (DriverStep) -> Void = { _ in }) throws {
        let portal = try folder.configuration().portal
        self.folder = folder
        (host, port) = (portal.host, portal.port)
        self.willSend = willSend
        client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))
    }

    func close() async { try? await client.shutdown() }

    // MARK: HTTP

    func get(_ path: String) async throws -> PageAnswer { try await send(.GET, path, nil, "") }

    func post(_ path: String, form: [(String, String)]) async throws -> PageAnswer {
        let body = form.map { "\(Self.escaped($0))=\(Self.escaped($1))" }.joined(separator: "&")
        return try await send(.POST, path, Array(body.utf8), "application/x-www-form-urlencoded")
    }

    private func send(_ method: HTTPMethod, _ path: String, _ body: [UInt8]?, _ type: String) async throws -> PageAnswer
    {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = method
        request.headers.add(name: "Host", value: "\(host):\(port)")
        if !cookies.isEmpty {
            request.headers.add(name: "Cookie", value: cookies.map { "\($0)=\($1)" }.joined(separator: "; "))
        }
        if let body {
            request.headers.add(name: "Origin", value: "http://\(host):\(port)")
            request.headers.add(name: "Content-Type", value: type)
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let response = try await client.execute(request, timeout: .seconds(30))
        let bytes = try await response.body.collect(upTo: 4 << 20)
        for cookie in response.headers["Set-Cookie"] { keep(cookie) }
        return PageAnswer(
            status: Int(response.status.code), location: response.headers["Location"].first,
            body: String(decoding: bytes.readableBytesView, as: UTF8.self))
    }

    private func keep(_ cookie: String) {
        let pair = cookie.split(separator: ";")[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return }
        cookies[String(pair[0])] = pair[1].isEmpty ? nil : String(pair[1])
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    // MARK: What a citizen does

    /// Logs in: the browser's two requests and the card agent's two.
    func logIn(_ slug: String, at now: Instant) async throws {
        let began = try await step(.begin, expecting: 303) { try await self.get("/login") }
        let reference = began.location?.components(separatedBy: "ref=").last ?? ""
        let request = try await step(.request, expecting: 200) { try await self.get("/login/request/\(reference)") }
        let token = try SignedToken<LoginRequestObject>(compact: request.body)
        let object = try await folder.directory().verify(token, by: .portal, at: now).content
        let callback = try TestAgent.sign(object, reference, with: slug, in: folder, at: now)
        let answer = try await step(.callback, expecting: 200) {
            try await self.send(.POST, "/login/callback", WireJSON.encode(callback), "application/json")
        }
        let handle = try WireJSON.decode(LoginHandle.self, from: Array(answer.body.utf8)).handle
        _ = try await step(.resume, expecting: 303) { try await self.get("/login/resume?h=\(handle)") }
    }

    /// Asks for the local tax of a year by the form of its page; gives the answer's page, or its CSV file.
    func localTax(year: Int, from agency: InstitutionID, asCSV: Bool = false) async throws -> String {
        let path = "/information/kind/\(InformationKind.of(.localTax).number)"
        let form = try await step(.form, expecting: 200) { try await self.get("\(path)?agency=\(agency.text)") }
        let token = Self.value(of: "form_token", in: form.body) ?? ""
        let fields = [("form_token", token), ("agency", agency.text), ("period", String(year))]
        return try await step(.question, expecting: 200) {
            try await self.post(asCSV ? path + "/csv" : path, form: fields)
        }.body
    }

    private func step(
        _ step: DriverStep, expecting status: Int, _ work: () async throws -> PageAnswer
    ) async throws -> PageAnswer {
        willSend(step)
        let answer = try await work()
        guard answer.status == status else { throw DriverFailure(step: step, status: answer.status) }
        return answer
    }

    /// The value of a hidden field.
    static func value(of name: String, in page: String) -> String? {
        page.components(separatedBy: "<input").dropFirst().first { $0.contains("name=\"\(name)\"") }
            .flatMap { $0.components(separatedBy: "value=\"").dropFirst().first }
            .flatMap { $0.components(separatedBy: "\"").first }
    }
}
