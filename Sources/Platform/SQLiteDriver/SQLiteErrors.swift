import Foundation
import GRDB
import PortableSQL

extension SQLError {
    /// SQLite's error by its extended result code. Source: https://sqlite.org/rescode.html
    init(sqlite error: any Error) {
        guard let error = error as? DatabaseError else {
            self.init(.statement, "SQLite could not run the statement")
            return
        }
        let code = Self.code(error)
        let names = error.message.flatMap(Self.namesAfterColon)
        let isConstraint = error.resultCode == .SQLITE_CONSTRAINT
        self.init(code, Self.reason(error), constraint: isConstraint ? names : nil)
    }

    private static func code(_ error: DatabaseError) -> Code {
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID: .uniqueViolation
        case .SQLITE_CONSTRAINT_FOREIGNKEY: .foreignKeyViolation
        case .SQLITE_CONSTRAINT_CHECK: .checkViolation
        case .SQLITE_CONSTRAINT_NOTNULL: .notNullViolation
        case .SQLITE_CONSTRAINT_DATATYPE: .badValue
        // Several connections open a new file at once: another one has deleted the journal.
        case .SQLITE_IOERR_DELETE_NOENT: .conflict
        default: primaryCode(error)
        }
    }

    private static func primaryCode(_ error: DatabaseError) -> Code {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: .conflict
        case .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CANTOPEN, .SQLITE_FULL: .connectionLost
        case .SQLITE_MISMATCH, .SQLITE_TOOBIG, .SQLITE_RANGE: .badValue
        default: .statement
        }
    }

    /// Constraint messages name tables and columns only; other messages may quote the statement, never a value.
    private static func reason(_ error: DatabaseError) -> String {
        let message = error.message ?? ""
        return "SQLite \(error.extendedResultCode.rawValue): \(message)"
    }

    /// "UNIQUE constraint failed: account.name, account.realm" names what comes after the colon.
    private static func namesAfterColon(_ message: String) -> String? {
        guard let colon = message.range(of: ": ") else { return nil }
        return String(message[colon.upperBound...])
    }
}
