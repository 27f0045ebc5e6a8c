public import PortableSQL

/// The first thing that a full check of a log found wrong.
public struct LogFault: Hashable, Sendable {
    /// What is wrong.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A leaf's row is absent.
        case leafMissing
        /// A leaf's hash is not that of its commitment.
        case leafHashWrong
        /// An interior node's row is absent.
        case nodeMissing
        /// An interior node is not the hash of what is below it.
        case nodeWrong
        /// A published checkpoint has another root than the leaves give.
        case checkpointWrong
        /// The tree's edge, from which it grows, disagrees with the leaves.
        case edgeWrong
        /// There is a leaf beyond the tree's size.
        case leafBeyondEnd
    }

    /// What is wrong.
    public let kind: Kind
    /// The first leaf concerned.
    public let index: LeafIndex
    /// How many leaves from there on may be meant; 1 when the leaf itself is known.
    public let leafCount: Int64
}

/// What a full check of a log found.
public struct LogAuditReport: Hashable, Sendable {
    /// The head that the leaves give, up to the fault if there is one.
    public let head: TreeHead
    /// The published checkpoints that were compared.
    public let checkpointCount: Int
    /// The first fault, or nil when the log is sound.
    public let fault: LogFault?
}

extension LogStore {
    /// Hashes everything again: every leaf, node, checkpoint and the edge, in pages, each its own short read.
    ///
    /// Appends may go on meanwhile; what was committed at the start is checked. Memory is bounded by the page.
    ///
    /// - Parameters:
    ///   - pageLeafCount: leaves per read, 2 to 65,536.
    ///   - progress: gets the number of leaves checked so far and the number to check.
    /// Throws `SQLError`, and `outOfRange` for a page of another size; a fault in the log is in the report.
    public func verifyAll(
        in database: Database, pageLeafCount: Int = 4096,
        progress: @Sendable (_ checked: Int64, _ total: Int64) -> Void = { _, _ in }
    ) async throws -> LogAuditReport {
        guard (2...65_536).contains(pageLeafCount) else {
            throw VerifiableLogError(.outOfRange, "a page has 2 to 65,536 leaves")
        }
        let total = try await database.read { sql in try Self.auditedSize(in: sql) }
        var audit = LogAudit(total: total)
        while audit.fault == nil, audit.frontier.size < total {
            let from = audit.frontier.size
            let end = min(total, from + Int64(pageLeafCount))
            let page = try await database.read { sql in try LogAuditPage(from..<end, in: sql) }
            audit.check(page)
            progress(audit.frontier.size, total)
        }
        if audit.fault == nil { try await checkEnd(of: &audit, in: database) }
        return LogAuditReport(
            head: audit.frontier.head, checkpointCount: audit.checkpointCount, fault: audit.fault)
    }

    /// The edge's size, even where its roots are damaged: they are compared at the end.
    private static func auditedSize(in sql: some SQLReading) throws -> Int64 {
        try sql.row("SELECT size FROM log_edge WHERE id = 1")?.integer("size") ?? 0
    }

    /// Compares the edge, if it has not moved since, and looks for leaves beyond it.
    private func checkEnd(of audit: inout LogAudit, in database: Database) async throws {
        let end = try await database.read { sql in try LogAuditEnd(in: sql) }
        audit.check(end)
    }
}
