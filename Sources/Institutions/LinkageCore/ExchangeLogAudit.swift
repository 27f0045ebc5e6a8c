import PersonCodes
public import PortableSQL
import Values
public import VerifiableLog

/// The first thing that a full check of the exchange log found wrong.
public struct ExchangeLogFault: Sendable, Equatable {
    /// Which check failed.
    public enum Check: String, Sendable, CaseIterable {
        /// A leaf has no entry.
        case entryMissing
        /// A column of an entry holds what no entry can hold.
        case entryUnreadable
        /// The entry's columns and random bytes give another commitment than the log's.
        case commitmentWrong
        /// An entry names a leaf that the log does not have.
        case entryWithoutLeaf
        /// The newest checkpoint is not signed by the log's key.
        case checkpointNotSigned
        case leafMissing, leafHashWrong, nodeMissing, nodeWrong, checkpointWrong, edgeWrong, leafBeyondEnd
    }

    /// Which check failed.
    public let check: Check
    /// The first leaf concerned, from 0.
    public let index: Int64
}

/// What a full check of the exchange log found.
public struct ExchangeLogReport: Sendable, Equatable {
    /// Leaves in the log, up to the fault if there is one in the tree.
    public let leafCount: Int64
    /// Published checkpoints that were compared.
    public let checkpointCount: Int
    /// The root that the leaves give, 32 bytes.
    public let root: [UInt8]
    /// Nil when every entry, node and checkpoint is as it was written.
    public let fault: ExchangeLogFault?
}

extension LinkageService {
    /// Checks the whole log; see ``ExchangeLogAudit``.
    public func verifyLog(
        progress: @escaping @Sendable (_ checked: Int64, _ total: Int64) -> Void = { _, _ in }
    ) async throws -> ExchangeLogReport {
        try await ExchangeLogAudit.verify(database, by: logKey.verifier, progress: progress)
    }
}

/// Recomputes every entry's commitment from its columns, and every node and root of the tree.
public enum ExchangeLogAudit {
    static let pageLeafCount: Int64 = 1_024

    /// Checks the exchange log in a database, which needs no key but the log's public one.
    ///
    /// - Parameter progress: gets the number of things checked so far and to check; each leaf counts twice.
    /// - Throws: `SQLError`, `VerifiableLogError`; a fault in the log is in the report.
    public static func verify(
        _ database: Database, by key: NoteVerifier,
        progress: @escaping @Sendable (_ checked: Int64, _ total: Int64) -> Void = { _, _ in }
    ) async throws -> ExchangeLogReport {
        let log = try LogStore(origin: key.name)
        let tree = try await log.verifyAll(in: database) { progress($0, 2 * $1) }
        let treeFault = tree.fault.map { ExchangeLogFault($0) }
        let entryFault = try await entryFault(in: database, log, size: tree.head.size, progress)
        let noteFault = try await noteFault(in: database, log, by: key)
        return ExchangeLogReport(
            leafCount: tree.head.size, checkpointCount: tree.checkpointCount, root: tree.head.root.bytes,
            fault: [treeFault, entryFault, noteFault].compactMap { $0 }.min { $0.index < $1.index })
    }

    private static func entryFault(
        in database: Database, _ log: LogStore, size: Int64,
        _ progress: @Sendable (_ checked: Int64, _ total: Int64) -> Void
    ) async throws -> ExchangeLogFault? {
        let end = try await database.read { try max(size, ($0.lastEntryIndex() ?? -1) + 1) }
        var start: Int64 = 0
        while start < end {
            let page = start..<min(end, start + pageLeafCount)
            if let fault = try await database.read({ try fault(in: page, log, $0) }) { return fault }
            start = page.upperBound
            progress(end + start, 2 * end)
        }
        return nil
    }

    private static func fault(
        in page: Range<Int64>, _ log: LogStore, _ reader: SQLReader
    ) throws -> ExchangeLogFault? {
        var rows = try reader.exchangeRows(page)[...]
        for index in page {
            let commitment = try log.commitment(at: LeafIndex(index), in: reader)
            let row = try rows.first.flatMap { try $0.integer("leaf_index") == index ? $0 : nil }
            if row != nil { rows = rows.dropFirst() }
            if let check = check(row, commitment) { return ExchangeLogFault(check: check, index: index) }
        }
        return nil
    }

    private static func check(_ row: SQLRow?, _ commitment: Commitment?) -> ExchangeLogFault.Check? {
        switch (row, commitment) {
        case (nil, nil): return nil
        case (nil, _): return .entryMissing
        case (_, nil): return .entryWithoutLeaf
        case (let row?, let commitment?):
            guard let stored = try? StoredExchange(row) else { return .entryUnreadable }
            return stored.commitment == commitment ? nil : .commitmentWrong
        }
    }

    private static func noteFault(
        in database: Database, _ log: LogStore, by key: NoteVerifier
    ) async throws -> ExchangeLogFault? {
        let size = try await database.read { reader -> Int64? in
            do {
                guard let note = try log.latestCheckpoint(in: reader) else { return nil }
                _ = try Checkpoint(verifying: note, by: key, origin: key.name)
                return nil
            } catch is VerifiableLogError {
                return try reader.lastEntryIndex() ?? 0
            }
        }
        return size.map { ExchangeLogFault(check: .checkpointNotSigned, index: $0) }
    }
}

extension SQLReading {
    /// The index of the newest entry; nil before the first.
    func lastEntryIndex() throws -> Int64? {
        try row("SELECT max(leaf_index) AS newest FROM exchange")?.optionalInteger("newest")
    }
}

extension ExchangeLogFault {
    init(_ fault: LogFault) {
        let check: Check =
            switch fault.kind {
            case .leafMissing: .leafMissing
            case .leafHashWrong: .leafHashWrong
            case .nodeMissing: .nodeMissing
            case .nodeWrong: .nodeWrong
            case .checkpointWrong: .checkpointWrong
            case .edgeWrong: .edgeWrong
            case .leafBeyondEnd: .leafBeyondEnd
            }
        self.init(check: check, index: fault.index.value)
    }
}
