import CPostgreSQL
import PortableSQL

/// Types by their object ids. Source: PostgreSQL src/include/catalog/pg_type.dat
enum PostgresType {
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let char: Oid = 18
    static let name: Oid = 19
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let oid: Oid = 26
    static let unknown: Oid = 705
    static let bpchar: Oid = 1042
    static let varchar: Oid = 1043
    static let numeric: Oid = 1700
    static let void: Oid = 2278
}

extension SQLValue {
    /// The type that an argument is declared with; 0 lets the server find it.
    var oid: Oid {
        switch self {
        case .null: 0
        case .integer: PostgresType.int8
        case .text: PostgresType.text
        case .bytes: PostgresType.bytea
        }
    }

    /// The binary form; nil for NULL.
    fileprivate var binary: [UInt8]? {
        switch self {
        case .null: nil
        case .integer(let integer): withUnsafeBytes(of: integer.bigEndian) { Array($0) }
        case .text(let text): Array(text.utf8)
        case .bytes(let bytes): bytes
        }
    }
}

/// Arguments in binary form, for one call.
struct PostgresArguments {
    private var buffer: [UInt8] = []
    private var places: [(offset: Int, count: Int)?] = []

    init(_ arguments: [SQLValue]) {
        for argument in arguments {
            guard let binary = argument.binary else {
                places.append(nil)
                continue
            }
            places.append((buffer.count, binary.count))
            buffer += binary
        }
        // An empty value still needs an address: NULL is the absence of one.
        buffer.append(0)
    }

    func execute(_ name: String, _ connection: OpaquePointer) -> OpaquePointer? {
        let lengths = places.map { Int32($0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: places.count)
        return buffer.withUnsafeBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = places.map { place in place.flatMap { start?.advanced(by: $0.offset) } }
            return PQexecPrepared(connection, name, Int32(places.count), values, lengths, formats, 1)
        }
    }
}

/// Rows in binary form.
enum PostgresRows {
    static func answer(_ result: OpaquePointer?) throws(SQLError) -> SQLAnswer {
        let width = PQnfields(result)
        let names = (0..<width).map { PQfname(result, $0).map { String(cString: $0).lowercased() } ?? "" }
        let columns = SQLColumns(names)
        var rows: [SQLRow] = []
        for index in 0..<PQntuples(result) {
            var values: [SQLValue] = []
            for column in 0..<width { values.append(try value(result, index, column)) }
            rows.append(SQLRow(columns: columns, values: values))
        }
        let changed = width > 0 && rows.isEmpty ? 0 : changedRowsCount(result)
        return SQLAnswer(rows: rows, changedRowsCount: changed)
    }

    /// The number in tags such as "UPDATE 3"; a SELECT changes nothing.
    private static func changedRowsCount(_ result: OpaquePointer?) -> Int {
        guard let tag = PQcmdStatus(result).map({ String(cString: $0) }), !tag.hasPrefix("SELECT") else { return 0 }
        return PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
    }

    private static func value(_ result: OpaquePointer?, _ row: Int32, _ column: Int32) throws(SQLError) -> SQLValue {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
        switch PQftype(result, column) {
        case PostgresType.int8, PostgresType.int4, PostgresType.int2, PostgresType.bool:
            return .integer(signed(bytes))
        case PostgresType.text, PostgresType.varchar, PostgresType.bpchar, PostgresType.name, PostgresType.char,
            PostgresType.unknown:
            return .text(String(decoding: bytes, as: UTF8.self))
        case PostgresType.bytea: return .bytes(Array(bytes))
        case PostgresType.numeric: return .integer(try PostgresNumeric.integer(Array(bytes)))
        case PostgresType.oid: return .integer(Int64(UInt32(truncatingIfNeeded: signed(bytes))))
        case PostgresType.void: return .null
        case let other: throw SQLError(.badValue, "a column has the PostgreSQL type \(other), which is not used here")
        }
    }

    /// A big-endian two's-complement integer of 1 to 8 bytes.
    private static func signed(_ bytes: UnsafeRawBufferPointer) -> Int64 {
        var value: Int64 = bytes.first.map { $0 >= 0x80 ? -1 : 0 } ?? 0
        for byte in bytes { value = value << 8 | Int64(byte) }
        return value
    }
}

/// The binary form of `numeric`, which `sum(bigint)` gives.
/// Source: PostgreSQL src/backend/utils/adt/numeric.c, numeric_send: digits of base 10000.
enum PostgresNumeric {
    private static let negative: UInt16 = 0x4000

    /// The whole number in it. Throws `badValue` for a fraction, NaN, infinity or more than 64 bits.
    static func integer(_ bytes: [UInt8]) throws(SQLError) -> Int64 {
        let words = stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        guard words.count >= 4, words[2] == 0 || words[2] == negative else { throw notWhole }
        let weight = Int(Int16(bitPattern: words[1]))
        var value: Int64 = 0
        let digits = words[4...]
        for (place, digit) in digits.enumerated() where place > weight && digit != 0 { throw notWhole }
        guard weight < 5 else { throw notWhole }
        for place in 0..<max(weight + 1, 0) {
            let digit = place < digits.count ? Int64(digits[digits.startIndex + place]) : 0
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10_000)
            let (sum, overflowedSum) = product.subtractingReportingOverflow(digit)
            guard !overflowed, !overflowedSum else { throw notWhole }
            value = sum
        }
        if words[2] == negative { return value }
        guard value != .min else { throw notWhole }
        return -value
    }

    private static var notWhole: SQLError { SQLError(.badValue, "a number is not a whole number of 64 bits") }
}
