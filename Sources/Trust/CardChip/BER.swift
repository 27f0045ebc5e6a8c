/// Writes data objects: tag, length, value.
///
/// Source: ISO/IEC 8825-1 (definite lengths, as few bytes as fit), ISO/IEC 7816-4 §5.2.2.
enum BER {
    static func object(_ tag: UInt16, _ value: [UInt8]) -> [UInt8] {
        let name = tag > 0xFF ? [UInt8(tag >> 8), UInt8(tag & 0xFF)] : [UInt8(tag)]
        return name + length(value.count) + value
    }

    /// The length field; values on the card have at most 65535 bytes.
    static func length(_ count: Int) -> [UInt8] {
        switch count {
        case ..<0x80: [UInt8(count)]
        case ..<0x100: [0x81, UInt8(count)]
        default: [0x82, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
        }
    }

    /// A file whose first object is a table of where the other ones start, counted in bytes from the start of the file,
    /// two bytes each.
    ///
    /// - Returns: the file, and the part of its value behind the table.
    static func file(_ tag: UInt16, table: UInt16, objects: [[UInt8]]) -> (file: [UInt8], behindTable: [UInt8]) {
        let tableCount = 3 + 2 * objects.count
        let body = objects.flatMap { $0 }
        var position = 2 + length(tableCount + body.count).count + tableCount
        var offsets: [UInt8] = []
        for object in objects {
            offsets += [UInt8(truncatingIfNeeded: position >> 8), UInt8(truncatingIfNeeded: position)]
            position += object.count
        }
        return (Self.object(tag, Self.object(table, offsets) + body), body)
    }
}
