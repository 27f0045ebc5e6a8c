import Testing

extension TextRule: CustomTestStringConvertible {
    var testDescription: String { name }
}

@Suite("No text of the tree holds what it must not")
struct TextRulesTests {
    @Test("a planted fault is found", arguments: TextRules.all)
    func finds(_ rule: TextRule) throws {
        #expect(!rule.bad.isEmpty && !rule.good.isEmpty)
        for sample in rule.bad {
            let found = try rule.find(TextFile(path: "planted.md", text: "one\n\(sample)\n"))
            #expect(Set(found.map(\.line)) == [2], "bad sample \(rule.bad.firstIndex(of: sample) ?? -1)")
        }
        for sample in rule.good {
            let found = try rule.find(TextFile(path: "planted.md", text: "one\n\(sample)\n"))
            #expect(found.isEmpty, "good sample \(rule.good.firstIndex(of: sample) ?? -1)")
        }
    }

    @Test("the tree keeps each rule", arguments: TextRules.all)
    func keeps(_ rule: TextRule) throws {
        let files = Repository.textFiles.filter { file in
            !rule.exceptions.keys.contains { file.path.hasPrefix($0) }
        }
        #expect(files.contains { $0.path.hasPrefix("Sources/") } && files.contains { $0.path.hasSuffix(".md") })
        expectNone(try files.flatMap(rule.find))
    }

    @Test("the published vector passes the check digit and its neighbour does not")
    func checkDigit() {
        // The digits in order, a vector that public libraries carry.
        let body = Array(1...9) + [0, 1]
        #expect(TextRules.checkDigit(of: body) == 8)
        #expect(TextRules.checkDigit(of: body.dropLast() + [2]) != 8)
    }
}
