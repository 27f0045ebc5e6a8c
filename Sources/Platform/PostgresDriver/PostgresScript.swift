import CPostgreSQL
package import PortableSQL

/// Statements that PostgreSQL does not allow in a transaction, such as CREATE DATABASE.
package enum PostgresScript {
    /// Runs each text on a connection of its own making. Blocks. Throws `SQLError`.
    package static func run(_ texts: [String], at conninfo: String) throws(SQLError) {
        let connection = try PostgresConnecting.connect(conninfo, .reader)
        defer { PQfinish(connection) }
        for text in texts {
            let result = PQexec(connection, text)
            defer { PQclear(result) }
            guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw SQLError(postgres: result, .writer) }
        }
    }
}
