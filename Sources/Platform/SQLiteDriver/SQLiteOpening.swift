public import PortableSQL

extension Database {
    /// Opens or makes the SQLite database in the file `path`, readable by its owner only.
    ///
    /// Refuses to start, with `SQLError` (`unsafeSettings`), when WAL, full synchronisation or foreign keys cannot be
    /// had: an acknowledged write survives loss of power.
    public static func sqlite(at path: String, limits: DatabaseLimits = DatabaseLimits()) throws -> Database {
        try SQLiteConnection.makeFile(path)
        return try Database(engine: .sqlite, limits: limits) { role throws(SQLError) in
            try SQLiteConnection(path, role, busyMilliseconds: limits.maxRetryMilliseconds)
        }
    }
}
