/// Everything that convinces somebody offline that an entry is in a log: a small file that needs only the log's
/// verifier key and origin beside it.
///
/// The file is JSON (RFC 8259) with exactly these members, bytes in standard base64:
///
/// | member | type | meaning |
/// |---|---|---|
/// | `format` | string | `verifiable-log-proof-v1` |
/// | `domain` | string | the commitment's domain |
/// | `entry` | base64 | the entry, fields with their lengths before them (`EntryEncoder`) |
/// | `random` | base64 | the commitment's 32 random bytes |
/// | `commitment` | base64 | SHA-256(length of domain ‖ domain ‖ random ‖ entry), as the log holds it |
/// | `index` | number | the leaf's place in the log, from 0 |
/// | `path` | array of base64 | the inclusion proof in the checkpoint's tree, lowest first (RFC 9162 §2.1.3) |
/// | `checkpoint` | string | the signed note (c2sp.org/tlog-checkpoint) |
public struct ProofBundle: Hashable, Sendable {
    /// The value of `format`.
    public static let format = "verifiable-log-proof-v1"
    /// The largest file that is read, in bytes.
    public static let maximumFileByteCount = 1024 * 1024

    /// The commitment's domain.
    public let domain: String
    /// The entry's bytes.
    public let entry: [UInt8]
    /// The commitment's random bytes.
    public let blinding: Blinding
    /// The commitment as the log holds it.
    public let commitment: Commitment
    /// The leaf's place.
    public let index: LeafIndex
    /// The inclusion proof's hashes, lowest first.
    public let path: [LogHash]
    /// The signed note, not yet believed.
    public let checkpoint: String

    /// Puts a file together; nothing is checked before `verify`.
    public init(
        domain: String, entry: [UInt8], blinding: Blinding, commitment: Commitment, index: LeafIndex, path: [LogHash],
        checkpoint: String
    ) {
        self.domain = domain
        self.entry = entry
        self.blinding = blinding
        self.commitment = commitment
        self.index = index
        self.path = path
        self.checkpoint = checkpoint
    }

    /// Checks the file with the log's key and origin, which must come from elsewhere than the file. Needs no network.
    public func verify(with key: NoteVerifier, origin: String) -> ProofReport {
        let note = try? SignedNote(checkpoint)
        let text = note.flatMap { try? CheckpointText($0.text) }
        let outcomes: [(ProofReport.CheckName, ProofReport.Outcome)] = [
            (.checkpointForm, text == nil ? .failed("the checkpoint is not a note of three lines") : .passed),
            (.checkpointSignature, note.map { Self.outcome(ofSignature: $0, key) } ?? .notReached),
            (.checkpointOrigin, text.map { Self.outcome(ofOrigin: $0.origin, origin) } ?? .notReached),
            (.commitment, commitmentOutcome),
            (.inclusion, text.map { inclusionOutcome(in: $0.head) } ?? .notReached),
        ]
        return ProofReport(checks: outcomes.map { ProofReport.Check(name: $0.0, outcome: $0.1) })
    }

    private static func outcome(ofSignature note: SignedNote, _ key: NoteVerifier) -> ProofReport.Outcome {
        do {
            try key.verify(note)
            return .passed
        } catch {
            return .failed(error.reason)
        }
    }

    private static func outcome(ofOrigin stated: String, _ expected: String) -> ProofReport.Outcome {
        stated == expected ? .passed : .failed("the checkpoint belongs to another log")
    }

    private var commitmentOutcome: ProofReport.Outcome {
        Commitment(domain: domain, blinding: blinding, entry: entry) == commitment
            ? .passed : .failed("entry and random bytes give another commitment")
    }

    private func inclusionOutcome(in head: TreeHead) -> ProofReport.Outcome {
        do {
            try InclusionProof(index: index, treeSize: head.size, path: path)
                .verify(leafHash: commitment.leafHash, in: head)
            return .passed
        } catch {
            return .failed(error.reason)
        }
    }
}
