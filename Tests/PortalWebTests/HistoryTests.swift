import Contracts
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing
import Values
import VerifiableLog
import Wire

@testable import PortalWeb

@Suite("History of exchanges")
struct HistoryTests {
    private func path(_ entry: ExchangeEntry, _ suffix: String = "") -> String {
        "/history/\(entry.asker.text)/\(entry.exchange.text)\(suffix)"
    }

    @Test("each entry says who asked whom for what and when, and refused ones are there")
    func list() async throws {
        try await PortalWorld.run { world, client in
            let entries = try Samples.history(in: world)
            world.neighbours.tell { $0.entries = entries }
            let text = try await world.signedIn().get("/history", client).text
            for word in [
                "あなたが架空県窓口市に照会しました", "年金機構が架空県窓口市に照会しました", "地方税", "2026年11月20日 11:59", "提供を許可", "拒否",
                "ログインしたあなた自身の照会", "国民年金保険料の免除・納付猶予の申請", entries[1].exchange.text,
            ] { #expect(text.contains(word), "\(word)") }
            for entry in entries { #expect(text.contains("href=\"\(path(entry))\"")) }
        }
    }

    @Test("a longer history goes on where the page ends, without a gap and without a repeat")
    func pages() async throws {
        try await PortalWorld.run { world, client in
            let entries = try (0..<45).map {
                try Samples.entry(UInt8($0 + 1), in: world, hoursAgo: $0, running: 45 - $0)
            }
            world.neighbours.tell { $0.entries = entries }
            let browser = try await world.signedIn()
            var next: String? = "/history"
            var seen: [String] = []
            while let path = next, seen.count <= 45 {
                let text = try await browser.get(path, client).text
                #expect(!text.contains("つながっていません"))
                seen += text.split(separator: "href=\"/history/agency-gateway-pension/").dropFirst()
                    .map { String($0.prefix(32)) }
                next = text.split(separator: "href=\"/history?before=").dropFirst().first
                    .flatMap { $0.split(separator: "\"").first }.map { "/history?before=\($0)" }
            }
            #expect(seen == entries.map(\.exchange.text))
        }
    }

    @Test("numbers that do not follow each other are pointed out, per asker")
    func gaps() async throws {
        try await PortalWorld.run { world, client in
            let entries = [
                try Samples.entry(1, in: world, basis: "presence", hoursAgo: 1, running: 3),
                try Samples.entry(2, in: world, hoursAgo: 2, running: 5),
                try Samples.entry(3, in: world, hoursAgo: 3, running: 3),
            ]
            world.neighbours.tell { $0.entries = entries }
            let text = try await world.signedIn().get("/history", client).text
            #expect(text.contains("年金機構の記録の通し番号がつながっていません"))
            #expect(!text.contains("窓口ポータルの記録の通し番号"))
            let twice = [entries[1], try Samples.entry(4, in: world, running: 5)]
            #expect(RunningNumbers.gaps(in: twice) == [world.pension], "the same number twice is a gap too")
        }
    }

    @Test("an entry shows every check of its proof, and all hold")
    func proven() async throws {
        try await PortalWorld.run { world, client in
            let entries = try Samples.history(in: world)
            world.neighbours.tell { $0.entries = entries }
            let text = try await world.signedIn().get(path(entries[2]), client).text
            #expect(text.contains("改ざんされていません"))
            #expect(text.components(separatedBy: "確認できた").count == ProofReport.CheckName.allCases.count + 1)
            #expect(text.contains("根拠として挙げられた条項がありません"))
        }
    }

    @Test("a proof that fails says which check, and that nothing shown is to be believed")
    func disproven() async throws {
        try await PortalWorld.run { world, client in
            let entries = try Samples.history(in: world)
            world.neighbours.tell {
                $0.entries = entries
                $0.isProofWrong = true
            }
            let text = try await world.signedIn().get(path(entries[1]), client).text
            #expect(text.contains("この記録の検証に失敗しました"))
            #expect(!text.contains("改ざんされていません"))
            let row = try #require(text.range(of: "上の内容が、封じられた値と一致する</th>"))
            #expect(text[row.upperBound...].prefix(80).contains("一致しない"))
            #expect(text.components(separatedBy: "一致しない").count == 2, "the other checks hold")
        }
    }

    @Test("the proof file checks offline against the log's key")
    func file() async throws {
        try await PortalWorld.run { world, client in
            let entries = try Samples.history(in: world)
            world.neighbours.tell { $0.entries = entries }
            let response = try await world.signedIn().get(path(entries[0], "/proof"), client)
            #expect(response.headers[.contentType] == "application/json")
            #expect(response.headers[.contentDisposition]?.hasPrefix("attachment; ") == true)
            let bundle = try ProofBundle(json: Array(response.body.readableBytesView))
            let key = world.neighbours.logKey.verifier
            #expect(bundle.verify(with: key, origin: key.name).isValid)
        }
    }

    @Test("an entry of nobody, and addresses that are none, are not found")
    func unknown() async throws {
        try await PortalWorld.run { world, client in
            let browser = try await world.signedIn()
            let nobody = String(repeating: "0", count: 32)
            let missing = try await browser.get("/history/portal/\(nobody)", client)
            #expect(missing.status == .notFound)
            #expect(missing.text.contains("その記録は見つかりません"))
            for path in [
                "/history/portal/xyz", "/history/UPPER/\(nobody)", "/history?before=noon",
                "/history/portal/\(nobody)0/proof",
            ] {
                #expect(try await browser.get(path, client).status == .notFound)
            }
        }
    }

    @Test("a core that does not answer is a page")
    func coreDown() async throws {
        try await PortalWorld.run { world, client in
            world.network.remove("linkage-core")
            let response = try await world.signedIn().get("/history", client)
            #expect(response.status == .serviceUnavailable)
            #expect(response.text.contains("情報提供ネットワークにつながりません"))
        }
    }
}
