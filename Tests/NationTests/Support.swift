import Contracts
import DemoNation
import Foundation
import Logging
import PortableSQL
import Synchronization
import TestSupport
import Testing
import Values
import Wire

@testable import Nation

/// The tests of the whole nation, one after the other: each opens fourteen databases and makes RSA signatures.
@Suite("The whole nation", .serialized)
enum WholeNation {}

/// The nation's clock, moved by the test.
final class TestClock: NationClock {
    private let instant: Mutex<Instant>
    init(_ instant: Instant) { self.instant = Mutex(instant) }
    func now() -> Instant { instant.withLock { $0 } }
    func advance(_ duration: Duration) { instant.withLock { $0 = $0 + duration } }
}

/// One call between institutions, with its answer.
struct RecordedMessage: Sendable {
    let service: String
    let call: WireCall
    let answer: WireAnswer
}

/// Every call that institutions of one process made.
final class RecordedWire: Sendable {
    private let recorded = Mutex<[RecordedMessage]>([])
    var messages: [RecordedMessage] { recorded.withLock { $0 } }

    var opening: NationOpening {
        var opening = NationOpening()
        opening.recorder = { service, call, answer in
            self.recorded.withLock { $0.append(RecordedMessage(service: service, call: call, answer: answer)) }
        }
        return opening
    }
}

/// The demo nation, made once for all tests, with what was said and logged while it was made.
actor DemoTemplate {
    static let shared = DemoTemplate()
    let wire = RecordedWire()
    let log = CapturedLog()
    private var made: NationFolder?
    private static let root = temporaryFolder()

    func folder() async throws -> NationFolder {
        if let made { return made }
        atexit { try? FileManager.default.removeItem(at: DemoTemplate.root) }
        let folder = try await Self.make(seed: DemoConfiguration.defaultSeed, at: Self.root, wire, log)
        made = folder
        return folder
    }

    /// Makes a nation of that seed in a temporary folder.
    static func make(
        seed: UInt64, at root: URL = temporaryFolder(), _ wire: RecordedWire, _ log: CapturedLog
    ) async throws -> NationFolder {
        let configuration = try DemoConfiguration.make(
            seed: seed, on: DemoConfiguration.defaultDay, portalPort: 8080, agentPort: 24777)
        return try await DemoNation.create(
            at: root, configuration, wire.opening, wall: WallClock().now(),
            makeLogger: { log.logger($0.text) }, progress: { _ in })
    }

    static func temporaryFolder() -> URL {
        FileManager.default.temporaryDirectory.appending(path: "madoguchi-nation-\(RandomBytes.eight().hex)")
    }
}

/// Random bytes for names and cookies.
enum RandomBytes {
    static func eight() -> [UInt8] { (0..<8).map { _ in UInt8.random(in: .min ... .max) } }
}

/// Gives `body` a copy of the demo nation's folder, and removes it afterwards.
func withNationFolder<T>(_ body: (NationFolder) async throws -> T) async throws -> T {
    let template = try await DemoTemplate.shared.folder()
    let folder = NationFolder(DemoTemplate.temporaryFolder())
    try FileManager.default.copyItem(at: template.root, to: folder.root)
    defer {
        try? FileManager.default.removeItem(at: folder.root)
        try? FileManager.default.removeItem(atPath: folder.root.path + ".log")
    }
    return try await body(folder)
}

/// A copy of the demo nation, all of it in this process, at noon of its first day.
struct TestNation: Sendable {
    let nation: NationInstitutions
    let clock: TestClock
    let wire: RecordedWire
    let log: CapturedLog

    var folder: NationFolder { nation.folder }

    /// The network as one institution sees it: what a thief of its keys could do.
    func client(as institution: InstitutionID) -> EndpointClient {
        EndpointClient(nation.shared.network(for: Caller(institution.text)))
    }

    func database(_ institution: InstitutionID) throws -> Database { try #require(nation.databases[institution]) }
}

/// Opens a copy of the demo nation for `body`, and closes and removes it afterwards.
func withNation<T>(_ body: (TestNation) async throws -> T) async throws -> T {
    try await withNationFolder { folder in
        let clock = TestClock(DemoConfiguration.defaultDay.noon)
        let (wire, log) = (RecordedWire(), CapturedLog())
        let nation = try await NationInstitutions.open(
            folder, clock: clock, wire.opening, makeLogger: { log.logger($0.text) })
        let result: T
        do {
            result = try await body(TestNation(nation: nation, clock: clock, wire: wire, log: log))
        } catch {
            await nation.close()
            throw error
        }
        await nation.close()
        return result
    }
}

/// Persons and places of the demo nation that tests name.
enum Demo {
    /// 汐見市 and 霞野町.
    static var shiomi: MunicipalityCode { get throws { try MunicipalityCode(fiveDigits: "99001") } }
    static var kasumino: MunicipalityCode { get throws { try MunicipalityCode(fiveDigits: "99002") } }
    /// The fiscal year of the nation's first day.
    static let period = InformationPeriod.fiscalYear(2026)

    static func personas() throws -> [Persona] {
        try DemoNation.personas(
            of: DemoConfiguration.make(
                seed: DemoConfiguration.defaultSeed, on: DemoConfiguration.defaultDay, portalPort: 8080,
                agentPort: 24777))
    }

    /// The personas who can log in on the first day.
    static func citizens() throws -> [Persona] {
        try personas().filter { $0.fate != .newborn && $0.fate != .pinLocked }
    }

    static func gateway(_ body: String) throws -> InstitutionID { try .agencyGateway(AgencyBody(body)) }

    /// The body's or municipality's gateway of a persona, by her address.
    static func gateway(of persona: Persona) throws -> InstitutionID {
        let far = ["alex", "daisuke", "madoka", "minato"].contains(persona.slug)
        return try .agencyGateway(AgencyBody(far ? kasumino : shiomi))
    }
}
