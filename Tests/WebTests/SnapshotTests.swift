import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Web

@Suite("Pages as text")
struct SnapshotTests {
    static let pages = ["components", "question", "not-found", "unavailable"]

    private static func load(_ name: String, _ language: Language) async throws -> String {
        var site = try TestSite()
        site.site.formToken = { _ in Submission.rightToken }
        let path = ["not-found": "/nowhere", "unavailable": "/mapped"][name] ?? "/\(name)"
        let text = try await site.run({ router in
            router.get("/components") { _, context in context.show(Gallery.page()) }
            router.get("/question") { _, context in context.show(Gallery.question()) }
        }) { try await $0.execute(uri: "\(path)?lang=\(language.rawValue)", method: .get).text }
        return text.replacing(/\/assets\/([a-z]+)-[A-Za-z0-9_-]{12}\./) { "/assets/\($0.1)-HASH." }
    }

    @Test("a page is what its snapshot says", arguments: pages, Language.allCases)
    func snapshots(name: String, language: Language) async throws {
        let text = try await Self.load(name, language)
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")
        let file = folder.appending(path: "\(name).\(language.rawValue).html")
        if ProcessInfo.processInfo.environment["MADOGUCHI_RECORD_SNAPSHOTS"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
        #expect(try await Self.load(name, language) == text, "rendering twice gives the same bytes")
    }

    @Test("tags are balanced, ids are unique, and what refers to an id finds it", arguments: pages, Language.allCases)
    func structure(name: String, language: Language) async throws {
        let text = try await Self.load(name, language)
        var open: [Substring] = []
        for tag in text.matches(of: /<(\/?)([a-z0-9]+)(?: [^>]*)?>/) {
            let name = tag.output.2
            if ["meta", "link", "br", "hr", "img", "input"].contains(name) { continue }
            if tag.output.1.isEmpty { open.append(name) } else { #expect(open.popLast() == name) }
        }
        #expect(open.isEmpty)
        let ids = text.matches(of: /\ id="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        let references =
            text.matches(of: /\ (?:for|aria-describedby|aria-labelledby)="([^"]+)"/).flatMap {
                $0.1.split(separator: " ")
            }
            + text.matches(of: /\ href="#([^"]+)"/).map(\.1)
        for reference in references { #expect(ids.contains(String(reference)), "\(reference)") }
        #expect(text.matches(of: /<h1/).count == (name == "components" ? 2 : 1))
        #expect(text.matches(of: /<main/).count == 1)
    }

    @Test("an error page's title says so first, the summary stands before the heading, secrets are not shown again")
    func errors() async throws {
        let text = try await Self.load("components", .ja)
        #expect(text.contains("<title>エラー：部品の一覧 | 見本の窓口</title>"))
        let summary = try #require(text.range(of: "id=\"error-summary\""))
        let heading = try #require(text.range(of: "<h1>"))
        #expect(summary.lowerBound < heading.lowerBound)
        #expect(text.contains("value=\"１２３\""), "answers stay as typed")
        #expect(!text.contains("0000"), "a PIN does not")
        for word in [
            " placeholder", " required", " disabled", " readonly", " pattern=", "type=\"number\"", " style=", "<script",
        ] {
            #expect(!text.contains(word), "\(word)")
        }
    }

    @Test("no Japanese is left on an English page outside marked text and what people typed")
    func wholeEnglish() async throws {
        for name in Self.pages where name != "components" {
            let text = try await Self.load(name, .en).replacing(/<a [^>]*lang="ja"[^>]*>[^<]*<\/a>/, with: "")
            #expect(text.firstMatch(of: /[\u{3040}-\u{30FF}\u{4E00}-\u{9FFF}]/) == nil, "\(name)")
        }
    }
}
