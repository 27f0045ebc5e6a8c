import Contracts
import InstitutionKeys
import PersonCodes
import Values
import VerifiableLog

/// An exchange as its row stands: the entry, what hides it, and where it stands in the log.
struct StoredExchange: Sendable, Equatable {
    let entry: ExchangeEntry
    /// The digest of the asker's request.
    let request: TokenDigest
    let blinding: Blinding
    let leaf: LeafIndex

    /// The commitment that these columns give.
    var commitment: Commitment { entry.commitment(blinding) }

    /// Why the request was refused; nil when it was permitted.
    var refusal: LinkageError.Code? {
        entry.outcome == .refused ? LinkageError.Code(rawValue: entry.reason) ?? .logDamaged : nil
    }
}

/// What a permit says besides its exchange, kept while the permit lives so that a repeat is signed again.
struct StoredPermit: Sendable, Equatable {
    let askerKeys: String
    let sealedCode: SealedBytes
    let issuedAt: Instant

    var expiresAt: Instant { issuedAt + Permit.lifetime }
}

extension ExchangeEntry {
    /// The entry as the log commits to it: its fields, each with its length before it.
    var encoded: [UInt8] { fields.reduce(EntryEncoder()) { $0.adding($1) }.bytes }

    func commitment(_ blinding: Blinding) -> Commitment {
        Commitment(domain: Self.commitmentDomain, blinding: blinding, entry: encoded)
    }
}

extension Permit {
    /// The permit of an exchange; equal content each time, so that a repeat has the same digest.
    init(_ exchange: StoredExchange, named name: ExchangeID, _ permit: StoredPermit) {
        self.init(
            exchange: name, asker: exchange.entry.asker, provider: exchange.entry.provider,
            kind: exchange.entry.kind, period: exchange.entry.period, basis: exchange.entry.basis,
            request: exchange.request, leafIndex: UInt64(exchange.leaf.value),
            leafHash: ContractBytes(exchange.commitment.leafHash.bytes), askerKeys: permit.askerKeys,
            sealedCode: permit.sealedCode, issuedAt: permit.issuedAt, expiresAt: permit.expiresAt)
    }
}
