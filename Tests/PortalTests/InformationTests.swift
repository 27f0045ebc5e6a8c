import Contracts
import PortableSQL
import Synchronization
import TestSupport
import Testing
import Values
import VerifiableLog
import Wire

@testable import Portal

@Suite struct InformationTests {
    private func citizen(_ portal: World) async throws -> SignedInCitizen {
        try await portal.service.signIn(handle: portal.signed(), cookieHash: World.cookie)
    }

    static let refusals: [(PortalError, Problem)] = [
        (.presenceOver, Problem("presence-over", status: 403, title: "Over.")),
        (.requestRefused, Problem("clause-unknown", status: 403, title: "No.")), (.coreUnavailable, .busy),
    ]

    @Test("what the core refuses becomes what the citizen is told, and is written down", arguments: refusals.indices)
    func refused(index: Int) async throws {
        for engine in TestEngine.available { try await refused(index, engine) }
    }

    private func refused(_ index: Int, _ engine: TestEngine) async throws {
        try await withPortal(engine) { (portal: World) async throws in
            let (error, problem) = Self.refusals[index]
            let citizen = try await citizen(portal)
            let request = PermitContract.request.served(to: .anyCaller) { _, _ in throw problem }
            portal.network.serve(EndpointTable([request], logger: CapturedLog().logger()), as: "linkage-core")
            await #expect(throws: error) {
                try await portal.service.ownInformation(
                    .localTax, period: .all, from: .numberAuthority, for: citizen)
            }
            let outcome = try await portal.database.read { reader in
                try reader.rows("SELECT outcome FROM portal_exchange").map { try $0.text("outcome") }
            }
            #expect(outcome == [error.rawValue])
        }
    }

    @Test("an answer that is none, and no answer, are told apart")
    func noAnswer() async throws {
        try await withPortal(.sqlite) { (portal: World) async throws in
            let citizen = try await citizen(portal)
            portal.network.remove("linkage-core")
            await #expect(throws: PortalError.coreUnavailable) {
                try await portal.service.ownInformation(.localTax, period: .all, from: .numberAuthority, for: citizen)
            }
        }
    }

    @Test("an entry that stands in the log passes every check", arguments: TestEngine.available)
    func good(engine: TestEngine) async throws {
        try await withPortal(engine) { (portal: World) async throws in
            let citizen = try await citizen(portal)
            let checked = try await portal.service.check(.random(), by: .cardOffice, for: citizen)
            #expect(checked.report.isValid && checked.entry.asker == .cardOffice)
        }
    }

    static let tampered: [(ProofReport.CheckName, @Sendable (ProvenEntry) throws -> ProvenEntry)] = [
        (.commitment, { try $0.with(entry: World.entry($0.entry.exchange, by: $0.entry.asker, procedure: "other")) }),
        (.commitment, { try $0.with(blinding: [UInt8](repeating: 0, count: 32)) }),
        (.inclusion, { try $0.with(leafIndex: 1) }),
        (.inclusion, { try $0.with(path: [[UInt8](repeating: 1, count: 32)]) }),
        (.checkpointForm, { try $0.with(checkpoint: "") }),
        (
            .checkpointSignature,
            { proof in
                let note = proof.checkpoint.replacing("\n1\n", with: "\n2\n")
                return try proof.with(checkpoint: note)
            }
        ),
    ]

    @Test("the report says which check a changed entry fails", arguments: tampered.indices)
    func changed(index: Int) async throws {
        try await withPortal(.sqlite) { (portal: World) async throws in
            let (check, change) = Self.tampered[index]
            let citizen = try await citizen(portal)
            portal.set { $0.proof = change }
            let checked = try await portal.service.check(.random(), by: .cardOffice, for: citizen)
            #expect(!checked.report.isValid && checked.report.firstFailure?.name == check)
        }
    }

    static let others: [@Sendable (ProvenEntry) throws -> ProvenEntry] = [
        { try $0.with(entry: World.entry(.random(), by: $0.entry.asker)) },
        { try $0.with(entry: World.entry($0.entry.exchange, by: .jpki)) },
        { try $0.with(entry: World.entry($0.entry.exchange, by: $0.entry.asker, code: World.otherCode)) },
        { try $0.with(blinding: [1]) }, { try $0.with(leafIndex: .max) }, { try $0.with(path: [[1]]) },
    ]

    @Test("another exchange's or another person's entry, or no proof at all, is not shown", arguments: others.indices)
    func otherEntry(index: Int) async throws {
        try await withPortal(.sqlite) { (portal: World) async throws in
            let citizen = try await citizen(portal)
            portal.set { $0.proof = Self.others[index] }
            await #expect(throws: PortalError.answerRefused) {
                try await portal.service.check(.random(), by: .cardOffice, for: citizen)
            }
        }
    }

    @Test("an unknown entry is unknown, and a core that is away is unavailable")
    func away() async throws {
        try await withPortal(.sqlite) { (portal: World) async throws in
            let citizen = try await citizen(portal)
            portal.set { $0.coreRefusal = Problem("entry-unknown", status: 404, title: "No.") }
            await #expect(throws: PortalError.unknownEntry) {
                try await portal.service.check(.random(), by: .cardOffice, for: citizen)
            }
            portal.network.remove("linkage-core")
            await #expect(throws: PortalError.coreUnavailable) { try await portal.service.history(of: citizen) }
        }
    }
}

extension ProvenEntry {
    /// This proof with one thing changed.
    func with(
        entry: ExchangeEntry? = nil, blinding: [UInt8]? = nil, leafIndex: UInt64? = nil, path: [[UInt8]]? = nil,
        checkpoint: String? = nil
    ) throws -> ProvenEntry {
        ProvenEntry(
            entry: entry ?? self.entry, blinding: blinding.map { ContractBytes($0) } ?? self.blinding,
            commitment: commitment, leafIndex: leafIndex ?? self.leafIndex,
            path: path.map { $0.map { ContractBytes($0) } } ?? self.path, checkpoint: checkpoint ?? self.checkpoint)
    }
}
