import Contracts
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing
import Values
import Web
import Wire

@testable import PortalWeb

@Suite("Own information")
struct InformationTests {
    private func ask(
        _ world: PortalWorld, _ client: any TestClientProtocol, period: String = "2026", kind: String = "2",
        suffix: String = ""
    ) async throws -> TestResponse {
        try await world.signedIn().post(
            "/information/kind/\(kind)\(suffix)", ["agency": world.city.text, "period": period], client)
    }

    @Test("the answer is a table of the form's items")
    func documents() async throws {
        try await PortalWorld.run { world, client in
            world.neighbours.tell { $0.content = .documents([]) }
            let document = try Samples.localTax(2026)
            world.neighbours.tell { $0.content = .documents([document]) }
            let text = try await ask(world, client).text
            for word in ["RPK0401-001", "2026年6月10日", "0200000070", "給与収入額", Samples.salary, "記載なし"] {
                #expect(text.contains(word), "\(word)")
            }
            let question = try #require(world.neighbours.told(\.questions).first)
            #expect(question.kind == .localTax)
            #expect(question.period == .fiscalYear(2026))
            #expect(question.provider == world.city)
        }
    }

    static let words: [(ProvisionContent, String)] = [
        (.notHeld, "この情報はありません"), (.documents([]), "この情報はありません"), (.notDisclosed, "この情報は表示できません"),
    ]

    @Test("nothing held and nothing disclosed are said in words", arguments: words.indices)
    func withoutDocuments(index: Int) async throws {
        try await PortalWorld.run { world, client in
            let (content, words) = Self.words[index]
            world.neighbours.tell { $0.content = content }
            let response = try await ask(world, client)
            #expect(response.status == .ok)
            #expect(response.text.contains(words))
            let csv = try await ask(world, client, suffix: "/csv")
            #expect(csv.text.contains(words), "no file is made of nothing")
        }
    }

    @Test("a provider that does not answer, a core that does not, and a refusal are pages that say what to do")
    func failures() async throws {
        try await PortalWorld.run { world, client in
            world.network.remove(world.city.text)
            let provider = try await ask(world, client)
            #expect(provider.status == .serviceUnavailable)
            #expect(provider.text.contains("照会先の機関から答えがありません"))
            #expect(provider.text.contains("もう一度試す"))
            world.neighbours.tell {
                $0.refusal = Problem("provider-unknown", status: 404, title: "There is no such provider.")
            }
            #expect(try await ask(world, client).text.contains("照会が認められませんでした"))
            world.network.remove("linkage-core")
            let core = try await ask(world, client)
            #expect(core.status == .serviceUnavailable)
            #expect(core.text.contains("もう一度試す"))
        }
    }

    @Test("an answer of another kind is not shown")
    func wrongAnswer() async throws {
        try await PortalWorld.run { world, client in
            let document = try Samples.localTax(2026)
            world.neighbours.tell { $0.content = .documents([document]) }
            let response = try await ask(world, client, kind: "1")
            #expect(response.status == .badGateway)
            #expect(response.text.contains("届いた答えを表示できません"))
            #expect(!response.text.contains(Samples.salary))
        }
    }

    @Test("without a choice of year nothing is asked", arguments: ["", "20", "1900", "2026x", "everything"])
    func noPeriod(period: String) async throws {
        try await PortalWorld.run { world, client in
            let response = try await ask(world, client, period: period)
            #expect(response.text.contains("<title>エラー："))
            #expect(response.text.contains("href=\"#field-period\""))
            #expect(world.neighbours.told(\.questions).isEmpty)
        }
    }

    @Test("an agency that does not answer for the kind is not asked")
    func foreignAgency() async throws {
        try await PortalWorld.run { world, client in
            let browser = try await world.signedIn()
            for agency in [world.pension.text, "portal", ""] {
                let response = try await browser.post(
                    "/information/kind/2", ["agency": agency, "period": "2026"], client)
                #expect(response.text.contains("照会先の機関を選んでください"))
                let page = try await browser.get("/information/kind/2?agency=\(agency)", client)
                #expect(page.status == .notFound)
            }
            #expect(world.neighbours.told(\.questions).isEmpty)
        }
    }

