public import PersonCodes
public import Values
public import Wire

/// What became of a request for a permit.
public enum ExchangeOutcome: String, Codable, Sendable {
    case permitted, refused
}

/// One entry of the exchange log (情報提供等の記録; 番号法23条), as the citizen, the parties and the commission see it.
public struct ExchangeEntry: Codable, Sendable, Equatable {
    /// The asker's name for the exchange.
    public let exchange: ExchangeID
    /// The provider's; absent when the request was refused.
    public let providerExchange: ExchangeID?
    /// Who asked.
    public let asker: InstitutionID
    /// Who was asked.
    public let provider: InstitutionID
    /// Which kind of information.
    public let kind: InformationKindID
    /// For which period.
    public let period: InformationPeriod
    /// `presence`, or the clause's id.
    public let basis: String
    /// Affair and procedure, empty for a presence.
    public let affair: String
    /// The procedure within the affair (事務手続), empty for a presence.
    public let procedure: String
    /// What became of it.
    public let outcome: ExchangeOutcome
    /// The problem's code when refused, else empty.
    public let reason: String
    /// When the asker says that it asked.
    public let requestedAt: Instant
    /// When the core wrote the entry.
    public let recordedAt: Instant
    /// How many entries stand under this asker's code for this person, this one included: a gap shows a missing entry.
    public let runningNumber: Int
    /// The portal's code for the person.
    public let subject: InstitutionCode

    /// An entry; every field is committed to in the log.
    public init(
        exchange: ExchangeID, providerExchange: ExchangeID?, asker: InstitutionID, provider: InstitutionID,
        kind: InformationKindID, period: InformationPeriod, basis: String, affair: String, procedure: String,
        outcome: ExchangeOutcome, reason: String, requestedAt: Instant, recordedAt: Instant, runningNumber: Int,
        subject: InstitutionCode
    ) {
        self.exchange = exchange
        self.providerExchange = providerExchange
        self.asker = asker
        self.provider = provider
        self.kind = kind
        self.period = period
        self.basis = basis
        self.affair = affair
        self.procedure = procedure
        self.outcome = outcome
        self.reason = reason
        self.requestedAt = requestedAt
        self.recordedAt = recordedAt
        self.runningNumber = runningNumber
        self.subject = subject
    }

    /// The domain of an entry's commitment in the log.
    public static let commitmentDomain = "madoguchi-exchange-v1"

    /// The entry's fields in their order, as the log commits to them; the log length-prefixes each.
    public var fields: [[UInt8]] {
        [
            Array(Self.commitmentDomain.utf8), exchange.bytes, providerExchange?.bytes ?? [], Array(asker.text.utf8),
            Array(provider.text.utf8), Array(kind.text.utf8), Array(period.text.utf8), Array(basis.utf8),
            Array(affair.utf8), Array(procedure.utf8), Array(outcome.rawValue.utf8), Array(reason.utf8),
            Array(String(requestedAt.microseconds).utf8), Array(String(recordedAt.microseconds).utf8),
            Array(String(runningNumber).utf8), subject.bytes,
        ]
    }
}

/// An entry with what proves that it stands in the log.
public struct ProvenEntry: Codable, Sendable, Equatable {
    /// The entry itself.
    public let entry: ExchangeEntry
    /// 32 random bytes that the commitment hides the entry with.
    public let blinding: ContractBytes
    /// The commitment as the log holds it, 32 bytes; whoever reads checks that the entry gives the same.
    public let commitment: ContractBytes
    /// Its place in the log, from 0.
    public let leafIndex: UInt64
    /// The audit path, 32 bytes a hash, in the tree of ``checkpoint``'s size (RFC 9162 §2.1.3).
    public let path: [ContractBytes]
    /// A signed note (C2SP tlog-checkpoint).
    public let checkpoint: String

    /// That entry with its proof.
    public init(
        entry: ExchangeEntry, blinding: ContractBytes, commitment: ContractBytes, leafIndex: UInt64,
        path: [ContractBytes], checkpoint: String
    ) {
        self.entry = entry
        self.blinding = blinding
        self.commitment = commitment
        self.leafIndex = leafIndex
        self.path = path
        self.checkpoint = checkpoint
    }
}

/// The citizen's own log (やりとり履歴; 番号法附則6条3項).
public enum HistoryContract {
    /// The citizen's entries, newest first.
    public static let list = Endpoint<ListHistory, ListedHistory>(
        "linkage-core/list-history", "Lists the exchanges about the citizen of a live presence.")
    /// One entry with its proof.
    public static let prove = Endpoint<ProveEntry, ProvenEntry>(
        "linkage-core/prove-entry", "Gives one entry of the citizen with its proof of inclusion.")
    /// The proof that a leaf stands in the log, for a gateway that holds a permit.
    public static let proveLeaf = Endpoint<ProveLeaf, ProvenLeaf>(
        "linkage-core/prove-leaf", "Gives the proof of inclusion of one leaf.")
}

/// Asks for entries about the citizen of a presence.
public struct ListHistory: Codable, Sendable, Equatable {
    /// The live presence of the citizen.
    public let presence: PresenceToken
    /// Entries recorded before this one; the newest when absent.
    public let before: Instant?
    /// 1 to 100.
    public let limit: Int

    /// A request for one page of entries.
    public init(presence: PresenceToken, before: Instant?, limit: Int) {
        self.presence = presence
        self.before = before
        self.limit = limit
    }
}

/// One page of entries.
public struct ListedHistory: Codable, Sendable, Equatable {
    /// Newest first.
    public let entries: [ExchangeEntry]

    /// That page.
    public init(entries: [ExchangeEntry]) { self.entries = entries }
}

/// Asks for one entry with its proof.
public struct ProveEntry: Codable, Sendable, Equatable {
    /// The live presence of the citizen whom the entry is about.
    public let presence: PresenceToken
    /// The asker's name for the exchange.
    public let exchange: ExchangeID
    /// Whose name for the exchange that is.
    public let asker: InstitutionID

    /// A request for that entry.
    public init(presence: PresenceToken, exchange: ExchangeID, asker: InstitutionID) {
        self.presence = presence
        self.exchange = exchange
        self.asker = asker
    }
}

/// Asks for the proof of one leaf.
public struct ProveLeaf: Codable, Sendable, Equatable {
    /// Its place in the log, from 0.
    public let leafIndex: UInt64

    /// A request for that leaf.
    public init(leafIndex: UInt64) { self.leafIndex = leafIndex }
}

/// A leaf with its proof.
public struct ProvenLeaf: Codable, Sendable, Equatable {
    /// The leaf's hash, 32 bytes (RFC 9162 §2.1.1).
    public let leafHash: ContractBytes
    /// The audit path, 32 bytes a hash.
    public let path: [ContractBytes]
    /// A signed note (C2SP tlog-checkpoint).
    public let checkpoint: String

    /// That proof.
    public init(leafHash: ContractBytes, path: [ContractBytes], checkpoint: String) {
        self.leafHash = leafHash
        self.path = path
        self.checkpoint = checkpoint
    }
}
