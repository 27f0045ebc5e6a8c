import Contracts
import InstitutionKeys
import PersonCodes
import PortableSQL
import TestSupport
import Testing
import Values
import VerifiableLog
import Wire

@testable import LinkageCore

@Suite("The citizen's history")
struct HistoryTests {
    @Test("a citizen sees her own entries, newest first, and nobody else's", arguments: TestEngine.available)
    func own(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let first = try await world.login(world.person())
            let second = try await world.login(world.person(2))
            for kind in ["1", "3-4", "7-9"] {
                _ = try await world.permit(for: world.selfRequest(first, kind: InformationKindID(kind)))
                _ = try await world.permit(for: world.selfRequest(second))
            }
            #expect(try await world.history(first.presence).map(\.kind.text) == ["7-9", "3-4", "1"])
            #expect(try await world.history(second.presence).allSatisfy { $0.subject == second.code })
        }
    }

    @Test(
        "pages of a history fit together without loss, though the clock stands still", arguments: TestEngine.available)
    func pages(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            for _ in 0..<7 { _ = try await world.permit(for: world.selfRequest(login)) }
            var seen: [ExchangeID] = []
            var before: Instant?
            for _ in 0..<4 {
                let page = ListHistory(presence: login.presence, before: before, limit: 2)
                let entries = try await world.call(HistoryContract.list, page, as: .portal).entries
                seen += entries.map(\.exchange)
                before = entries.last?.recordedAt
            }
            #expect(seen.count == 7)
            #expect(Set(seen).count == 7)
        }
    }

    @Test("a page of no entries or of more than a hundred is refused", arguments: [0, -1, 101, Int.max])
    func limits(limit: Int) async throws {
        try await withWorld(.sqlite) { world in
            let login = try await world.login(world.person())
            let page = ListHistory(presence: login.presence, before: nil, limit: limit)
            #expect(try await world.refusal(HistoryContract.list, page, as: .portal) == "limit-out-of-range")
        }
    }

    @Test("an entry is proven offline with the log's public key", arguments: TestEngine.available)
    func proof(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            for _ in 0..<5 { _ = try await world.permit(for: world.selfRequest(login)) }
            try await world.service.publishCheckpoint()
            _ = try await world.permit(for: world.selfRequest(login))
            for entry in try await world.history(login.presence) {
                let proven = try await world.call(HistoryContract.prove, prove(entry, login.presence), as: .portal)
                #expect(proven.entry == entry)
                #expect(try bundle(proven).verify(with: world.logKey.verifier, origin: "log.test.example").isValid)
                #expect(
                    try !bundle(proven).verify(
                        with: LogKey.random(name: "log.test.example").verifier, origin: "log.test.example"
                    ).isValid)
            }
        }
    }

    @Test("nobody gets a proof of another citizen's entry", arguments: TestEngine.available)
    func foreign(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            let other = try await world.login(world.person(2))
            let request = world.selfRequest(login)
            _ = try await world.permit(for: request)
            let foreign = ProveEntry(presence: other.presence, exchange: request.exchange, asker: .portal)
            let wrongAsker = ProveEntry(presence: login.presence, exchange: request.exchange, asker: world.city)
            #expect(try await world.refusal(HistoryContract.prove, foreign, as: .portal) == "entry-unknown")
            #expect(try await world.refusal(HistoryContract.prove, wrongAsker, as: .portal) == "entry-unknown")
        }
    }

    @Test("a gateway gets the proof of a leaf that there is, and of no other", arguments: TestEngine.available)
    func leaf(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            let permit = try await world.permit(for: world.selfRequest(login)).content
            let proven = try await world.call(
                HistoryContract.proveLeaf, ProveLeaf(leafIndex: permit.leafIndex), as: world.city)
            #expect(proven.leafHash == permit.leafHash)
            let head = try Checkpoint(
                verifying: proven.checkpoint, by: world.logKey.verifier, origin: "log.test.example"
            ).head
            let path = try proven.path.map { try LogHash(bytes: $0.bytes) }
            try InclusionProof(index: LeafIndex(0), treeSize: head.size, path: path)
                .verify(leafHash: LogHash(bytes: permit.leafHash.bytes), in: head)
            for index in [1, UInt64(Int64.max), UInt64.max] {
                let refusal = try await world.refusal(
                    HistoryContract.proveLeaf, ProveLeaf(leafIndex: index), as: world.city)
                #expect(refusal == "leaf-unknown")
            }
            let portal = try await world.refusal(HistoryContract.proveLeaf, ProveLeaf(leafIndex: 0), as: .portal)
            #expect(portal == "caller-not-allowed")
        }
    }

    private func prove(_ entry: ExchangeEntry, _ presence: PresenceToken) -> ProveEntry {
        ProveEntry(presence: presence, exchange: entry.exchange, asker: entry.asker)
    }
}

/// A proven entry as a file that is checked offline.
func bundle(_ proven: ProvenEntry) throws -> ProofBundle {
    let blinding = try Blinding(bytes: proven.blinding.bytes)
    let entry = proven.entry.fields.reduce(EntryEncoder()) { $0.adding($1) }.bytes
    return try ProofBundle(
        domain: ExchangeEntry.commitmentDomain, entry: entry, blinding: blinding,
        commitment: Commitment(bytes: proven.commitment.bytes),
        index: LeafIndex(Int64(proven.leafIndex)), path: proven.path.map { try LogHash(bytes: $0.bytes) },
        checkpoint: proven.checkpoint)
}
