import Foundation
import Testing
import Web

@testable import CardAgent

@Suite("What is on screen")
struct ScreenTests {
    @Test("a newer request replaces the older, whose page says so and whose PIN form costs no try")
    func twoTabs() async throws {
        try await TestScene.run { scene in
            let first = try await scene.openPinPage()
            let second = try await scene.openPinPage()
            #expect(first.path != second.path)
            for stale in [
                try await scene.type(TestCards.wrongPin, on: first), try await scene.browser.get(first.path),
                try await scene.browser.post(
                    first.path, ["form_token": second.formToken, "form": second.formNumber, "pin": TestCards.wrongPin]),
            ] {
                #expect(stale.status == 410 && stale.text.contains("この画面は古くなっています"))
            }
            #expect(try scene.triesLeft() == 3)
            #expect(scene.portal.posted.isEmpty)
            let answer = try await scene.type(TestCards.pin, on: second)
            #expect(answer.location?.hasPrefix(scene.portalOrigin) == true)
        }
    }

    @Test("an answered request answers once: the back button signs nothing and tries nothing")
    func backButton() async throws {
        try await TestScene.run { scene in
            let choice = try await scene.open()
            let page = try await scene.choose(on: choice)
            let answer = try await scene.type(TestCards.pin, on: page)
            let again = try await scene.type(TestCards.wrongPin, on: page)
            #expect(again.location == answer.location)
            #expect(try await scene.browser.get(page.path).text.contains("回答済みです"))
            #expect(try await scene.browser.get(choice.path).text.contains("回答済みです"))
            let chosenAgain = try await scene.browser.submit(choice, ["card": TestScene.card])
            #expect(chosenAgain.text.contains("回答済みです"))
            #expect(scene.portal.posted.count == 1)
            #expect(try scene.triesLeft() == 3)
        }
    }

    @Test("a request that ends while the PIN is typed costs no try")
    func expiresOnScreen() async throws {
        try await TestScene.run { scene in
            let choice = try await scene.open()
            let page = try await scene.choose(on: choice)
            scene.clock.advance(by: .seconds(300))
            let answer = try await scene.type(TestCards.wrongPin, on: page)
            #expect(answer.status == 410 && answer.text.contains("期限が切れています"))
            #expect(try await scene.browser.submit(choice, ["card": TestScene.card]).status == 410)
            #expect(try scene.triesLeft() == 3)
            #expect(scene.portal.posted.isEmpty)
        }
    }

    @Test("a cancelled request is over")
    func cancel() async throws {
        try await TestScene.run { scene in
            let page = try await scene.openPinPage()
            let id = page.path.dropLast("/pin".count)
            let answer = try await scene.browser.post("\(id)/cancel", ["form_token": page.formToken])
            #expect(try await scene.browser.follow(answer).text.contains("ログインを取りやめました"))
            let late = try await scene.type(TestCards.pin, on: page)
            #expect(late.text.contains("ログインを取りやめました") && late.location == nil)
            #expect(scene.portal.posted.isEmpty)
            #expect(try scene.triesLeft() == 3)
        }
    }

    @Test("an address of no request, or of another form, shows nothing")
    func unknownRequest() async throws {
        try await TestScene.run { scene in
            _ = try await scene.open()
            let other = RequestID.random()
            #expect(try await scene.browser.get("/requests/\(other)").status == 410)
            #expect(try await scene.browser.get("/requests/1").status == 404)
            #expect(try await scene.browser.get("/requests/\(other)/cancel").status == 404)
        }
    }

    @Test("the home page names the program and the cards by their holder's labels, escaped")
    func home() async throws {
        try await TestScene.run { scene in
            let plain = try await scene.browser.get("/")
            #expect(plain.status == 200 && plain.text.contains(">adult<"))
            _ = try scene.wallet.write(
                "{\"cards\":[{\"name\":\"adult\",\"label\":\"<b>見本</b>\"},{\"name\":\"lost\",\"label\":\"なし\"}]}",
                to: "wallet.json")
            let labelled = try await scene.browser.get("/")
            #expect(labelled.text.contains("&lt;b&gt;見本&lt;/b&gt;") && !labelled.text.contains("<b>"))
            #expect(!labelled.text.contains("なし<"))
            _ = try scene.wallet.write("{", to: "wallet.json")
            #expect(try await scene.browser.get("/").text.contains(">adult<"))
            _ = try scene.wallet.write("not a card", to: "broken.card")
            #expect(try await scene.browser.get("/").text.contains("カードを読み取れません"))
        }
    }

    @Test("every problem is a page in both languages", arguments: AgentError.allCases)
    func problems(error: AgentError) {
        let title = ProblemView(error).page.title
        #expect(!title.ja.isEmpty && !title.en.isEmpty && title.ja != title.en)
    }
}
