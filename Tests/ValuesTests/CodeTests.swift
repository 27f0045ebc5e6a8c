import Foundation
import SwiftCSV
import Testing
import Values

private let environment = ProcessInfo.processInfo.environment
private let dataFolder = environment["MADOGUCHI_TEST_DATA"]

@Suite("Municipality codes")
struct MunicipalityCodeTests {
    @Test("published codes are accepted", arguments: ["011002", "131121", "473821", "０１１００２", "01100-2"])
    func accepted(text: String) throws {
        let code = try MunicipalityCode(text)
        #expect(code.text.count == 6)
        #expect(try MunicipalityCode(fiveDigits: code.fiveDigits) == code)
        #expect(code.prefecture == code.text.prefix(2))
    }

    @Test("every other check digit is refused", arguments: (0...9).filter { $0 != 2 })
    func wrongCheckDigit(digit: Int) {
        #expect(throws: ValueError(.wrongCheckDigit, "")) { try MunicipalityCode("01100\(digit)") }
    }

    @Test("damaged codes are refused", arguments: damaged("131121"))
    func damagedTexts(text: String) {
        #expect(throws: ValueError.self) { try MunicipalityCode(text) }
    }

    @Test("prefectures are 01 to 47, and 99 for fictional ones")
    func prefectures() {
        let accepted = (0...99).filter { (try? MunicipalityCode(fiveDigits: String(format: "%02d100", $0))) != nil }
        #expect(accepted == Array(1...47) + [99])
    }

    @Test("JSON holds six digits and is checked")
    func codable() throws {
        let code = try MunicipalityCode("011002")
        #expect(try json([code]) == #"["011002"]"#)
        #expect(try decoded([MunicipalityCode].self, #"["011002"]"#) == [code])
        #expect(throws: DecodingError.self) { try decoded([MunicipalityCode].self, #"["011003"]"#) }
        #expect(throws: DecodingError.self) { try decoded([MunicipalityCode].self, "[11002]") }
    }

    /// Where no data folder is named the test is skipped; a build server must name one.
    @Test("all 1,741 published rows are read", .enabled(if: dataFolder != nil || environment["CI"] == "true"))
    func publishedList() throws {
        let folder = try #require(dataFolder, "MADOGUCHI_TEST_DATA names the folder of the published tables")
        let text = try String(contentsOfFile: folder + "/municipalities.csv", encoding: .utf8)
        let list = try MunicipalityList(csv: text)
        let rows = try CSV<Named>(string: text).rows
        #expect(list.municipalities.count == 1_741)
        #expect(rows.count == 1_741)
        for (municipality, row) in zip(list.municipalities, rows) {
            #expect(Int(municipality.code.text) == row["団体コード"].flatMap { Int($0) })
            #expect(municipality.prefecture == row["都道府県名"])
            #expect(municipality.district ?? "" == row["郡名"])
            #expect(municipality.name == row["市区町村名"])
            #expect(list[municipality.code] == municipality)
        }
        #expect(list[try MunicipalityCode("131121")]?.fullName == "東京都世田谷区")
    }
}

@Suite("Municipality lists")
struct MunicipalityListTests {
    private let heading = "団体コード,都道府県名,郡名,市区町村名\n"

    @Test("a dropped zero comes back, a byte order mark and CRLF do no harm")
    func read() throws {
        let list = try MunicipalityList(csv: "\u{FEFF}" + heading + "11002,北海道,,札幌市\r\n13030,北海道,石狩郡,当別町\r\n")
        #expect(list.municipalities.map(\.code.text) == ["011002", "013030"])
        #expect(list.municipalities.map(\.fullName) == ["北海道札幌市", "北海道石狩郡当別町"])
        #expect(list[try MunicipalityCode("131121")] == nil)
    }

