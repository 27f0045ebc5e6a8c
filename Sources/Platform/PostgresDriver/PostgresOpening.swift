public import PortableSQL

extension Database {
    /// Opens a PostgreSQL database (14 or later, encoding UTF8) by a libpq connection string or URI.
    ///
    /// Several hosts may stand in it, and what it says goes before the settings made here. Throws `SQLError`:
    /// `connectionLost` when no server answers, `unsafeSettings` when the server would lose an acknowledged write
    /// or holds text in another encoding. No error repeats the string, which may hold a password.
    public static func postgreSQL(
        _ conninfo: String, limits: DatabaseLimits = DatabaseLimits()
    ) throws -> Database {
        try Database(engine: .postgreSQL, limits: limits) { role throws(SQLError) in
            try PostgresConnection(conninfo, role, limits)
        }
    }
}
