import Contracts
import Foundation
import Testing

@Suite("Kinds of own information")
struct InformationKindTests {
    @Test(
        "there are 61, in the fields' published counts",
        arguments: zip(InformationField.allCases, [1, 1, 20, 11, 13, 6, 9]))
    func counts(field: InformationField, count: Int) {
        let kinds = InformationKind.all(in: field)
        #expect(kinds.count == count)
        let numbers = count == 1 ? ["\(field.rawValue)"] : (1...count).map { "\(field.rawValue)-\($0)" }
        #expect(kinds.map(\.number) == numbers)
        #expect(InformationKind.all.count == 61)
    }

    @Test("each number finds its own kind", arguments: InformationKind.all)
    func lookup(kind: InformationKind) throws {
        #expect(InformationKind.of(kind.number) == kind)
        #expect(try InformationKind.of(InformationKindID(kind.number)) == kind)
        #expect(try JSONEncoder().encode([kind.id]) == Data("[\"\(kind.number)\"]".utf8))
        #expect(
            try JSONDecoder().decode([InformationKindID].self, from: Data("[\"\(kind.number)\"]".utf8)) == [kind.id])
    }

    @Test(
        "numbers that the list does not have are refused",
        arguments: [
            "", "0", "3", "3-0", "3-21", "4-12", "7-10", "8", "1-1", "2-1", "03-1", "3-01", "3－1", " 1", "1 ", "-1",
        ])
    func unknown(number: String) {
        #expect(InformationKind.of(number) == nil)
        #expect(throws: ContractError.unknownKind) { try InformationKindID(number) }
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode([InformationKindID].self, from: JSONEncoder().encode([number]))
        }
    }

    @Test(
        "the wording is whole: one sentence in each language, no trace of a page's columns",
        arguments: InformationKind.all)
    func wording(kind: InformationKind) {
        #expect(kind.nameJapanese.hasSuffix("に関する情報") || kind.number == "1")
        #expect(kind.nameEnglish.hasPrefix("Information on ") || kind.number == "1")
        #expect(!kind.nameJapanese.contains { $0.isASCII || $0.isWhitespace })
        #expect(kind.nameEnglish.utf8.allSatisfy { $0 < 0x80 })
        #expect(!kind.nameEnglish.contains("  ") && !kind.nameEnglish.contains("\n"))
        #expect(kind.nameJapanese.count { $0 == "（" } == kind.nameJapanese.count { $0 == "）" })
        #expect(!kind.citation.isEmpty)
    }

    @Test("a law that is cited with its article stands in the wording", arguments: InformationKind.all)
    func citation(kind: InformationKind) {
        let articles = kind.citation.split(separator: "・").filter { $0.contains("条") && !$0.hasPrefix("同") }
        for article in articles { #expect(kind.nameJapanese.contains(article)) }
    }

    @Test("no two kinds share a wording in either language")
    func distinct() {
        #expect(Set(InformationKind.all.map(\.nameJapanese)).count == 61)
        #expect(Set(InformationKind.all.map(\.nameEnglish)).count == 61)
    }

    @Test(
        "where two prints of the list differ, the law decided",
        arguments: [
            ("3-7", "健康保険法第百二十八条"), ("3-10", "児童福祉法第二十一条の五の三十"), ("3-14", "介護保険法第二十条"),
            ("4-10", "小児慢性特定疾病医療費、療育の給付"), ("4-11", "第二十七条第一項第三号又は第二項の措置"),
            ("6-3", "高年齢雇用継続基本給付金"), ("7-5", "第十七条第一号"), ("7-6", "被用者年金各法"),
        ])
    func corrected(number: String, words: String) throws {
        #expect(try #require(InformationKind.of(number)).nameJapanese.contains(words))
    }

    @Test("every group and field has a kind and two names")
    func groups() {
        #expect(Set(InformationKind.all.map(\.category)) == Set(InformationCategory.allCases))
        #expect(InformationCategory.allCases.allSatisfy { !$0.nameJapanese.isEmpty && !$0.nameEnglish.isEmpty })
        #expect(Set(InformationField.allCases.map(\.nameEnglish)).count == 7)
        #expect(InformationKind.all.map(\.id) == InformationKind.all.map(\.id).sorted())
        #expect(InformationKind.of(.household).number == "1")
        #expect(InformationKind.of(.localTax).number == "2")
    }
}

@Suite("Local tax items")
struct LocalTaxItemTests {
    @Test("the eighteen codes leave out 170 and 180")
    func codes() {
        let expected = stride(from: 20, through: 210, by: 10).filter { $0 != 170 && $0 != 180 }
        #expect(LocalTaxItem.allCases.map(\.code) == expected.map { String(200_000_000 + $0) }.map { "0" + $0 })
        #expect(LocalTaxItem.allCases.count == 18)
    }

    @Test("a form has all items in order, empty where nothing is recorded")
    func form() {
        let items = LocalTaxItems.items([.fiscalYear: "2026", .salaryReceived: "0"])
        #expect(items.map(\.code) == LocalTaxItem.allCases.map(\.code))
        #expect(items.map(\.value).filter { !$0.isEmpty } == ["2026", "0"])
        #expect(items.allSatisfy { !$0.nameJapanese.isEmpty && !$0.nameEnglish.isEmpty })
        #expect(Set(items.map(\.nameJapanese)).count == 18 && Set(items.map(\.nameEnglish)).count == 18)
        #expect(LocalTaxItem.otherMiscellaneousIncome.nameJapanese == "公的年金等以外雑所得額（総合課税）")
        #expect(LocalTaxItem.form == "RPK0401-001")
    }
}
