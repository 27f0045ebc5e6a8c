import CPostgreSQL
import PortableSQL

extension SQLError {
    /// PostgreSQL's error by its SQLSTATE. Source: PostgreSQL documentation, appendix A.
    init(postgres result: OpaquePointer?, _ role: SQLRole) {
        let state = Self.field(result, "C") ?? ""
        switch state {
        case "23505":
            self.init(.uniqueViolation, "PostgreSQL 23505", constraint: Self.field(result, "n"))
        case "23502":
            let names = [Self.field(result, "t"), Self.field(result, "c")].compactMap(\.self)
            self.init(.notNullViolation, "PostgreSQL 23502", constraint: names.joined(separator: "."))
        case "23503":
            self.init(.foreignKeyViolation, "PostgreSQL 23503")
        case "23514":
            self.init(.checkViolation, "PostgreSQL 23514", constraint: Self.field(result, "n"))
        default:
            self.init(Self.code(state, role), Self.reason(state, result))
        }
    }

    private static func code(_ state: String, _ role: SQLRole) -> Code {
        switch state {
        case "40001", "40P01", "55P03": .conflict
        case "40003", "08007": .unknownOutcome
        case "57014": .busy
        case "08P01": .statement
        case "42804": .badValue
        // A writer on a server that is now a standby must find the new primary.
        case "25006": role == .writer ? .connectionLost : .statement
        case "25P03", "57P01", "57P02", "57P03", "53300": .connectionLost
        default: byClass(state)
        }
    }

    private static func byClass(_ state: String) -> Code {
        switch state.prefix(2) {
        case "08": .connectionLost
        case "22": .badValue
        default: .statement
        }
    }

    /// Messages of class 42 (syntax, names, types) speak of the statement only; others may quote a value.
    private static func reason(_ state: String, _ result: OpaquePointer?) -> String {
        let message = state.hasPrefix("42") ? field(result, "M").map { ": \($0)" } : nil
        return "PostgreSQL \(state)\(message ?? "")"
    }

    /// A field by its letter. Source: PostgreSQL documentation, "Error and Notice Message Fields".
    private static func field(_ result: OpaquePointer?, _ letter: Unicode.Scalar) -> String? {
        PQresultErrorField(result, Int32(letter.value)).map { String(cString: $0) }
    }
}
