import Testing

@Suite("The documents keep their word")
struct DocumentRulesTests {
    private static let planted = TextFile(
        path: "docs/planted.md",
        text: """
            # A heading, with `code`
            [ok](other.md) [ok](../README.md) [ok](#a-heading-with-code) [ok](https://example.jp/x) `[span](gone.md)`
            [bad](gone.md)
            [bad](#no-such-heading)
            [bad](../../outside.md)
            ```
            [fenced](gone.md)
            ```
            """)

    @Test("a link that leads nowhere is found")
    func findsBrokenLinks() throws {
        let files = ["docs/planted.md": Self.planted.text, "docs/other.md": "", "README.md": ""]
        let found = try DocumentRules.brokenLinks(
            in: Self.planted, exists: { files[$0] != nil }, text: { files[$0] })
        #expect(found.map(\.line) == [3, 4, 5])
    }

    @Test("every link of the documents leads somewhere")
    func links() throws {
        let documents = Repository.textFiles.filter { $0.path.hasSuffix(".md") }
        #expect(documents.count > 10)
        expectNone(
            try documents.flatMap {
                try DocumentRules.brokenLinks(in: $0, exists: Repository.exists, text: Repository.text)
            })
    }

    @Test("a comment that cites a document which is not there is found")
    func findsDanglingCitations() throws {
        let text = "/// Source: gone.md §1.\n// README.md, and adr/0001-x.md\n// https://example.jp/far.md\nlet a = 1"
        let there = ["Sources/A/B/README.md", "docs/adr/0001-x.md"]
        let source = SwiftSource(path: "Sources/A/B/C.swift", text: text)
        let found = try DocumentRules.danglingCitations(in: source, exists: there.contains)
        #expect(found.map(\.line) == [1])
    }

    @Test("what a comment cites is there")
    func citations() throws {
        expectNone(
            try Repository.swiftFiles.filter { !$0.path.hasPrefix("Tests/Tidy/") }.flatMap {
                try DocumentRules.danglingCitations(in: $0, exists: Repository.exists)
            })
    }

    @Test("a room without a README, or with a long one, is found")
    func findsReadmes() throws {
        let plan = try Manifest(#"room("A", on: "Trust"), room("B", on: "Trust"), room("C", on: "Trust")"#)
        let readmes = [
            "Sources/Trust/A/README.md": "# A", "Sources/Trust/B/README.md": String(repeating: "\n", count: 61),
        ]
        let found = DocumentRules.roomReadmes(of: plan, text: { readmes[$0] }, isPresent: { _ in true })
        #expect(found.map(\.path) == ["Sources/Trust/B/README.md", "Sources/Trust/C/README.md"])
    }

    @Test("every room has a short README")
    func readmes() throws {
        let plan = try Manifest.ofTheRepository()
        expectNone(DocumentRules.roomReadmes(of: plan, text: Repository.text, isPresent: Repository.exists))
    }

    @Test("the map names every room")
    func map() throws {
        let plan = try Manifest.ofTheRepository()
        let map = try #require(Repository.text("ARCHITECTURE.md"))
        #expect(DocumentRules.unmapped(of: plan, map: "", isPresent: { _ in true }).count > 20)
        let missing = DocumentRules.unmapped(of: plan, map: map, isPresent: Repository.exists)
        #expect(missing.isEmpty)
    }

    @Test("a feature that claims without a test, or in other words than the three, is found")
    func findsUnfounded() throws {
        let table = """
            | capability | state | test |
            |---|---|---|
            | a | works | `Here` |
            | b | not yet | |
            | c | works | |
            | d | partly | `Gone` |
            | e | done | `Here` |
            """
        let found = try DocumentRules.unfoundedFeatures(in: table, exists: { $0 == "Here" })
        #expect(found.map(\.line) == [5, 6, 7])
    }

    @Test("every feature that works has a test that exists")
    func features() throws {
        let table = try #require(Repository.text("FEATURES.md"))
        expectNone(
            try DocumentRules.unfoundedFeatures(in: table) { name in
                Repository.exists("Tests/\(name)") || Repository.exists(name)
            })
    }
}
