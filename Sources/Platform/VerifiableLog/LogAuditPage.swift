import PortableSQL

/// What one read of a full check brings: a range of leaves, the nodes that they complete, the checkpoints among them.
struct LogAuditPage: Sendable {
    struct Leaf: Sendable {
        let index: Int64
        let commitment: [UInt8]
        let hash: [UInt8]
    }

    let range: Range<Int64>
    let leaves: [Leaf]
    let nodes: [NodePosition: [UInt8]]
    /// Roots of published checkpoints by size.
    let checkpoints: [Int64: [UInt8]]

    init(_ range: Range<Int64>, in sql: some SQLReading) throws {
        self.range = range
        leaves = try sql.rows(
            """
            SELECT leaf_index, commitment, hash FROM log_leaf
            WHERE leaf_index >= $1 AND leaf_index < $2 ORDER BY leaf_index
            """, range.lowerBound, range.upperBound
        ).map(Self.leaf)
        nodes = try Self.nodes(range, in: sql)
        let rows = try sql.rows(
            "SELECT size, root FROM log_checkpoint WHERE size > $1 AND size <= $2",
            range.lowerBound, range.upperBound)
        checkpoints = Dictionary(
            try rows.map { (try $0.integer("size"), try $0.bytes("root")) }, uniquingKeysWith: { first, _ in first })
    }

    private static func leaf(_ row: SQLRow) throws -> Leaf {
        Leaf(index: try row.integer("leaf_index"), commitment: try row.bytes("commitment"), hash: try row.bytes("hash"))
    }

    /// The nodes whose last leaf is in the range, level by level.
    private static func nodes(_ range: Range<Int64>, in sql: some SQLReading) throws -> [NodePosition: [UInt8]] {
        var nodes: [NodePosition: [UInt8]] = [:]
        for level in 1...62 where range.upperBound >> Int64(level) > 0 {
            let rows = try sql.rows(
                "SELECT node_index, hash FROM log_node WHERE level = $1 AND node_index >= $2 AND node_index < $3",
                level, range.lowerBound >> Int64(level), range.upperBound >> Int64(level))
            for row in rows {
                nodes[NodePosition(level: level, index: try row.integer("node_index"))] = try row.bytes("hash")
            }
        }
        return nodes
    }
}

/// What the last read of a full check brings: the edge, and the first leaf beyond it.
struct LogAuditEnd: Sendable {
    let size: Int64
    let roots: [UInt8]
    let leafBeyond: Int64?

    init(in sql: some SQLReading) throws {
        let edge = try sql.row("SELECT size, roots FROM log_edge WHERE id = 1")
        size = try edge?.integer("size") ?? 0
        roots = try edge?.bytes("roots") ?? []
        leafBeyond = try sql.row(
            "SELECT leaf_index FROM log_leaf WHERE leaf_index >= $1 ORDER BY leaf_index LIMIT 1", size
        )?.integer("leaf_index")
    }
}

/// The running state of a full check; it reads nothing itself.
struct LogAudit {
    private(set) var frontier = Frontier.empty
    private(set) var fault: LogFault?
    private(set) var checkpointCount = 0
    private let total: Int64

    init(total: Int64) { self.total = total }

    /// Checks a page leaf by leaf and stops at the first fault.
    mutating func check(_ page: LogAuditPage) {
        var leaves = page.leaves.makeIterator()
        for index in page.range {
            guard let leaf = leaves.next(), leaf.index == index else { return found(.leafMissing, index, 1) }
            guard LogHash.leaf(leaf.commitment).bytes == leaf.hash else { return found(.leafHashWrong, index, 1) }
            append(leaf, page)
            if fault != nil { return }
        }
    }

    private mutating func append(_ leaf: LogAuditPage.Leaf, _ page: LogAuditPage) {
        for node in frontier.append(.leaf(leaf.commitment)) {
            let count: Int64 = 1 << Int64(node.position.level)
            let first = node.position.index * count
            guard let stored = page.nodes[node.position] else { return found(.nodeMissing, first, count) }
            guard stored == node.hash.bytes else { return found(.nodeWrong, first, count) }
        }
        guard let promised = page.checkpoints[frontier.size] else { return }
        checkpointCount += 1
        if promised != frontier.head.root.bytes { found(.checkpointWrong, 0, frontier.size) }
    }

    /// Compares the edge as it is now; when the tree has grown since, its nodes have been compared already.
    mutating func check(_ end: LogAuditEnd) {
        if let beyond = end.leafBeyond { return found(.leafBeyondEnd, beyond, 1) }
        guard end.size == total, end.roots != frontier.bytes else { return }
        found(.edgeWrong, 0, total)
    }

    private mutating func found(_ kind: LogFault.Kind, _ index: Int64, _ count: Int64) {
        fault = LogFault(kind: kind, index: LeafIndex(known: index), leafCount: count)
    }
}
