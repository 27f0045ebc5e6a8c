/// Writes an entry as its fields in order, each with its length before it (UInt32, big-endian, bytes).
///
/// One list of fields gives one byte string and back; no field can run into the next.
public struct EntryEncoder: Sendable {
    /// What has been written so far.
    public private(set) var bytes: [UInt8] = []

    /// An entry without fields.
    public init() {}

    /// Adds a field of bytes. A field longer than 2^32 - 1 bytes cannot be made.
    public func adding(_ field: [UInt8]) -> EntryEncoder {
        var next = self
        next.bytes += BigEndian.bytes(UInt32(clamping: field.count))
        next.bytes += field
        return next
    }

    /// Adds a field of text as UTF-8.
    public func adding(_ text: String) -> EntryEncoder { adding([UInt8](text.utf8)) }

    /// Adds a field of 8 bytes: the number in two's complement, big-endian.
    public func adding(_ number: Int64) -> EntryEncoder {
        adding(BigEndian.bytes(UInt64(bitPattern: number)))
    }

    /// The fields of an entry. Throws `malformed` when a length points past the end or bytes are left over.
    public static func fields(of entry: [UInt8]) throws(VerifiableLogError) -> [[UInt8]] {
        var fields: [[UInt8]] = []
        var rest = entry[...]
        while !rest.isEmpty {
            guard rest.count >= 4 else { throw VerifiableLogError(.malformed, "an entry ends inside a length") }
            let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            guard rest.count >= count else { throw VerifiableLogError(.malformed, "an entry ends inside a field") }
            fields.append([UInt8](rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return fields
    }

    /// The number in a field that `adding(_: Int64)` wrote. Throws `malformed`.
    public static func number(in field: [UInt8]) throws(VerifiableLogError) -> Int64 {
        guard field.count == 8 else { throw VerifiableLogError(.malformed, "a number has 8 bytes") }
        return Int64(bitPattern: field.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}

/// Numbers as bytes, the most significant first.
enum BigEndian {
    static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { [UInt8]($0) }
    }
}
