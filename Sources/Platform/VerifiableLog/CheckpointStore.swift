public import PortableSQL

extension LogStore {
    /// Signs the present, already committed head and stores the checkpoint.
    ///
    /// Before it signs, it makes sure that the tree still contains the last checkpoint and that its edge agrees with
    /// its nodes: a log must never sign two checkpoints that no consistency proof connects (C2SP tlog-checkpoint).
    ///
    /// - Parameter time: now, in microseconds since 1970 (UTC); stored, not signed.
    /// Throws `inconsistentWithCheckpoint` and signs nothing when the store was changed behind the log's back,
    /// `storeIncomplete` when it lost rows, and `SQLError`.
    public func publishCheckpoint(
        in database: Database, by key: LogKey, at time: Int64
    ) async throws -> Checkpoint {
        let head = try await database.read { sql in try headFitToSign(in: sql) }
        let checkpoint = try Checkpoint(signing: head, origin: origin, by: key)
        try await database.write { sql in try store(checkpoint, at: time, in: sql) }
        return checkpoint
    }

    /// The present head, if it still contains the last published one. Throws as `publishCheckpoint` does.
    func headFitToSign(in sql: some SQLReading) throws -> TreeHead {
        let head = try treeHead(in: sql)
        let nodes = StoredNodes(sql)
        guard try TreeHead.read(size: head.size, from: nodes) == head else {
            throw VerifiableLogError(.inconsistentWithCheckpoint, "the tree's edge disagrees with its nodes")
        }
        guard let row = try sql.row("SELECT size, root FROM log_checkpoint ORDER BY size DESC LIMIT 1") else {
            return head
        }
        let last = try TreeHead(size: row.integer("size"), root: LogHash(bytes: row.bytes("root")))
        guard last.size <= head.size, try TreeHead.read(size: last.size, from: nodes) == last else {
            throw VerifiableLogError(.inconsistentWithCheckpoint, "the tree lost what was promised")
        }
        return head
    }

    private func store(_ checkpoint: Checkpoint, at time: Int64, in sql: SQLWriter) throws(SQLError) {
        try sql.execute(
            """
            INSERT INTO log_checkpoint (size, root, note, published_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (size) DO UPDATE SET note = excluded.note, published_at = excluded.published_at
            """, checkpoint.head.size, checkpoint.head.root.bytes, checkpoint.note.rendered, time)
    }

    /// The newest published checkpoint, to be served at `checkpoint`; nil before the first. Throws `SQLError`.
    public func latestCheckpoint(in sql: some SQLReading) throws -> SignedNote? {
        let row = try sql.row("SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1")
        return try row.map { try SignedNote($0.text("note")) }
    }

    /// The first published checkpoint whose tree has the leaf; nil when none was published since. Throws `SQLError`.
    public func checkpoint(covering index: LeafIndex, in sql: some SQLReading) throws -> SignedNote? {
        let row = try sql.row(
            "SELECT note FROM log_checkpoint WHERE size > $1 ORDER BY size LIMIT 1", index.value)
        return try row.map { try SignedNote($0.text("note")) }
    }

    /// A proof file for an entry; nil when no published checkpoint covers the leaf yet.
    ///
    /// The newest checkpoint is used. Nothing is checked: the reader of the file does that with `verify`.
    /// Throws `SQLError`, `outOfRange` or `storeIncomplete`.
    public func proofBundle(
        of index: LeafIndex, domain: String, entry: [UInt8], blinding: Blinding, in sql: some SQLReading
    ) throws -> ProofBundle? {
        guard let commitment = try commitment(at: index, in: sql), let note = try latestCheckpoint(in: sql) else {
            return nil
        }
        let size = try CheckpointText(note.text).head.size
        guard index.value < size else { return nil }
        let proof = try inclusionProof(of: index, treeSize: size, in: sql)
        return ProofBundle(
            domain: domain, entry: entry, blinding: blinding, commitment: commitment, index: index, path: proof.path,
            checkpoint: note.rendered)
    }
}
