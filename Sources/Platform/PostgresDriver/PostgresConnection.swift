import CPostgreSQL
import PortableSQL

/// One libpq connection with blocking calls, used by one thread.
final class PostgresConnection: SQLConnection {
    private struct Key: Hashable {
        let statement: String
        let types: [Oid]
    }

    private let connection: OpaquePointer
    private let role: SQLRole
    private var prepared: [Key: String] = [:]
    private var constraints: [String: String] = [:]
    private static let maxPreparedStatementsCount = 1_000

    init(_ conninfo: String, _ role: SQLRole, _ limits: DatabaseLimits) throws(SQLError) {
        connection = try PostgresConnecting.connect(conninfo, role)
        self.role = role
        do {
            try setUp(limits)
        } catch {
            PQfinish(connection)
            throw error
        }
    }

    private func setUp(_ limits: DatabaseLimits) throws(SQLError) {
        try script(
            """
            SET statement_timeout = \(limits.maxStatementMilliseconds);
            SET lock_timeout = \(limits.maxRetryMilliseconds);
            SET idle_in_transaction_session_timeout = \(limits.maxStatementMilliseconds);
            """)
        let settings = try run(
            """
            SELECT current_setting('server_encoding') AS encoding, current_setting('synchronous_commit') AS durability
            """, []
        ).rows.first
        guard try settings?.text("encoding") == "UTF8" else {
            throw SQLError(.unsafeSettings, "the database's encoding is not UTF8")
        }
        guard try settings?.text("durability") != "off" else {
            throw SQLError(.unsafeSettings, "synchronous_commit is off")
        }
    }

    // MARK: - SQLConnection

    func run(_ statement: String, _ arguments: [SQLValue]) throws(SQLError) -> SQLAnswer {
        let name = try prepare(statement, arguments)
        let result = PostgresArguments(arguments).execute(name, connection)
        defer { PQclear(result) }
        try check(result)
        return try PostgresRows.answer(result)
    }

    func script(_ text: String) throws(SQLError) {
        let result = PQexec(connection, text)
        defer { PQclear(result) }
        try check(result)
    }

    func commit() throws(SQLError) {
        let result = PQexec(connection, "COMMIT")
        defer { PQclear(result) }
        do {
            try check(result)
        } catch {
            throw error.code == .connectionLost ? SQLError(.unknownOutcome, error.reason) : error
        }
        // The server answers a COMMIT of a failed transaction with ROLLBACK, and without an error.
        guard let tag = PQcmdStatus(result), String(cString: tag) == "COMMIT" else {
            throw SQLError(.conflict, "the server rolled the transaction back")
        }
    }

    func explained(_ error: SQLError) -> SQLError {
        guard error.code == .uniqueViolation, let name = error.constraint else { return error }
        if constraints[name] == nil { constraints[name] = try? columns(ofIndex: name) }
        return SQLError(error.code, error.reason, constraint: constraints[name] ?? name)
    }

    func close() {
        PQfinish(connection)
    }

    // MARK: - Statements

    private func prepare(_ statement: String, _ arguments: [SQLValue]) throws(SQLError) -> String {
        let key = Key(statement: statement, types: arguments.map(\.oid))
        if let name = prepared[key] { return name }
        let count = SQLPlaceholders.highest(in: statement)
        guard count == arguments.count else {
            throw SQLError(.badValue, "\(arguments.count) arguments for \(count) placeholders")
        }
        if prepared.count >= Self.maxPreparedStatementsCount {
            try script("DEALLOCATE ALL")
            prepared = [:]
        }
        let name = "s\(prepared.count)"
        let result = PQprepare(connection, name, statement, Int32(key.types.count), key.types)
        defer { PQclear(result) }
        try check(result)
        prepared[key] = name
        return name
    }

    private func check(_ result: OpaquePointer?) throws(SQLError) {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return
        default: break
        }
        if PQstatus(connection) == CONNECTION_BAD {
            throw SQLError(.connectionLost, "the connection to PostgreSQL was lost")
        }
        throw SQLError(postgres: result, role)
    }

    /// "table.column, table.column" of a unique index, as SQLite names them.
    private func columns(ofIndex name: String) throws(SQLError) -> String {
        let parts = try run(
            """
            SELECT t.relname || '.' || a.attname AS part
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
              JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
            WHERE c.relname = $1 AND pg_table_is_visible(t.oid)
            ORDER BY array_position(i.indkey::int2[], a.attnum)
            """, [.text(name)]
        ).rows.map { row throws(SQLError) in try row.text("part") }
        return parts.isEmpty ? name : parts.joined(separator: ", ")
    }
}
