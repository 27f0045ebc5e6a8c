/// Applies migrations and keeps the record of those applied.
struct Migrator: Sendable {
    private let migrations: [Migration]

    init(_ migrations: [Migration]) { self.migrations = migrations }

    private static let record = Migration(
        "000 migrations",
        """
        CREATE TABLE IF NOT EXISTS schema_migrations (
          id text NOT NULL PRIMARY KEY,
          position int64 NOT NULL UNIQUE,
          fingerprint text NOT NULL
        );
        """)

    /// Makes the table of applied migrations. Two processes may meet here on PostgreSQL: then run it again.
    func makeRecord(_ writer: SQLWriter) throws(SQLError) {
        try apply(Self.record, writer)
    }

    /// Applies what is missing. Throws `migration` when the database does not fit the list.
    func run(_ writer: SQLWriter) throws(SQLError) {
        try refuseRepeatedIds()
        if writer.engine == .postgreSQL {
            // No snapshot is taken before the lock is had: who waited here sees what the other process applied.
            try writer.context.script(
                "SET LOCAL statement_timeout = 0; LOCK TABLE schema_migrations IN ACCESS EXCLUSIVE MODE")
        }
        let applied = try writer.rows("SELECT id, fingerprint FROM schema_migrations ORDER BY position")
        try check(applied)
        let ids = Set(try applied.map { row throws(SQLError) in try row.text("id") })
        for (offset, migration) in migrations.filter({ !ids.contains($0.id) }).enumerated() {
            try apply(migration, writer)
            try writer.execute(
                "INSERT INTO schema_migrations (id, position, fingerprint) VALUES ($1, $2, $3)",
                migration.id, applied.count + offset, migration.fingerprint)
        }
    }

    private func refuseRepeatedIds() throws(SQLError) {
        var seen: Set<String> = []
        for migration in migrations where !seen.insert(migration.id).inserted {
            throw SQLError(.migration, "two migrations are named \"\(migration.id)\"")
        }
    }

    private func check(_ applied: [SQLRow]) throws(SQLError) {
        for row in applied {
            let id = try row.text("id")
            guard let migration = migrations.first(where: { $0.id == id }) else {
                throw SQLError(.migration, "the database is newer than this program: it has the migration \"\(id)\"")
            }
            guard try row.text("fingerprint") == migration.fingerprint else {
                throw SQLError(
                    .migration, "the migration \"\(id)\" was edited after it had been applied; add a new one instead")
            }
        }
    }

    private func apply(_ migration: Migration, _ writer: SQLWriter) throws(SQLError) {
        for text in migration.statements {
            try writer.context.script(MigrationText(text).translated(for: writer.engine))
        }
    }
}