    @Test(
        "a wrong row is refused by its line number",
        arguments: [
            ("11002,北海道,,札幌市\n11003,北海道,,札幌市\n", 3), ("11002,北海道,,札幌市\n11002,北海道,,札幌市\n", 3),
            ("11002,北海道,札幌市\n", 2), ("11002,,,札幌市\n", 2), ("11002,北海道,,\n", 2), ("\n11002,北海道,,札幌市\n", 2),
            ("1002,北海道,,札幌市\n", 2), ("11002,北海道,,札幌市,\n", 2), ("A1002,北海道,,札幌市\n", 2),
        ])
    func wrongRow(rows: String, line: Int) {
        #expect {
            try MunicipalityList(csv: heading + rows)
        } throws: { error in
            (error as? ValueError)?.reason.hasPrefix("line \(line):") == true
        }
    }

    @Test("other columns are refused", arguments: ["", "\n", "団体コード,都道府県名\n", "code,a,b,c\n011002,北海道,,札幌市"])
    func wrongHeading(csv: String) {
        #expect(throws: ValueError(.wrongRow, "")) { try MunicipalityList(csv: csv) }
    }
}

@Suite("Corporate number")
struct CorporateNumberTests {
    @Test("the public vectors are accepted", arguments: ["7000012050002", "5111101000006"])
    func accepted(text: String) throws {
        #expect(try CorporateNumber(text).text == text)
        #expect(try CorporateNumber(fullWidth(text)).text == text)
    }

    @Test("every other check digit is refused", arguments: (0...9).filter { $0 != 7 })
    func wrongCheckDigit(digit: Int) {
        #expect(throws: ValueError(.wrongCheckDigit, "")) { try CorporateNumber("\(digit)000012050002") }
    }

    @Test("damaged numbers are refused", arguments: damaged("7000012050002"))
    func damagedTexts(text: String) {
        #expect(throws: ValueError.self) { try CorporateNumber(text) }
    }

    @Test("a changed digit is refused unless 0 became 9, which the formula cannot tell")
    func singleDigitChanges() throws {
        let digits = try #require(Optional("7000012050002".compactMap(\.wholeNumberValue)))
        var accepted: Set<[Int]> = []
        for position in 1..<13 {
            for digit in 0...9 where digit != digits[position] {
                var changed = digits
                changed[position] = digit
                guard (try? CorporateNumber(changed.map(String.init).joined())) != nil else { continue }
                accepted.insert([digits[position], digit])
            }
        }
        #expect(accepted == [[0, 9]])
    }
}

@Suite("Institution names")
struct InstitutionIDTests {
    @Test(
        "slugs are accepted",
        arguments: ["portal", "a1", "resident-registry-990019", String(repeating: "a", count: 40)])
    func accepted(text: String) throws {
        #expect(try InstitutionID(text).text == text)
        #expect(try decoded([InstitutionID].self, json([InstitutionID(text)])).first?.description == text)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "a", "Portal", "por tal", "portal\n", "ポータル", "portal_x", "portal/..", "ｐｏｒｔａｌ", "a.b",
            String(repeating: "a", count: 41),
        ])
    func refused(text: String) throws {
        #expect(throws: ValueError.self) { try InstitutionID(text) }
        #expect(try refusal([InstitutionID].self, json([text])) != nil)
    }
}

@Suite("Sex")
struct SexTests {
    @Test(
        "codes are read, 3 as not known",
        arguments: [("0", Sex.unknown), ("1", .male), ("2", .female), ("3", .unknown), ("9", .notApplicable)])
    func accepted(code: String, sex: Sex) throws {
        #expect(try Sex(code) == sex)
        #expect(try decoded([Sex].self, "[\"\(code)\"]") == [sex])
        #expect(try json([sex]) == "[\"\(code == "3" ? "0" : code)\"]")
    }

    @Test("other codes are refused", arguments: ["", "4", "8", "男", "male", "１", "01", "1 "])
    func refused(code: String) {
        #expect(throws: ValueError.self) { try Sex(code) }
        #expect(throws: DecodingError.self) { try decoded([Sex].self, "[\"\(code)\"]") }
    }
}
