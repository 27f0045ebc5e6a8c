import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Web

/// The stylesheet as it is served, with its tokens.
struct Stylesheet: Sendable {
    let text: String
    let colours: [String: String]

    static func load() async throws -> Stylesheet {
        try await TestSite().run { client in
            let page = try await client.execute(uri: "/", method: .get).text
            let path = try #require(page.firstMatch(of: /<link rel="stylesheet" href="([^"]+)">/)?.1)
            return Stylesheet(try await client.execute(uri: String(path), method: .get).text)
        }
    }

    init(_ text: String) {
        self.text = text
        let pairs = text.matches(of: /--([a-z0-9-]+): (#[0-9a-f]{6});/).map { (String($0.1), String($0.2)) }
        colours = Dictionary(pairs) { first, _ in first }
    }

    /// WCAG 2.2 contrast ratio of two tokens.
    func contrast(_ text: String, on ground: String) throws -> Double {
        let (first, second) = (try luminance(text), try luminance(ground))
        return (max(first, second) + 0.05) / (min(first, second) + 0.05)
    }

    /// WCAG 2.2 relative luminance.
    private func luminance(_ token: String) throws -> Double {
        let hex = try #require(colours[token], "no token --\(token)").dropFirst()
        let number = try #require(UInt32(hex, radix: 16))
        let parts = [number >> 16 & 255, number >> 8 & 255, number & 255].map { part -> Double in
            let value = Double(part) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}

@Suite("Colours")
struct ContrastTests {
    /// Ui rule U12: token, hex, ground, ratio as computed there.
    static let table: [(String, String, String, Double)] = [
        ("solid-gray-800", "#333333", "white", 12.63), ("solid-gray-600", "#666666", "white", 5.74),
        ("solid-gray-536", "#767676", "white", 4.54), ("solid-gray-420", "#949494", "white", 3.03),
        ("blue-900", "#0017c1", "white", 11.10), ("blue-1000", "#00118f", "white", 14.22),
        ("magenta-900", "#8b008b", "white", 8.50), ("orange-800", "#c74700", "white", 4.85),
        ("error-1", "#ec0000", "white", 4.60), ("error-1", "#ec0000", "solid-gray-50", 4.11),
        ("error-1", "#ec0000", "red-50", 4.08), ("error-2", "#ce0000", "red-50", 5.14),
        ("success-2", "#197a4b", "white", 5.35), ("success-1", "#259d63", "white", 3.45),
        ("yellow-900", "#927200", "white", 4.54), ("yellow-700", "#b78f00", "white", 3.02),
        ("black", "#000000", "white", 21.0), ("black", "#000000", "yellow-300", 14.74),
        ("yellow-300", "#ffd43d", "white", 1.43),
    ]

    @Test("the tokens have the values and contrasts of the design's table", arguments: table)
    func tokens(token: String, hex: String, ground: String, ratio: Double) async throws {
        let sheet = try await Stylesheet.load()
        #expect(sheet.colours[token] == hex)
        #expect(abs(try sheet.contrast(token, on: ground) - ratio) < 0.01)
    }

    @Test(
        "text reaches 4.5 : 1 on every ground that it stands on",
        arguments: [
            ("solid-gray-800", "solid-gray-50"), ("blue-1000", "solid-gray-50"), ("orange-800", "white"),
            ("solid-gray-800", "green-50"),
            ("white", "blue-900"), ("white", "blue-1000"), ("white", "blue-1200"), ("blue-1000", "blue-50"),
            ("solid-gray-600", "blue-50"), ("solid-gray-800", "blue-50"), ("error-2", "white"), ("blue-900", "white"),
        ])
    func pairs(text: String, ground: String) async throws {
        #expect(try await Stylesheet.load().contrast(text, on: ground) >= 4.5)
    }

    @Test("every colour of text in the stylesheet is a token that reaches 4.5 : 1 on white, or white itself")
    func textColours() async throws {
        let sheet = try await Stylesheet.load()
        let used = Set(sheet.text.matches(of: /[;{ ]color: var\(--([a-z0-9-]+)\)/).map { String($0.1) })
        #expect(used.count >= 8)
        for token in used where token != "white" { #expect(try sheet.contrast(token, on: "white") >= 4.5, "\(token)") }
        let rules = sheet.text.replacing(/\/\*.*?\*\//.dotMatchesNewlines(), with: "").split(separator: "}").dropFirst()
        for rule in rules {
            #expect(rule.firstMatch(of: /#[0-9a-fA-F]{3,8}[; ]/) == nil, "a colour without a token: \(rule)")
        }
    }

    @Test("sizes of type are rem, at least 14 px, and nothing is forbidden by the rules of the pages")
    func type() async throws {
        let sheet = try await Stylesheet.load()
        let sizes = sheet.text.matches(of: /font-size: ([^;]+);/).map { String($0.1) }
        #expect(sizes.count > 10)
        for size in sizes {
            let rem = try #require(size.wholeMatch(of: /([0-9.]+)rem/)?.1, "\(size) is not rem")
            #expect((Double(rem) ?? 0) * 16 >= 14)
        }
        let weights = Set(sheet.text.matches(of: /font-weight: ([^;]+);/).map { String($0.1) })
        #expect(weights == ["400", "700"])
        #expect(
            !sheet.text.contains(":user-invalid") && !sheet.text.contains("@import")
                && !sheet.text.contains("@font-face"))
        for content in sheet.text.matches(of: /[;{ ]content: ([^;]+);/) {
            #expect(content.1 == "\"\"", "text in the stylesheet")
        }
        for block in sheet.text.components(separatedBy: "@media (hover: hover)").prefix(1) {
            #expect(!block.contains(":hover"))
        }
    }
}
