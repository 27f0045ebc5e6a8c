import ArgumentParser
import DemoNation
import Foundation
import Logging
import Nation
import Values

/// `madoguchi nation …`
struct NationCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nation", abstract: "Make, serve and set a nation.",
        subcommands: [Create.self, Serve.self, Status.self, Clock.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the demo nation in an empty folder: about half a minute, most of it keys of cards.")
        @Argument(help: "An empty folder, or one that does not exist yet.")
        var folder: String
        @Option(help: "What residents, numbers and records follow from.")
        var seed = DemoConfiguration.defaultSeed
        @Option(help: "The nation's first day, YYYY-MM-DD; ages are counted from it.")
        var date: String?
        @Option(help: "The portal's port.")
        var port = 8080
        @Option(help: "The card agent's port.")
        var agentPort = 24777

        func run() async throws {
            try await explaining {
                let day = try date.map(Self.day) ?? DemoConfiguration.defaultDay
                let configuration = try DemoConfiguration.make(
                    seed: seed, on: day, portalPort: port, agentPort: agentPort)
                _ = try await DemoNation.create(
                    at: URL(filePath: folder), configuration, wall: WallClock().now(),
                    makeLogger: Terminal.logger(.error), progress: Terminal.progress)
                print("The nation is in \(folder). Serve it with: madoguchi nation serve \(folder)")
            }
        }

        private static func day(_ text: String) throws -> CivilDate {
            do { return try CivilDate(text) } catch {
                throw ValidationError("--date takes a day as YYYY-MM-DD, for example 2026-04-15")
            }
        }
    }

    struct Serve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Serve a nation, or some of its institutions, until interrupted.",
            discussion: "With --only, institutions call each other over mutual TLS at the addresses in nation.json.")
        @OptionGroup var folder: FolderArgument
        @Option(help: "The portal's port, when it is not the one in nation.json.")
        var port: Int?
        @Option(parsing: .upToNextOption, help: "The names of the institutions to serve.")
        var only: [String] = []
        @Option(help: "The least level of log lines: debug, info, notice, warning, error.")
        var logLevel = "notice"

        func run() async throws {
            guard let level = Logger.Level(rawValue: logLevel) else {
                throw ValidationError("--log-level takes debug, info, notice, warning or error")
            }
            try await explaining {
                let configuration = try folder.nation.configuration()
                if let port, port != configuration.portal.port {
                    throw ValidationError(
                        "the portal of this nation is at port \(configuration.portal.port), which its logins are bound"
                            + " to; make a nation with: madoguchi nation create DIR --port \(port)")
                }
                let server = try await NationServer(
                    folder.nation, only: only.isEmpty ? nil : Set(only.map(Self.name)),
                    makeLogger: Terminal.logger(level))
                announce(configuration)
                try await server.run()
            }
        }

        private static func name(_ text: String) throws -> InstitutionID {
            do { return try InstitutionID(text) } catch {
                throw ValidationError("\(text) is not an institution's name")
            }
        }

        private func announce(_ configuration: NationConfiguration) {
            guard only.isEmpty else {
                Terminal.say("Serving \(only.joined(separator: ", "))")
                return
            }
            Terminal.say("Portal: \(configuration.portal.origin)/")
            Terminal.say("Card agent: start it with: madoguchi-agent serve \(folder.folder)")
            for persona in (try? DemoNation.personas(of: configuration)) ?? [] where persona.fate != .newborn {
                Terminal.say("  \(persona.name.spaced) (\(persona.latinName)), PIN 1234: \(persona.storyEnglish)")
            }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What is in each institution: residents, links, cards, messages waiting, the clock.")
        @OptionGroup var folder: FolderArgument
        @OptionGroup var list: ListOptions

        func run() async throws {
            try await explaining {
                let rows = try await NationStatus.rows(of: folder.nation, makeLogger: Terminal.logger(.error))
                try list.show(rows) { [$0.institution, $0.subject, $0.value] }
            }
        }
    }

    struct Clock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set, advance or stop the nation's clock; running processes follow at once.",
            subcommands: [])
        @OptionGroup var folder: FolderArgument
        @Argument(help: "set, advance, stop or show.")
        var act: String
        @Argument(help: "For set: a time such as 2026-04-15T09:00:00+09:00. For advance: seconds, or 90m, 36h, 30d.")
        var value: String?

        func run() async throws {
            try await explaining {
                _ = try folder.nation.configuration()
                let wall = WallClock().now()
                let now = try FileClock.setting(in: folder.nation).time(at: wall)
                if let setting = try ClockAct(act, value).setting(at: now, wall: wall) {
                    try FileClock.set(setting, in: folder.nation)
                }
                print(try FileClock.setting(in: folder.nation).time(at: wall).japanStandardTime)
            }
        }
    }
}

/// What is done to a clock.
enum ClockAct {
    case show, stop, set(Instant), advance(Duration)

    init(_ act: String, _ value: String?) throws {
        switch (act, value) {
        case ("show", nil): self = .show
        case ("stop", nil): self = .stop
        case ("set", let value?): self = .set(try Self.instant(value))
        case ("advance", let value?): self = .advance(try Self.duration(value))
        default: throw ValidationError("the clock takes: show, stop, set TIME, advance DURATION")
        }
    }

    func setting(at now: Instant, wall: Instant) -> ClockSetting? {
        switch self {
        case .show: nil
        case .stop: .stopped(now)
        case .set(let instant): .running(from: instant, at: wall)
        case .advance(let duration): .running(from: now + duration, at: wall)
        }
    }

    private static func instant(_ text: String) throws -> Instant {
        let formatter = ISO8601DateFormatter()
        guard let date = formatter.date(from: text) else {
            throw ValidationError("a time is written like 2026-04-15T09:00:00+09:00")
        }
        return Instant(unixSeconds: Int64(date.timeIntervalSince1970))
    }

    private static func duration(_ text: String) throws -> Duration {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let unit = text.last.flatMap { units[$0] }
        guard let count = Int(unit == nil ? text : String(text.dropLast())), abs(count) < 10_000_000 else {
            throw ValidationError("a duration is a number of seconds, or 90m, 36h, 30d")
        }
        return .seconds(count * (unit ?? 1))
    }
}
