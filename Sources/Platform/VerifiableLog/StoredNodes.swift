import PortableSQL

/// The store's rows as a reader of hashes, inside one transaction.
struct StoredNodes<SQL: SQLReading>: NodeReader {
    private let sql: SQL

    init(_ sql: SQL) { self.sql = sql }

    func hash(at position: NodePosition) throws -> LogHash {
        let row =
            position.level == 0
            ? try sql.row("SELECT hash FROM log_leaf WHERE leaf_index = $1", position.index)
            : try sql.row(
                "SELECT hash FROM log_node WHERE level = $1 AND node_index = $2", position.level, position.index)
        guard let row else { throw VerifiableLogError(.storeIncomplete, "a node is missing") }
        return try LogHash(bytes: row.bytes("hash"))
    }

    func hashes(level: Int, from first: Int64, count: Int) throws -> [LogHash] {
        let end = first + Int64(count)
        let rows =
            level == 0
            ? try sql.rows(
                "SELECT hash FROM log_leaf WHERE leaf_index >= $1 AND leaf_index < $2 ORDER BY leaf_index",
                first, end)
            : try sql.rows(
                """
                SELECT hash FROM log_node
                WHERE level = $1 AND node_index >= $2 AND node_index < $3 ORDER BY node_index
                """, level, first, end)
        guard rows.count == count else { throw VerifiableLogError(.storeIncomplete, "a node is missing") }
        return try rows.map { try LogHash(bytes: $0.bytes("hash")) }
    }
}
