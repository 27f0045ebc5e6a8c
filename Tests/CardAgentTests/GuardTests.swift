import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import CardAgent

@Suite("What may reach the agent")
struct GuardTests {
    typealias Headers = [(String, String)]

    @Test("no program, frame, script, image or prefetch gets a page, even of the request on screen")
    func notNavigations() async throws {
        let refused: [Headers] = [
            [],
            [("Sec-Fetch-Mode", "navigate")],
            [("Sec-Fetch-Dest", "document")],
            [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe"), ("Sec-Fetch-Site", "cross-site")],
            [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "embed")],
            [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"), ("Sec-Fetch-Dest", "iframe")],
            [("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Dest", "empty"), ("Sec-Fetch-Site", "same-origin")],
            [("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "image"), ("Sec-Fetch-Site", "cross-site")],
            Browser.navigation + [("Sec-Purpose", "prefetch")],
        ]
        try await TestScene.run { scene in
            let page = try await scene.openPinPage()
            for headers in refused {
                for path in ["/", scene.loginPath, page.path] {
                    let answer = try await scene.browser.send(.GET, path, headers: headers)
                    #expect(answer.status == 403, "\(headers) \(path)")
                    #expect(!answer.text.contains("form_token") && !answer.text.contains(TestScene.card))
                }
            }
            #expect(scene.portal.hosts.count == 1)
            #expect(try await scene.type(TestCards.pin, on: page).location?.hasPrefix(scene.portalOrigin) == true)
        }
    }

    @Test("files are for this program's own pages only")
    func files() async throws {
        try await TestScene.run { scene in
            let page = try await scene.browser.get("/")
            let start = try #require(page.text.range(of: "/assets/pages-")?.lowerBound)
            let path = String(page.text[start...].prefix { $0 != "\"" })
            let style: Headers = [("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "style")]
            let own = try await scene.browser.send(.GET, path, headers: style + [("Sec-Fetch-Site", "same-origin")])
            #expect(own.status == 200)
            for site in ["cross-site", "same-site", "none"] {
                let answer = try await scene.browser.send(.GET, path, headers: style + [("Sec-Fetch-Site", site)])
                #expect(answer.status == 403, "\(site)")
            }
            #expect(try await scene.browser.send(.GET, path, headers: []).status == 403)
        }
    }

    @Test("another Host is refused: a name that someone points at 127.0.0.1 is not this program")
    func rebinding() async throws {
        try await TestScene.run { scene in
            let page = try await scene.openPinPage()
            for host in ["localhost:\(scene.browser.port)", "attacker.example", "127.0.0.1", "127.0.0.1:1"] {
                let answer = try await scene.browser.send(.GET, "/", headers: Browser.navigation + [("Host", host)])
                #expect(answer.status == 421, "\(host)")
                let post = try await scene.browser.post(
                    page.path, ["form_token": page.formToken, "form": page.formNumber, "pin": TestCards.wrongPin],
                    headers: [("Origin", "http://\(host)"), ("Sec-Fetch-Site", "same-origin"), ("Host", host)])
                #expect(post.status == 403 || post.status == 421, "\(host)")
            }
            #expect(try scene.triesLeft() == 3)
        }
    }

    @Test("a form needs this program's own Origin and the page's token; without them the counter stays")
    func foreignForms() async throws {
        try await TestScene.run { scene in
            let page = try await scene.openPinPage()
            let own = scene.browser.origin
            let right = ["form_token": page.formToken, "form": page.formNumber, "pin": TestCards.wrongPin]
            let foreign: [Headers] = [
                [], [("Sec-Fetch-Site", "same-origin")], [("Origin", "null")], [("Origin", "http://attacker.example")],
                [("Origin", scene.portalOrigin)], [("Origin", own), ("Origin", own)],
                [("Origin", own), ("Sec-Fetch-Site", "cross-site")], [("Origin", own.uppercased())],
            ]
            for headers in foreign {
                let answer = try await scene.browser.post(page.path, right, headers: headers)
                #expect(answer.status == 403, "\(headers)")
            }
            for token in ["", "x", String(page.formToken.dropLast()), page.formToken + "A"] {
                let fields = right.merging(["form_token": token]) { $1 }
                #expect(try await scene.browser.post(page.path, fields).status == 410)
            }
            let json = try await scene.browser.send(
                .POST, page.path, headers: [("Origin", own), ("Content-Type", "text/plain")],
                body: "form_token=\(page.formToken)&form=\(page.formNumber)&pin=9999")
            #expect(json.status == 415)
            #expect(try scene.triesLeft() == 3)
            _ = try await scene.browser.post(page.path, right)
            #expect(try scene.triesLeft() == 2)
        }
    }

    @Test("no answer lets another site read or frame it, and none sets a cookie")
    func headers() async throws {
        try await TestScene.run { scene in
            let page = try await scene.openPinPage()
            let preflight = try await scene.browser.send(
                .OPTIONS, page.path,
                headers: [
                    ("Origin", "http://attacker.example"), ("Access-Control-Request-Method", "POST"),
                    ("Access-Control-Request-Private-Network", "true"),
                ])
            let answers = [
                page, preflight, try await scene.browser.get("/"), try await scene.browser.get("/nothing"),
                try await scene.browser.send(.GET, "/", headers: []),
            ]
            for answer in answers {
                #expect(answer.headers.allSatisfy { !$0.name.lowercased().hasPrefix("access-control") })
                #expect(answer.header("Set-Cookie") == nil)
                #expect(answer.header("Content-Security-Policy")?.contains("frame-ancestors 'none'") == true)
                #expect(answer.header("Cross-Origin-Resource-Policy") == "same-origin")
                #expect(answer.header("Cross-Origin-Opener-Policy") == "same-origin")
                #expect(answer.header("Cache-Control") == "no-store")
            }
            #expect(preflight.status == 403)
        }
    }

    @Test("it listens at 127.0.0.1 and at no other address of the machine", arguments: ["127.0.0.2", "[::1]"])
    func loopbackOnly(other: String) async throws {
        try await TestScene.run { scene in
            let own = try await scene.browser.get("/")
            #expect(own.status == 200)
            let request = HTTPClientRequest(url: "http://\(other):\(scene.browser.port)/")
            await #expect(throws: (any Error).self) {
                try await scene.browser.client.execute(request, timeout: .seconds(5))
            }
        }
    }
}
