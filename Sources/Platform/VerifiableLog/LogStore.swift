public import PortableSQL

/// One log in a database: leaves, interior nodes, the tree's edge, and published checkpoints.
///
/// An append joins the transaction of the act that it records: both are durable at its commit or neither happened.
/// It costs one read and on average three small writes; a proof costs O(log n) reads of one row.
public struct LogStore: Sendable {
    /// The log's identity, the first line of its checkpoints.
    public let origin: String

    /// The log of this database. Throws `malformed` for an origin that no checkpoint can hold.
    public init(origin: String) throws(VerifiableLogError) {
        self.origin = try CheckpointText(origin: origin, head: .empty).origin
    }

    /// The log's tables, for the database's list of migrations.
    public static let migrations = [
        Migration(
            "verifiable-log-001",
            """
            CREATE TABLE log_leaf (
                leaf_index int64 NOT NULL PRIMARY KEY CHECK (leaf_index >= 0),
                commitment bytes NOT NULL CHECK (length(commitment) = 32),
                hash bytes NOT NULL CHECK (length(hash) = 32)
            ) unordered;
            """,
            """
            CREATE TABLE log_node (
                level int64 NOT NULL CHECK (level BETWEEN 1 AND 62),
                node_index int64 NOT NULL CHECK (node_index >= 0),
                hash bytes NOT NULL CHECK (length(hash) = 32),
                PRIMARY KEY (level, node_index)
            ) unordered;
            """,
            """
            CREATE TABLE log_edge (
                id int64 NOT NULL PRIMARY KEY CHECK (id = 1),
                size int64 NOT NULL CHECK (size > 0),
                roots bytes NOT NULL
            );
            """,
            """
            CREATE TABLE log_checkpoint (
                size int64 NOT NULL PRIMARY KEY CHECK (size >= 0),
                root bytes NOT NULL CHECK (length(root) = 32),
                note text NOT NULL,
                published_at time NOT NULL
            );
            """)
    ]

    // MARK: - Appending

    /// Appends a leaf inside the caller's transaction; the index is final when that transaction commits.
    ///
    /// Throws `SQLError`, `storeIncomplete` when the edge is damaged, `outOfRange` when the log is full.
    public func append(_ commitment: Commitment, in sql: SQLWriter) throws -> LeafIndex {
        try LeafIndex(append([commitment], in: sql).lowerBound)
    }

    /// Appends leaves in order and returns their indexes. Throws as `append(_:in:)` for one leaf.
    public func append(_ commitments: [Commitment], in sql: SQLWriter) throws -> Range<Int64> {
        var frontier = try Self.frontier(in: sql)
        let first = frontier.size
        guard first <= LeafIndex.maximumTreeSize - Int64(commitments.count) else {
            throw VerifiableLogError(.outOfRange, "the log is full")
        }
        guard !commitments.isEmpty else { return first..<first }
        var leaves: [(index: Int64, commitment: Commitment, hash: LogHash)] = []
        var nodes: [(position: NodePosition, hash: LogHash)] = []
        for commitment in commitments {
            leaves.append((frontier.size, commitment, commitment.leafHash))
            nodes += frontier.append(commitment.leafHash)
        }
        // The edge first: two processes that append at once must meet at this row, where the conflict is run again.
        try Self.store(frontier, in: sql)
        for leaf in leaves { try Self.insert(leaf.index, leaf.commitment, leaf.hash, in: sql) }
        for node in nodes { try Self.insert(node.position, node.hash, in: sql) }
        return first..<frontier.size
    }

    static func frontier(in sql: some SQLReading) throws -> Frontier {
        guard let row = try sql.row("SELECT size, roots FROM log_edge WHERE id = 1") else { return .empty }
        return try Frontier(size: row.integer("size"), bytes: row.bytes("roots"))
    }

    private static func store(_ frontier: Frontier, in sql: SQLWriter) throws(SQLError) {
        try sql.execute(
            """
            INSERT INTO log_edge (id, size, roots) VALUES (1, $1, $2)
            ON CONFLICT (id) DO UPDATE SET size = excluded.size, roots = excluded.roots
            """, frontier.size, frontier.bytes)
    }

    private static func insert(
        _ index: Int64, _ commitment: Commitment, _ hash: LogHash, in sql: SQLWriter
    ) throws(SQLError) {
        try sql.execute(
            "INSERT INTO log_leaf (leaf_index, commitment, hash) VALUES ($1, $2, $3)",
            index, commitment.bytes, hash.bytes)
    }

    private static func insert(_ position: NodePosition, _ hash: LogHash, in sql: SQLWriter) throws(SQLError) {
        try sql.execute(
            "INSERT INTO log_node (level, node_index, hash) VALUES ($1, $2, $3)",
            position.level, position.index, hash.bytes)
    }
}

// MARK: - Reading

extension LogStore {
    /// The present size and root, from one row. Throws `SQLError` or `storeIncomplete`.
    public func treeHead(in sql: some SQLReading) throws -> TreeHead { try Self.frontier(in: sql).head }

    /// The head that the tree had at a size. Throws `outOfRange` for a size that it has not reached.
    public func treeHead(size: Int64, in sql: some SQLReading) throws -> TreeHead {
        try requireSize(size, in: sql)
        return try TreeHead.read(size: size, from: StoredNodes(sql))
    }

    /// The leaf at an index, or nil beyond the end. Throws `SQLError`.
    public func commitment(at index: LeafIndex, in sql: some SQLReading) throws -> Commitment? {
        let row = try sql.row("SELECT commitment FROM log_leaf WHERE leaf_index = $1", index.value)
        return try row.map { try Commitment(bytes: $0.bytes("commitment")) }
    }

    /// Proof that a leaf is in the tree of a size. Throws `outOfRange` or `storeIncomplete`.
    public func inclusionProof(
        of index: LeafIndex, treeSize: Int64, in sql: some SQLReading
    ) throws -> InclusionProof {
        try requireSize(treeSize, in: sql)
        return try InclusionProof(index: index, treeSize: treeSize, from: StoredNodes(sql))
    }

    /// Proof that the tree of one size is the beginning of the tree of another. Throws `outOfRange` or
    /// `storeIncomplete`.
    public func consistencyProof(
        from oldSize: Int64, to newSize: Int64, in sql: some SQLReading
    ) throws -> ConsistencyProof {
        try requireSize(newSize, in: sql)
        return try ConsistencyProof(oldSize: oldSize, newSize: newSize, from: StoredNodes(sql))
    }

    /// The bytes of a tile that the tree has in full; nil for one that it does not have (404). Throws `SQLError` or
    /// `storeIncomplete`.
    public func contents(of tile: Tile, in sql: some SQLReading) throws -> [UInt8]? {
        guard tile.isIn(treeSize: try Self.frontier(in: sql).size) else { return nil }
        guard tile.kind == .entries else { return try tile.hashes(from: StoredNodes(sql)).flatMap(\.bytes) }
        let first = tile.index * Int64(Tile.fullWidth)
        let rows = try sql.rows(
            "SELECT commitment FROM log_leaf WHERE leaf_index >= $1 AND leaf_index < $2 ORDER BY leaf_index",
            first, first + Int64(tile.width))
        guard rows.count == tile.width else { throw VerifiableLogError(.storeIncomplete, "a leaf is missing") }
        return Tile.bundle(try rows.map { try Commitment(bytes: $0.bytes("commitment")) })
    }

    private func requireSize(_ size: Int64, in sql: some SQLReading) throws {
        guard size >= 0, size <= (try Self.frontier(in: sql)).size else {
            throw VerifiableLogError(.outOfRange, "the log has not reached this size")
        }
    }
}
