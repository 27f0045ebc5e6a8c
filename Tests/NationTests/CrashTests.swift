import Contracts
import DemoNation
import Foundation
import PortableSQL
import Synchronization
import TestSupport
import Testing
import Values

@testable import Nation

extension WholeNation {
    /// Any acknowledged write survives `kill -9` and loss of power (design, invariants).
    @Suite("Crashes")
    struct CrashTests {}
}

extension WholeNation.CrashTests {
    @Test("what was answered before kill -9, at any step, is in the core's log, the gateway and the portal")
    func killed() async throws {
        try await withNationFolder { folder in
            var crash = try Crash(folder, roundsPerStep: 3)
            try await crash.run()
            let survey = try await Survey(of: folder)
            print("kill -9: seed \(crash.seed), \(crash.summary), \(survey.exchanges.count) exchanges in the log")
            for step in DriverStep.allCases { #expect((crash.kills[step] ?? 0) >= 1) }
            #expect(crash.answered.count >= DriverStep.allCases.count)
            #expect(survey.faults(answered: crash.answered).isEmpty, "seed \(crash.seed)")
        }
    }

    @Test("what was answered before loss of power is there afterwards")
    func powerLost() async throws {
        try await withNationFolder { folder in
            let tools = try temporaryTools()
            defer { try? FileManager.default.removeItem(at: tools) }
            var crash = try Crash(folder, roundsPerStep: 1, PowerLoss(in: tools, ignoresSync: false))
            try await crash.run()
            let survey = try await Survey(of: folder)
            print("power loss: seed \(crash.seed), \(crash.summary), \(crash.syncs) syncs, \(crash.lost) writes lost")
            #expect(crash.syncs > 0 && crash.answered.count >= DriverStep.allCases.count)
            #expect(survey.faults(answered: crash.answered).isEmpty, "seed \(crash.seed)")
        }
    }

    @Test("without syncs, as with synchronous = OFF, the same test finds answered exchanges lost")
    func notSynced() async throws {
        try await withNationFolder { folder in
            let tools = try temporaryTools()
            defer { try? FileManager.default.removeItem(at: tools) }
            var crash = try Crash(folder, roundsPerStep: 1, PowerLoss(in: tools, ignoresSync: true))
            try await crash.run(rounds: 1)
            #expect(crash.syncs == 0 && crash.lost > 0 && !crash.answered.isEmpty)
            let faults: [String]
            do { faults = try await Survey(of: folder).faults(answered: crash.answered) } catch {
                faults = ["the nation does not open"]
            }
            print("without syncs: \(crash.answered.count) answered, \(crash.lost) writes lost, \(faults)")
            #expect(!faults.isEmpty)
        }
    }

    private func temporaryTools() throws -> URL {
        let folder = DemoTemplate.temporaryFolder()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}

/// Serves a nation again and again, lets a citizen log in and ask, and kills the process in the middle.
struct Crash {
    let seed = UInt64.random(in: 0...UInt64.max)
    private let folder: NationFolder
    private let portalPort: Int
    private let plan: [DriverStep]
    private let power: PowerLoss?
    private var generator: SeededGenerator
    private var nextYear = 1950
    /// How often the process was killed at each step.
    private(set) var kills: [DriverStep: Int] = [:]
    /// The years whose questions were answered: each question asks for another year.
    private(set) var answered: [Int] = []
    private(set) var (syncs, lost) = (0, 0)

    init(_ folder: NationFolder, roundsPerStep: Int, _ power: PowerLoss? = nil) throws {
        self.folder = folder
        self.power = power
        portalPort = try folder.onFreePorts().0.portal.port
        generator = SeededGenerator(seed: seed)
        plan = (0..<roundsPerStep).flatMap { _ in DriverStep.allCases }.shuffled(using: &generator)
    }

    var summary: String {
        DriverStep.allCases.map { "\($0.rawValue) \(kills[$0] ?? 0)" }.joined(separator: ", ")
            + ", \(answered.count) answered"
    }

    mutating func run(rounds: Int = .max) async throws {
        for step in plan.prefix(rounds) { try await round(killingAt: step) }
    }

    private mutating func round(killingAt step: DriverStep) async throws {
        let server = try ServedNation(folder.root, environment: power?.environment ?? [:])
        defer { server.kill() }
        try await server.waitUntilListening([portalPort])
        let countdown = Countdown(
            step, occurrence: Int.random(in: 2...3, using: &generator),
            microseconds: UInt32.random(in: 0...40_000, using: &generator), server.processID)
        let driver = try PortalDriver(folder, willSend: countdown.willSend)
        try await cycles(driver, server, countdown)
        await driver.close()
        server.kill()
        kills[step, default: 0] += 1
        if let power {
            let struck = try power.strike()
            syncs += struck.syncs
            lost += struck.lost
        }
    }

    /// Logs in and asks until the process is gone.
    private mutating func cycles(_ driver: PortalDriver, _ server: ServedNation, _ countdown: Countdown) async throws {
        for _ in 0..<20 {
            do {
                try await driver.logIn("hanako", at: FileClock(folder).now())
                for _ in 0..<2 { try await ask(driver) }
            } catch let error as DriverFailure {
                throw error
            } catch {
                guard countdown.hasFired else { throw error }
                return
            }
        }
        throw ServedNation.NotReady()
    }

    private mutating func ask(_ driver: PortalDriver) async throws {
        let year = nextYear
        nextYear += 1
        let page = try await driver.localTax(year: year, from: Demo.gateway(Demo.shiomi.text))
        if page.contains("この情報はありません") || page.contains(LocalTaxItem.salaryReceived.code) { answered.append(year) }
    }
}

/// Kills a process a moment after a step is sent for the n-th time.
final class Countdown: Sendable {
    private let step: DriverStep
    private let microseconds: UInt32
    private let processID: pid_t
    private let left: Mutex<Int>

    init(_ step: DriverStep, occurrence: Int, microseconds: UInt32, _ processID: pid_t) {
        self.step = step
        self.microseconds = microseconds
        self.processID = processID
        left = Mutex(occurrence)
    }

    var hasFired: Bool { left.withLock { $0 <= 0 } }

    @Sendable func willSend(_ sent: DriverStep) {
        guard sent == step else { return }
        let isNow = left.withLock { left in
            left -= 1
            return left == 0
        }
        guard isNow else { return }
        Thread.detachNewThread { [microseconds, processID] in
            usleep(microseconds)
            kill(processID, SIGKILL)
        }
    }
}

/// What the institutions hold about exchanges after a crash.
struct Survey {
    struct Exchange: Hashable {
        let period: String
        let outcome: String
        let providerExchange: String
        let askerExchange: String
        let runningNumber: Int
        let subject: String
    }
    let exchanges: [Exchange]
    private let provisions: [String: String]
    private let asked: [String: (period: String, outcome: String)]
    private let isLogValid: Bool

    init(of folder: NationFolder) async throws {
        let log = CapturedLog()
        isLogValid = try await NationStatus.verifyLog(
            of: folder, makeLogger: { log.logger($0.text) }, progress: { _ in }
        ).isValid
        let nation = try await NationInstitutions.open(
            folder, clock: FileClock(folder), makeLogger: { log.logger($0.text) })
        do {
            exchanges = try await Self.exchanges(#require(nation.databases[.linkageCore]))
            provisions = try await Self.provisions(#require(nation.databases[Demo.gateway(Demo.shiomi.text)]))
            asked = try await Self.asked(#require(nation.databases[.portal]))
            await nation.close()
        } catch {
            await nation.close()
            throw error
        }
    }

    private static func exchanges(_ core: Database) async throws -> [Exchange] {
        try await core.read { reader in
            try reader.rows(
                """
                SELECT period, outcome, provider_exchange, asker_exchange, running_number, subject FROM exchange
                """
            ).map { row in
                try Exchange(
                    period: row.text("period"), outcome: row.text("outcome"),
                    providerExchange: (row.optionalBytes("provider_exchange") ?? []).hex,
                    askerExchange: row.bytes("asker_exchange").hex, runningNumber: row.int("running_number"),
                    subject: row.bytes("subject").hex)
            }
        }
    }

    /// Periods by the provider's name for the exchange.
    private static func provisions(_ gateway: Database) async throws -> [String: String] {
        try await gateway.read { reader in
            let rows = try reader.rows("SELECT exchange, period FROM provision")
            return try Dictionary(uniqueKeysWithValues: rows.map { try ($0.bytes("exchange").hex, $0.text("period")) })
        }
    }

    private static func asked(_ portal: Database) async throws -> [String: (period: String, outcome: String)] {
        try await portal.read { reader in
            let rows = try reader.rows("SELECT exchange, period, outcome FROM portal_exchange")
            return try Dictionary(
                uniqueKeysWithValues: rows.map {
                    try ($0.bytes("exchange").hex, ($0.text("period"), $0.text("outcome")))
                })
        }
    }

    /// What does not agree: with what the citizen was answered, and between the three institutions.
    func faults(answered: [Int]) -> [String] {
        var faults = isLogValid ? [] : ["the log does not hold"]
        let permitted = exchanges.filter { $0.outcome == "permitted" }
        let byProvider = Dictionary(permitted.map { ($0.providerExchange, $0) }) { first, _ in first }
        for year in answered.map(String.init) {
            if !permitted.contains(where: { $0.period == year }) { faults.append("\(year) is not in the core's log") }
            if !provisions.values.contains(year) { faults.append("\(year) is not at the gateway") }
            if !asked.values.contains(where: { $0.period == year && $0.outcome == "answered" }) {
                faults.append("\(year) is not answered at the portal")
            }
        }
        for (exchange, period) in provisions where byProvider[exchange]?.period != period {
            faults.append("a provision for \(period) is not in the core's log")
        }
        for exchange in exchanges where asked[exchange.askerExchange]?.period != exchange.period {
            faults.append("an exchange for \(exchange.period) is not at the portal")
        }
        for (_, own) in Dictionary(grouping: exchanges, by: \.subject) {
            if own.map(\.runningNumber).sorted() != Array(1...own.count) { faults.append("running numbers have a gap") }
        }
        return faults
    }
}
