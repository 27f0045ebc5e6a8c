public import Contracts
import InstitutionKeys
import Logging
import PersonCodes
import PortableSQL
import Values
public import VerifiableLog

extension LinkageService {
    /// The citizen's own entries (やりとり履歴), newest first.
    ///
    /// - Throws: ``LinkageError`` when the presence is not live or the page is not of 1 to 100 entries.
    public func listHistory(_ request: ListHistory) async throws -> ListedHistory {
        guard (1...100).contains(request.limit) else { throw LinkageError(.limitOutOfRange) }
        let presence = try await live(request.presence)
        let entries = try await database.read { reader in
            try reader.exchanges(of: presence.code, before: request.before ?? .latest, limit: request.limit)
        }
        return ListedHistory(entries: entries.map(\.entry))
    }

    /// One entry of the citizen with its proof. The entry is made of the row's columns, the commitment is the log's:
    /// where a column was changed the two no longer fit, and whoever checks the proof sees it.
    ///
    /// - Throws: ``LinkageError``: `entryUnknown` also for another citizen's entry; `logDamaged`.
    public func proveEntry(_ request: ProveEntry) async throws -> ProvenEntry {
        let presence = try await live(request.presence)
        let stored = try await database.read { try $0.exchange(request.exchange, of: request.asker) }
        guard let stored, stored.entry.subject == presence.code else { throw LinkageError(.entryUnknown) }
        let proof = try await proof(of: stored.leaf)
        if proof.commitment != stored.commitment { _ = damaged("entry") }
        return ProvenEntry(
            entry: stored.entry, blinding: ContractBytes(stored.blinding.bytes),
            commitment: ContractBytes(proof.commitment.bytes), leafIndex: UInt64(stored.leaf.value), path: proof.path,
            checkpoint: proof.checkpoint)
    }

    /// The proof that a leaf stands in the log, for a gateway that holds a permit.
    ///
    /// - Throws: ``LinkageError``: `leafUnknown`, `logDamaged`.
    public func proveLeaf(_ request: ProveLeaf) async throws -> ProvenLeaf {
        guard let value = Int64(exactly: request.leafIndex), let index = try? LeafIndex(value) else {
            throw LinkageError(.leafUnknown)
        }
        let proof = try await proof(of: index)
        return ProvenLeaf(
            leafHash: ContractBytes(proof.commitment.leafHash.bytes), path: proof.path, checkpoint: proof.checkpoint)
    }

    /// Signs and stores a checkpoint of what is committed now, and gives its note.
    ///
    /// - Throws: `VerifiableLogError` when the log was changed behind its back: then nothing is signed.
    @discardableResult
    public func publishCheckpoint() async throws -> Checkpoint {
        try await log.publishCheckpoint(in: database, by: logKey, at: clock.now().microseconds)
    }

    /// The newest published checkpoint; nil before the first.
    public func latestCheckpoint() async throws -> SignedNote? {
        try await database.read { [log] in try log.latestCheckpoint(in: $0) }
    }

    /// A proof under the newest checkpoint; one is published when none covers the leaf yet.
    private func proof(of index: LeafIndex) async throws -> LeafProof {
        do {
            if let proof = try await storedProof(of: index) { return proof }
            try await publishCheckpoint()
            guard let proof = try await storedProof(of: index) else { throw LinkageError(.leafUnknown) }
            return proof
        } catch is VerifiableLogError {
            throw damaged("tree")
        }
    }

    private func storedProof(of index: LeafIndex) async throws -> LeafProof? {
        try await database.read { [log] in try LeafProof(of: index, in: log, $0) }
    }

    private func damaged(_ what: String) -> LinkageError {
        logger.critical("exchange log damaged", metadata: ["what": "\(what)"])
        return LinkageError(.logDamaged)
    }
}

/// A leaf with its path to the root of the newest checkpoint.
struct LeafProof: Sendable {
    let commitment: Commitment
    let path: [ContractBytes]
    let checkpoint: String

    /// Nil for a leaf that no checkpoint covers. Throws `proofRefused` when the nodes do not lead to the signed root.
    init?(of index: LeafIndex, in log: LogStore, _ reader: some SQLReading) throws {
        guard let commitment = try log.commitment(at: index, in: reader),
            let note = try log.latestCheckpoint(in: reader)
        else { return nil }
        let head = try CheckpointText(note.text).head
        guard index.value < head.size else { return nil }
        let proof = try log.inclusionProof(of: index, treeSize: head.size, in: reader)
        try proof.verify(leafHash: commitment.leafHash, in: head)
        self.commitment = commitment
        path = proof.path.map { ContractBytes($0.bytes) }
        checkpoint = note.rendered
    }
}
