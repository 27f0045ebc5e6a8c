import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import TestSupport
import Web

/// The site that the tests talk to. The router test client says `Host: localhost`.
struct TestSite: Sendable {
    static let origin = "http://localhost"
    static let secretWords = "password=opensesame"

    let log = CapturedLog()
    var site: Site

    init(origins: [String] = [origin], sessions: Sessions? = nil, languageMemory: LanguageMemory = .cookie) throws {
        site = Site(
            origins: try origins.map { try Origin($0) }, layout: Self.layout, sessions: sessions,
            languageMemory: languageMemory, maximumFormBytes: 1024, serverRoutes: [Address.callback.pattern],
            answers: { ($0 as? MappedError).map { _ in .unavailable } })
    }

    static let layout = PageLayout(
        serviceName: Text(ja: "見本の窓口", en: "Sample counter"), tagline: Text(ja: "試験環境", en: "Test environment"),
        footerLinks: [FooterLink(Text(ja: "お問い合わせ", en: "Contact"), target: "/contact")],
        footerNote: Text(ja: "これは見本です。", en: "This is a sample."))

    enum Address {
        static let home = Route("/")
        static let echo = Route("/echo", Int.self, "/show")
        static let failure = Route("/failure")
        static let mapped = Route("/mapped")
        static let refusal = Route("/refusal")
        static let callback = Route("/callback")
        static let form = Route("/form")
        static let away = Route("/away")
    }

    func run<Value: Sendable>(
        _ extra: (Router<PageContext>) -> Void = { _ in },
        _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Value
    ) async throws -> Value {
        let router = site.router()
        addRoutes(router)
        extra(router)
        return try await Site.application(router, at: .loopback(port: 0), logger: log.logger()).test(.router, test)
    }

    private func addRoutes(_ router: Router<PageContext>) {
        router.get(Address.home) { _, context in context.show(Self.plain("home")) }
        router.get(Address.echo) { _, context, number in context.show(Self.plain("number \(number)")) }
        router.get(Address.failure) { _, _ -> Response in throw LeakyError(words: Self.secretWords) }
        router.get(Address.mapped) { _, _ -> Response in throw MappedError() }
        router.get(Address.refusal) { _, _ -> Response in
            throw HTTPError(.badRequest, message: Self.secretWords)
        }
        router.post(Address.callback) { _, _ in Response(status: .noContent) }
        router.get(Address.form) { _, context in
            context.show(Page(title: Text(same: "form")) { PostForm(to: "/form") { SubmitButton(Text(same: "send")) } })
        }
        router.post(Address.form) { _, context in
            context.show(Self.plain("accepted \(context.form["name"] ?? "nothing")"))
        }
        router.get(Address.away) { _, context in
            var page = Self.plain("away")
            page.formTargets = [.loopback(port: 8443)]
            return context.show(page)
        }
    }

    static func plain(_ words: String) -> Page { Page(title: Text(same: "plain")) { el(.h1) { words } } }
}

struct LeakyError: Error { let words: String }
struct MappedError: Error {}

extension TestResponse {
    var text: String { String(buffer: body) }
    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
    var cookies: [String] { headers[values: .setCookie] }

    /// The value of a cookie that was set here.
    func cookie(_ name: String) -> String? {
        cookies.first { $0.hasPrefix("\(name)=") }?.split(separator: ";").first.map {
            String($0.dropFirst(name.count + 1))
        }
    }
}

extension HTTPFields {
    /// Header fields by name, for headers without a constant.
    init(named fields: KeyValuePairs<String, String>) {
        self.init()
        for (name, value) in fields {
            if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
        }
    }
}
