import AsyncHTTPClient
import CardAgent
import CardChip
import Contracts
import Foundation
import Glibc
import Hummingbird
import InstitutionKeys
import Logging
import NIOCore
import NIOHTTP1
import Synchronization
import TestSupport
import Values

/// A clock that a test sets.
final class TestClock: NationClock {
    private let instant: Mutex<Instant>
    init(_ instant: Instant) { self.instant = Mutex(instant) }
    func now() -> Instant { instant.withLock { $0 } }
    func advance(by duration: Duration) { instant.withLock { $0 = $0 + duration } }
}

/// The keys of a nation whose portal asks for logins.
struct TestKeys: Sendable {
    let portal = InstitutionKeyPair()
    let gateway = InstitutionKeyPair()
    let authority = KeyAuthority()
    static let gatewayID = InstitutionID(literal: "agency-gateway-sample")

    func statements(at now: Instant) async throws -> [SignedToken<KeyStatement>] {
        let life = (now - .seconds(60))..<(now + .seconds(86_400))
        return [
            try await authority.sign(
                portal.statement(for: .portal, nameJapanese: "見本ポータル", nameEnglish: "Sample portal", validity: life)),
            try await authority.sign(
                gateway.statement(
                    for: Self.gatewayID, nameJapanese: "見本中間サーバー", nameEnglish: "Sample gateway", validity: life)),
        ]
    }

    func directory(at now: Instant) async throws -> KeyDirectory {
        try await KeyDirectory(statements(at: now), authority: authority.publicKey)
    }
}

/// A card agent and a portal that run, and a browser between them.
struct TestScene: Sendable {
    /// What a test changes before the scene begins.
    struct Setting: Sendable {
        /// Changes the request object.
        var change: @Sendable (LoginRequestObject) -> LoginRequestObject = { $0 }
        /// Makes another answer of the signed object.
        var serve: @Sendable (SignedToken<LoginRequestObject>) -> TestPortal.Answer = {
            TestPortal.Answer(type: "application/jwt", body: $0.compact)
        }
        /// Signs with these keys instead of the portal's.
        var signer: (@Sendable (TestKeys) -> InstitutionKeyPair) = { $0.portal }
        var callback = TestPortal.Answer(body: "{\"handle\":\"\(TestPortal.handle)\"}")
        /// Card files beside `adult`.
        var cards: [String: Chip] = [:]
    }

    static let card = "adult"
    static let now = Instant(unixSeconds: Int64(TestCards.now.timeIntervalSince1970))

    let portal: TestPortal
    let portalOrigin: String
    let browser: Browser
    let clock: TestClock
    let log: CapturedLog
    let wallet: TemporaryFolder

    /// Runs a test in a scene of its own.
    static func run(
        _ setting: Setting = Setting(), _ test: @escaping @Sendable (TestScene) async throws -> Void
    ) async throws {
        let keys = TestKeys()
        let wallet = try TemporaryFolder()
        try wallet.add(TestCards.adult.get(), as: card)
        for (name, chip) in setting.cards { try wallet.add(chip, as: name) }
        let port = try freePort()
        let clock = TestClock(now)
        let log = CapturedLog()
        let portal = TestPortal(agentPort: port, now: now, answers: answers(setting, keys))
        let agent = CardAgent(
            wallet: wallet.url, directory: try await keys.directory(at: now), clock: clock, port: port,
            logger: log.logger())
        try await serving(portal, agent) { portalPort in
            try await HTTPClient.withHTTPClient(configuration: Browser.configuration) { client in
                try await test(
                    TestScene(
                        portal: portal, portalOrigin: "http://portal.localhost:\(portalPort)",
                        browser: Browser(client: client, port: port), clock: clock, log: log, wallet: wallet))
            }
        }
    }

    private static func answers(_ setting: Setting, _ keys: TestKeys) -> TestPortal.Answers {
        TestPortal.Answers(
            request: { object in
                let signer = try await setting.signer(keys).signer()
                return setting.serve(try await signer.sign(setting.change(object)))
            }, callback: setting.callback)
    }

    private static func serving(
        _ portal: TestPortal, _ agent: CardAgent, _ test: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let (portalPorts, portalRuns) = AsyncStream.makeStream(of: Int.self)
        let (agentStarts, agentRuns) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await portal.application { portalRuns.yield($0) }.runService(gracefulShutdownSignals: [])
            }
            group.addTask {
                try await agent.application { agentRuns.yield() }.runService(gracefulShutdownSignals: [])
            }
            group.addTask {
                guard let port = await portalPorts.first(where: { _ in true }) else { return }
                _ = await agentStarts.first { _ in true }
                try await test(port)
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private static let nextPort = Mutex(UInt16.random(in: 20_000...28_000))

    /// A port that nobody listens at: below those that the system gives out by itself, and each one once.
    private static func freePort() throws -> UInt16 {
        for _ in 0..<100 {
            let port = nextPort.withLock { next in
                next += 1
                return next
            }
            if isFree(port) { return port }
        }
        throw POSIXError(.EADDRINUSE)
    }

    private static func isFree(_ port: UInt16) -> Bool {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(handle) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    // MARK: Steps

    /// Where the portal sends the browser.
    var loginPath: String { loginPath(reference: TestPortal.reference) }

    func loginPath(reference: String) -> String {
        let origin = portalOrigin.replacing(":", with: "%3A").replacing("/", with: "%2F")
        return "/login?portal=\(origin)&ref=\(reference)"
    }

    /// Brings the request on screen; the page that asks for a card.
    func open() async throws -> Shown { try await browser.follow(browser.get(loginPath)) }

    /// Chooses a card; the page that asks for its PIN.
    func choose(_ card: String = card, on page: Shown) async throws -> Shown {
        try await browser.follow(browser.submit(page, ["card": card]))
    }

    /// Up to the PIN page.
    func openPinPage(_ card: String = card) async throws -> Shown { try await choose(card, on: open()) }

    /// Types a PIN; the redirect that it is answered with.
    func type(_ pin: String, on page: Shown) async throws -> Shown { try await browser.submit(page, ["pin": pin]) }

    func triesLeft(_ name: String = card) throws -> Int { try wallet.triesLeft(name) }
}
