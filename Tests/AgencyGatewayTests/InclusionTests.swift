import AgencyGateway
import Contracts
import InstitutionKeys
import LinkageCore
import PersonCodes
import PortableSQL
import TestSupport
import Testing
import Values
import VerifiableLog
import Wire

@Suite("Looking for one's leaves in the log")
struct InclusionTests {
    @Test("both sides find the leaf of their exchange", arguments: TestEngine.available)
    func found(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            try await exchange(nation)
            for agency in [nation.city, nation.pension] {
                let report = try await agency.service.checkInclusions()
                #expect(report.verifiedCount == 1 && report.alarmCount == 0)
                #expect(try await agency.service.checkInclusions() == InclusionReport())
            }
        }
    }

    @Test("a core that is silent for ten minutes raises an alarm, not before", arguments: TestEngine.available)
    func silent(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            try await exchange(nation)
            nation.network.remove("linkage-core")
            nation.clock.advance(by: .seconds(599))
            #expect(try await nation.city.service.checkInclusions().waitingCount == 1)
            nation.clock.advance(by: .seconds(1))
            #expect(try await nation.city.service.checkInclusions().alarmCount == 1)
            #expect(try await nation.city.service.inclusionAlarms().map(\.reason) == [.notProvenInTime])
            #expect(try await nation.city.service.checkInclusions() == InclusionReport())
        }
    }

    /// What a core shows instead of the leaf.
    enum Trick: String, CaseIterable, Sendable {
        case otherLeaf, otherPath, longPath, otherKey, otherLog, noNote, refusal

        var expected: InclusionAlarm.Reason {
            switch self {
            case .otherLeaf: .otherLeaf
            case .refusal: .proofDenied
            default: .proofRefused
            }
        }
    }

    @Test("a proof that does not hold raises an alarm at once", arguments: Trick.allCases)
    func tricks(trick: Trick) async throws {
        try await withNation(.sqlite) { nation in
            try await exchange(nation, times: 2)
            let cheat = HistoryContract.proveLeaf.served(to: .anyCaller) { request, _ in
                try await Self.cheating(trick, request, nation)
            }
            nation.network.serve(EndpointTable([cheat], logger: CapturedLog().logger()), as: "linkage-core")
            #expect(try await nation.city.service.checkInclusions().alarmCount == 2)
            #expect(try await nation.city.service.inclusionAlarms().map(\.reason) == [trick.expected, trick.expected])
        }
    }

    @Test("a leaf that the core took out of its log raises an alarm", arguments: TestEngine.available)
    func rewritten(engine: TestEngine) async throws {
        try await withDatabase(engine, migrations: LinkageStore.migrations) { emptied in
            try await withNation(engine) { nation in
                try await exchange(nation)
                let fresh = try await LinkageService(
                    database: emptied, keys: #require(nation.keys[.linkageCore]), directory: nation.directory,
                    factors: .random(), logKey: nation.logKey, clock: nation.clock, logger: CapturedLog().logger())
                nation.network.serve(
                    EndpointTable(fresh.endpoints, logger: CapturedLog().logger()), as: "linkage-core")
                #expect(try await nation.city.service.checkInclusions().alarmCount == 1)
                #expect(try await nation.city.service.inclusionAlarms().map(\.reason) == [.proofDenied])
            }
        }
    }

    private static func cheating(
        _ trick: Trick, _ request: ProveLeaf, _ nation: SmallNation
    ) async throws -> ProvenLeaf {
        let truth = try await nation.core.proveLeaf(request)
        guard trick != .refusal else { throw Problem("leaf-unknown", status: 404, title: "") }
        let head = try Checkpoint(
            verifying: truth.checkpoint, by: nation.logKey.verifier, origin: "log.test.example"
        ).head
        let other = [UInt8](repeating: 7, count: 32)
        return ProvenLeaf(
            leafHash: trick == .otherLeaf ? ContractBytes(other) : truth.leafHash,
            path: path(trick, truth.path, ContractBytes(other)),
            checkpoint: try note(trick, head) ?? truth.checkpoint)
    }

    private static func path(_ trick: Trick, _ path: [ContractBytes], _ other: ContractBytes) -> [ContractBytes] {
        switch trick {
        case .otherPath: path.map { _ in other }
        case .longPath: path + [other]
        default: path
        }
    }

    private static func note(_ trick: Trick, _ head: TreeHead) throws -> String? {
        switch trick {
        case .otherKey:
            let key = try LogKey.random(name: "log.test.example")
            return try Checkpoint(signing: head, origin: "log.test.example", by: key).note.rendered
        case .otherLog:
            let key = try LogKey.random(name: "other.test.example")
            return try Checkpoint(signing: head, origin: "other.test.example", by: key).note.rendered
        case .noNote: return "no note"
        default: return nil
        }
    }

    /// Exchanges between the pension body and the city.
    private func exchange(_ nation: SmallNation, times: Int = 1) async throws {
        let resident = try await nation.enrol(nation.point(), at: nation.city)
        try await nation.store(SmallNation.tax(2026), of: resident, at: nation.city)
        let insured = try await nation.enrol(nation.point(), at: nation.pension)
        for _ in 0..<times { _ = try await nation.inquire(nation.exemption(of: insured)) }
    }
}
