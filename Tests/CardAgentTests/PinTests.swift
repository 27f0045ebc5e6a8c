import CardChip
import CardReader
import Foundation
import TestSupport
import Testing

@testable import CardAgent

@Suite("The PIN")
struct PinTests {
    @Test("a wrong one shows how many tries are left; a right one then logs in and restores them")
    func wrongThenRight() async throws {
        try await TestScene.run { scene in
            let page = try await scene.openPinPage()
            let again = try await scene.browser.follow(scene.type(TestCards.wrongPin, on: page))
            #expect(again.text.contains("あと2回まちがえると") && again.text.contains("<title>エラー："))
            #expect(!again.text.contains(TestCards.wrongPin))
            #expect(try scene.triesLeft() == 2)
            #expect(scene.portal.posted.isEmpty)
            let answer = try await scene.type(TestCards.pin, on: again)
            #expect(answer.location?.hasPrefix(scene.portalOrigin) == true)
            #expect(try scene.triesLeft() == 3)
        }
    }

    @Test("the third wrong one locks; the page says where a new one is set, and the right one is not tried")
    func locks() async throws {
        try await TestScene.run { scene in
            var page = try await scene.openPinPage()
            for left in [2, 1, 0] {
                page = try await scene.browser.follow(scene.type(TestCards.wrongPin, on: page))
                #expect(try scene.triesLeft() == left)
            }
            #expect(page.text.contains("ロックされています") && page.text.contains("市区町村の窓口"))
            #expect(!page.text.contains("type=\"password\""))
            let forced = try await scene.browser.post(
                page.path, ["form_token": page.formToken, "form": "5", "pin": TestCards.pin])
            #expect(forced.location?.hasPrefix("/") == true)
            #expect(scene.portal.posted.isEmpty)
            let choice = try await scene.open()
            #expect(choice.cards.isEmpty && choice.text.contains("いま使えないカード"))
        }
    }

    @Test(
        "what is not four digits is said so and costs no try",
        arguments: ["", "123", "12345", "12a4", "%E3%81%82", "1234%00", "1234&pin=1234"])
    func malformed(typed: String) async throws {
        try await TestScene.run { scene in
            let page = try await scene.openPinPage()
            let again = try await scene.browser.follow(scene.type(typed, on: page))
            #expect(again.text.contains("数字4桁で入力してください。") && again.text.contains("<title>エラー："))
            #expect(try scene.triesLeft() == 3)
            #expect(scene.portal.posted.isEmpty)
        }
    }

    @Test("digits of full width are taken for the same PIN")
    func fullWidth() async throws {
        try await TestScene.run { scene in
            let typed = "%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94"
            let answer = try await scene.type(typed, on: scene.openPinPage())
            #expect(answer.location?.hasPrefix(scene.portalOrigin) == true)
        }
    }

    @Test("is not tried before a card was chosen on the page, nor on a card that is not there")
    func noCard() async throws {
        try await TestScene.run { scene in
            let page = try await scene.open()
            for form in ["0", "1", "2"] {
                let answer = try await scene.browser.post(
                    page.path + "/pin", ["form_token": page.formToken, "form": form, "pin": TestCards.pin])
                #expect(answer.location?.hasPrefix("/requests/") == true)
            }
            for card in ["", "nobody", "..%2Fadult", "adult.card"] {
                let answer = try await scene.browser.submit(page, ["card": card])
                #expect(answer.text.contains("使うカードを選んでください。") && answer.location == nil)
            }
            #expect(scene.portal.posted.isEmpty)
            #expect(try scene.triesLeft() == 3)
        }
    }

    @Test("a form sent again (a double click, the back button) costs no second try")
    func sameFormTwice() async throws {
        try await TestScene.run { scene in
            let page = try await scene.openPinPage()
            _ = try await scene.type(TestCards.wrongPin, on: page)
            let again = try await scene.type(TestCards.wrongPin, on: page)
            #expect(again.location == page.path)
            #expect(try scene.triesLeft() == 2)
        }
    }

    @Test("50 forms at once are one try, and all get the same answer")
    func sameFormAtOnce() async throws {
        try await TestScene.run { scene in
            let page = try await scene.openPinPage()
            let locations = try await atOnce(50) { _ in try await scene.type(TestCards.wrongPin, on: page).location }
            #expect(Set(locations) == [page.path])
            #expect(try scene.triesLeft() == 2)
            let next = try await scene.browser.get(page.path)
            let answers = try await atOnce(50) { _ in try await scene.type(TestCards.pin, on: next).location }
            #expect(Set(answers) == ["\(scene.portalOrigin)/login/resume?h=\(TestPortal.handle)"])
            #expect(scene.portal.posted.count == 1)
        }
    }

    @Test("50 persons in a hurry, each with the newest form, have three tries together")
    func newestFormAtOnce() async throws {
        try await TestScene.run { scene in
            let page = try await scene.openPinPage()
            _ = try await atOnce(50) { _ in
                let newest = try await scene.browser.get(page.path)
                return try await scene.type(TestCards.wrongPin, on: newest)
            }
            let tries = scene.log.lines.filter { $0.contains("PIN refused") || $0.contains("PIN locked") }
            #expect((1...3).contains(tries.count))
            #expect(try scene.triesLeft() == 3 - tries.count)
            #expect(scene.portal.posted.isEmpty)
        }
    }

    private func atOnce<Value: Sendable>(
        _ count: Int, _ work: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: Value.self) { group in
            for index in 0..<count { group.addTask { try await work(index) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("a card without the certificate is named with what helps, and cannot be chosen")
    func noCertificate() async throws {
        var setting = TestScene.Setting()
        setting.cards = ["blank": try TestCards.blank.get()]
        try await TestScene.run(setting) { scene in
            let page = try await scene.open()
            #expect(page.cards == [TestScene.card])
            #expect(page.text.contains("利用者証明用電子証明書が入っていません"))
            let forced = try await scene.choose("blank", on: page)
            #expect(forced.text.contains("このカードには利用者証明用電子証明書が入っていません"))
            #expect(!forced.text.contains("type=\"password\""))
        }
    }

    @Test("a card that another program holds is said so, and costs no try")
    func busy() async throws {
        try await TestScene.run { scene in
            let page = try await scene.openPinPage()
            do {
                let other = try CardStore.open(folder: scene.wallet.url, name: TestScene.card)
                let answer = try await scene.browser.follow(scene.type(TestCards.pin, on: page))
                #expect(answer.text.contains("ほかのプログラムが使っています"))
                withExtendedLifetime(other) {}
            }
            let again = try await scene.browser.get(page.path)
            #expect(again.text.contains("カードを使えませんでした"))
            #expect(try scene.triesLeft() == 3)
            #expect(try await scene.type(TestCards.pin, on: again).location?.hasPrefix(scene.portalOrigin) == true)
        }
    }
}
