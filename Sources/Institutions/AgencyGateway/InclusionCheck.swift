public import Contracts
public import Values
import VerifiableLog

/// A permit whose leaf has to be found in the core's log within ten minutes.
struct InclusionCheck: Sendable, Equatable {
    static let limit = Duration.seconds(10 * 60)

    /// This side's exchange id.
    let exchange: ExchangeID
    let leafIndex: Int64
    let leafHash: [UInt8]
    let dueAt: Instant

    init(exchange: ExchangeID, leafIndex: Int64, leafHash: [UInt8], dueAt: Instant) {
        self.exchange = exchange
        self.leafIndex = leafIndex
        self.leafHash = leafHash
        self.dueAt = dueAt
    }

    init(of permit: Permit, as exchange: ExchangeID, at now: Instant) {
        self.init(
            exchange: exchange, leafIndex: Int64(clamping: permit.leafIndex), leafHash: permit.leafHash.bytes,
            dueAt: now + Self.limit)
    }
}

/// An exchange whose leaf the core's log does not have as the permit said (記録の欠落).
public struct InclusionAlarm: Sendable, Equatable {
    /// What is wrong.
    public enum Reason: String, Sendable, CaseIterable {
        /// The log has another leaf at this place.
        case otherLeaf = "other-leaf"
        /// The path does not lead to the checkpoint's root, or the checkpoint is not the log's.
        case proofRefused = "proof-refused"
        /// The core refuses a proof.
        case proofDenied = "proof-denied"
        /// Ten minutes have passed without a proof.
        case notProvenInTime = "not-proven-in-time"
    }

    /// This side's exchange id.
    public let exchange: ExchangeID
    /// The place that the permit named.
    public let leafIndex: Int64
    /// What is wrong.
    public let reason: Reason
    /// When this gateway noticed.
    public let raisedAt: Instant
}

/// What one round of checks found.
public struct InclusionReport: Sendable, Equatable {
    /// Leaves now proven.
    public var verifiedCount = 0
    /// Leaves to be asked about again.
    public var waitingCount = 0
    /// Alarms raised in this round.
    public var alarmCount = 0

    /// A round that found nothing to check.
    public init() {}
}

/// Whether a proof convinces. Reads nothing but what it is given.
enum InclusionDecision {
    /// Nil when the leaf stands in the log as the permit said.
    static func fault(
        _ check: InclusionCheck, _ proof: ProvenLeaf, by key: NoteVerifier
    ) -> InclusionAlarm.Reason? {
        guard proof.leafHash.bytes == check.leafHash else { return .otherLeaf }
        do throws(VerifiableLogError) {
            let checkpoint = try Checkpoint(verifying: proof.checkpoint, by: key, origin: key.name)
            var path: [LogHash] = []
            for hash in proof.path { path.append(try LogHash(bytes: hash.bytes)) }
            let inclusion = try InclusionProof(
                index: LeafIndex(check.leafIndex), treeSize: checkpoint.head.size, path: path)
            try inclusion.verify(leafHash: LogHash(bytes: check.leafHash), in: checkpoint.head)
            return nil
        } catch { return .proofRefused }
    }
}
