import CPostgreSQL
import Foundation
import PortableSQL

/// Opening of a libpq connection.
enum PostgresConnecting {
    /// Blocks until connected or given up. Throws `connectionLost`, or `badValue` for a string that libpq cannot read.
    static func connect(_ conninfo: String, _ role: SQLRole) throws(SQLError) -> OpaquePointer {
        try refuseUnreadable(conninfo)
        guard let connection = connect(settings(conninfo, role)) else {
            throw SQLError(.connectionLost, "libpq has no memory for a connection")
        }
        guard PQstatus(connection) == CONNECTION_OK else {
            // libpq names host, port, user and database here, never the password.
            let words = PQerrorMessage(connection).map { String(cString: $0) } ?? ""
            PQfinish(connection)
            throw SQLError(.connectionLost, words.split(whereSeparator: \.isNewline).joined(separator: " "))
        }
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        return connection
    }

    /// What stands before `dbname` can be overridden by the connection string, what stands after it cannot.
    private static func settings(_ conninfo: String, _ role: SQLRole) -> [(String, String)] {
        let attributes = role == .writer ? [("target_session_attrs", "read-write")] : []
        return attributes + [
            ("connect_timeout", "5"), ("keepalives_idle", "10"), ("keepalives_interval", "5"),
            ("keepalives_count", "3"), ("tcp_user_timeout", "10000"), ("dbname", conninfo), ("client_encoding", "UTF8"),
        ]
    }

    private static func connect(_ settings: [(String, String)]) -> OpaquePointer? {
        let keywords = settings.map { strdup($0.0) }
        let values = settings.map { strdup($0.1) }
        defer { (keywords + values).forEach { free($0) } }
        let end: [UnsafePointer<CChar>?] = [nil]
        return PQconnectdbParams(
            keywords.map { UnsafePointer($0) } + end, values.map { UnsafePointer($0) } + end, 1)
    }

    /// libpq quotes parts of a string that it cannot read: its message is dropped.
    private static func refuseUnreadable(_ conninfo: String) throws(SQLError) {
        var message: UnsafeMutablePointer<CChar>?
        let options = PQconninfoParse(conninfo, &message)
        defer {
            PQconninfoFree(options)
            PQfreemem(message)
        }
        if options == nil { throw SQLError(.badValue, "the PostgreSQL connection string cannot be read") }
    }
}
