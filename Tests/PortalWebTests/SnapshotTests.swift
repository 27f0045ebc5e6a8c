import Contracts
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing
import Values
import Web

@testable import PortalWeb

@Suite("Pages as text")
struct SnapshotTests {
    /// Each page with its address; those that start with `=` are the answer to a question.
    static let pages: [(name: String, path: String)] = [
        ("front", "/"), ("card-help", "/help/card"), ("logged-out", "/logged-out"), ("me", "/me"),
        ("fields", "/information"), ("kinds-tax", "/information/2"), ("kinds-children", "/information/4"),
        ("question", "/information/kind/2"), ("agencies", "/information/kind/4-1"),
        ("no-agency", "/information/kind/3-4"),
        ("question-of-several", "/information/kind/4-1?agency=agency-gateway-pension"),
        ("answer", "=2026"), ("answer-missing-year", "="), ("history", "/history"), ("entry", "/history/entry"),
        ("login-unknown", "/login/resume"), ("not-found", "/information/9"),
    ]

    private static func load(_ name: String, _ path: String, _ language: Language) async throws -> String {
        let result = Loaded()
        try await PortalWorld.run { world, client in
            let entries = try Samples.history(in: world)
            let document = try Samples.localTax(2026)
            world.neighbours.tell {
                $0.entries = entries
                $0.content = .documents([document])
            }
            var browser = try await world.signedIn()
            browser.cookies["__Host-language"] = language.rawValue
            let anonymous = ["front", "card-help", "logged-out", "login-unknown"].contains(name)
            if anonymous { browser.cookies["__Host-session"] = nil }
            let path = path == "/history/entry" ? "/history/\(entries[1].asker.text)/\(entries[1].exchange.text)" : path
            let response =
                path.hasPrefix("=")
                ? try await browser.post(
                    "/information/kind/2", ["agency": world.city.text, "period": String(path.dropFirst())], client)
                : try await browser.get(path, client)
            await result.set(response.text.replacing(browser.token, with: "TOKEN"))
        }
        return await result.text.replacing(/\/assets\/([a-z]+)-[A-Za-z0-9_-]{12}\./) { "/assets/\($0.1)-HASH." }
    }

    private actor Loaded {
        var text = ""
        func set(_ text: String) { self.text = text }
    }

    @Test("a page is what its snapshot says, and is whole", arguments: pages.indices, Language.allCases)
    func snapshots(index: Int, language: Language) async throws {
        let (name, path) = Self.pages[index]
        let text = try await Self.load(name, path, language)
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")
        let file = folder.appending(path: "\(name).\(language.rawValue).html")
        if ProcessInfo.processInfo.environment["MADOGUCHI_RECORD_SNAPSHOTS"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
        checkStructure(text, name)
        if language == .en { checkEnglish(text, name) }
    }

    /// Tags are balanced, ids are unique, what refers to an id finds it, and there is one heading of the page.
    private func checkStructure(_ text: String, _ name: String) {
        var open: [Substring] = []
        for tag in text.matches(of: /<(\/?)([a-z0-9]+)(?: [^>]*)?>/) {
            let element = tag.output.2
            if ["meta", "link", "br", "hr", "img", "input"].contains(element) { continue }
            if tag.output.1.isEmpty { open.append(element) } else { #expect(open.popLast() == element, "\(name)") }
        }
        #expect(open.isEmpty)
        let ids = text.matches(of: /\ id="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        let references =
            text.matches(of: /\ (?:for|aria-describedby|aria-labelledby)="([^"]+)"/)
            .flatMap { $0.1.split(separator: " ") } + text.matches(of: /\ href="#([^"]+)"/).map(\.1)
        for reference in references { #expect(ids.contains(String(reference)), "\(reference)") }
        for address in text.matches(of: /\ (?:href|action)="([^"]+)"/).map(\.1) {
            #expect(!address.contains(PortalWorld.personalWord), "no content in an address")
        }
        #expect(text.matches(of: /<h1/).count == 1)
        #expect(!text.contains("<script"))
        #expect(text.matches(of: /button-filled/).count <= 1, "one filled button per page")
    }

    /// No Japanese is left on an English page outside text that is marked as such.
    private func checkEnglish(_ text: String, _ name: String) {
        let rest = text.replacing(/<(a|span) [^>]*lang="ja"[^>]*>[^<]*<\/(a|span)>/, with: "")
        #expect(rest.firstMatch(of: /[\u{3040}-\u{30FF}\u{4E00}-\u{9FFF}]/) == nil, "\(name)")
    }
}
