import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing
import Values
import Wire

@Suite("Sessions of the portal")
struct SessionTests {
    static let behindLogin = [
        "/me", "/information", "/information/2", "/information/kind/2", "/history", "/history?before=1",
        "/history/portal/00000000000000000000000000000000", "/history/portal/00000000000000000000000000000000/proof",
    ]

    @Test("without login every page behind it says so, and shows nothing", arguments: behindLogin)
    func notSignedIn(path: String) async throws {
        try await PortalWorld.run { _, client in
            let response = try await Browser().get(path, client)
            #expect(response.status == .unauthorized)
            #expect(response.text.contains("ログインが必要です"))
            #expect(response.text.contains("href=\"/login\""))
        }
    }

    @Test("a session that has ended is a page saying so", arguments: [Duration.seconds(15 * 60), .seconds(31 * 60)])
    func over(after pause: Duration) async throws {
        try await PortalWorld.run { world, client in
            let browser = try await world.signedIn()
            world.clock.advance(by: pause)
            let response = try await browser.get("/history", client)
            #expect(response.status == .unauthorized)
            #expect(response.text.contains("ログインの有効期限が切れました"))
        }
    }

    @Test("a presence that the core has ended ends the login here too")
    func presenceOver() async throws {
        try await PortalWorld.run { world, client in
            let browser = try await world.signedIn()
            world.neighbours.tell {
                $0.refusal = Problem("presence-ended", status: 403, title: "The citizen has logged out.")
            }
            for path in ["/history", "/history/portal/00000000000000000000000000000000"] {
                #expect(try await browser.get(path, client).text.contains("ログインの有効期限が切れました"))
            }
            let asked = try await browser.post(
                "/information/kind/2", ["agency": world.city.text, "period": "all"], client)
            #expect(asked.text.contains("ログインの有効期限が切れました"))
        }
    }

    @Test("logout ends session and presence, and needs the form's token")
    func logout() async throws {
        try await PortalWorld.run { world, client in
            var browser = try await world.signedIn()
            let token = browser.token
            browser.token = "x"
            #expect(try await browser.post("/logout", [:], client).status == .unauthorized)
            #expect(try await browser.get("/me", client).status == .ok)
            browser.token = token
            let response = try await browser.post("/logout", [:], client)
            #expect(response.location == "/logged-out")
            #expect(response.cookie("__Host-session") == "")
            #expect(try await browser.get("/me", client).status == .unauthorized)
            #expect(world.neighbours.told(\.endedPresences) == 1)
        }
    }

    @Test("logout ends the session even when the core does not answer")
    func logoutAlone() async throws {
        try await PortalWorld.run { world, client in
            let browser = try await world.signedIn()
            world.network.remove("linkage-core")
            #expect(try await browser.post("/logout", [:], client).location == "/logged-out")
            #expect(try await browser.get("/me", client).status == .unauthorized)
        }
    }

    @Test("the header says until when the login lasts")
    func announced() async throws {
        try await PortalWorld.run { world, client in
            let text = try await world.signedIn().get("/me", client).text
            #expect(text.contains("ログイン中（12:30まで）"))
        }
    }

    @Test("pages behind login are kept by no cache")
    func noStore() async throws {
        try await PortalWorld.run { world, client in
            let browser = try await world.signedIn()
            for path in ["/me", "/information", "/history"] {
                #expect(try await browser.get(path, client).headers[.cacheControl] == "no-store")
            }
        }
    }
}