    @Test("several agencies are a choice, the own municipality first; none is said in words")
    func agencies() async throws {
        try await PortalWorld.run { world, client in
            let browser = try await world.signedIn()
            let text = try await browser.get("/information/kind/4-1", client).text
            let city = try #require(text.range(of: "agency=\(world.city.text)"))
            let pension = try #require(text.range(of: "agency=\(world.pension.text)"))
            #expect(city.lowerBound < pension.lowerBound)
            #expect(try await browser.get("/information/kind/3-4", client).text.contains("照会できる機関は、現在ありません"))
        }
    }

    @Test("kinds and fields that the list does not have are not found", arguments: ["0", "8", "3-21", "02", "x"])
    func unknown(number: String) async throws {
        try await PortalWorld.run { world, client in
            let browser = try await world.signedIn()
            #expect(try await browser.get("/information/kind/\(number)", client).status == .notFound)
            if number != "2" { #expect(try await browser.get("/information/\(number)", client).status == .notFound) }
        }
    }

    @Test("all 61 kinds can be reached from the fields")
    func reachable() async throws {
        try await PortalWorld.run { world, client in
            let browser = try await world.signedIn()
            var numbers: Set<String> = []
            for field in 1...7 {
                let text = try await browser.get("/information/\(field)", client).text
                numbers.formUnion(
                    text.split(separator: "href=\"/information/kind/").dropFirst()
                        .compactMap { $0.split(separator: "\"").first.map(String.init) })
            }
            #expect(numbers == Set(InformationKind.all.map(\.number)))
        }
    }

    @Test("the CSV is the portal's layout, in UTF-8 with a byte order mark")
    func csv() async throws {
        try await PortalWorld.run { world, client in
            let document = try Samples.localTax(2026)
            world.neighbours.tell { $0.content = .documents([document]) }
            let response = try await ask(world, client, suffix: "/csv")
            #expect(response.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(response.headers[.cacheControl] == "no-store")
            #expect(response.headers[.contentDisposition] == "attachment; filename=\"watashi-no-joho-2.csv\"")
            let start = "\u{FEFF}わたしの情報\r\n地方税\r\n\r\n項目名,内容\r\n課税年度,2026\r\n総所得金額等,\r\n"
            #expect(Array(response.body.readableBytesView).starts(with: Array(start.utf8)))
        }
    }

    @Test("several records of one form are a group whose first item begins each again")
    func csvGroups() throws {
        let file = InformationCSV(.of(.localTax), [try Samples.localTax(2025), try Samples.localTax(2026)])
        let lines = String(decoding: file.bytes, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines[4] == "RPK0401-001")
        #expect(lines.filter { $0 == "RPK0401-001" }.count == 1)
        #expect(lines.filter { $0.hasPrefix("課税年度,") } == ["課税年度,2025", "課税年度,2026"])
    }

    static let cells: [(String, String)] = [
        ("1200", "1200"), ("-1200", "-1200"), ("-1,200", "\"-1,200\""), ("", ""), ("該当なし", "該当なし"),
        ("=1+1", "'=1+1"), ("+81", "'+81"), ("-1+1", "'-1+1"), ("-", "'-"), ("@A1", "'@A1"), ("\t=1", "'\t=1"),
        ("\r=1", "\"'\r=1\""), (" =1", "' =1"), ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠x", "'＠x"),
        ("=A(\"x\",1)", "\"'=A(\"\"x\"\",1)\""), ("a\nb", "\"a\nb\""), ("a\"b", "\"a\"\"b\""),
    ]

    @Test("a cell never starts a formula, and is quoted where it must be", arguments: cells)
    func formulas(value: String, cell: String) {
        #expect(InformationCSV.cell(value) == cell)
    }

    @Test(
        "the years offered begin with the present fiscal year",
        arguments: [("2026-03-31", 2025), ("2026-04-01", 2026)])
    func years(day: String, first: Int) throws {
        let choices = QuestionView.choices(on: try CivilDate(day))
        #expect(choices.first?.value == "\(first)")
        #expect(choices.last?.value == "all")
    }
}
