/// An opaque identifier of one kind of thing: 128 random bits made by whoever creates the thing.
///
/// `Kind` is only a mark (`enum PersonKind {}`), so that the id of a card cannot stand where that of a person is meant.
/// The text is 32 lower-case hexadecimal digits.
public struct Identifier<Kind>: TextValue {
    private let high: UInt64
    private let low: UInt64

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The identifier of 16 bytes, first byte first. Throws `wrongLength` for any other number of bytes.
    public init(bytes: [UInt8]) throws(ValueError) {
        guard bytes.count == 16 else { throw ValueError(.wrongLength, "an identifier has 16 bytes") }
        self.init(high: bigEndian(bytes[..<8]), low: bigEndian(bytes[8...]))
    }

    /// The identifier of 32 lower-case hexadecimal digits; any other text is refused.
    public init(_ text: String) throws(ValueError) {
        guard text.utf8.count == 32 else { throw ValueError(.wrongLength, "an identifier has 32 digits") }
        guard text.utf8.allSatisfy({ !(0x41...0x5A).contains($0) }) else {
            throw ValueError(.wrongCharacter, "an identifier is written in lower case")
        }
        try self.init(bytes: [UInt8](hex: text))
    }

    /// A new identifier from the given generator (a seeded one in tests and in the demo nation).
    public static func random(using generator: inout some RandomNumberGenerator) -> Identifier {
        let high = generator.next()
        return Identifier(high: high, low: generator.next())
    }

    /// A new identifier from the system's generator.
    public static func random() -> Identifier {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    /// The 16 bytes, first byte first.
    public var bytes: [UInt8] {
        [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) } }
    }

    /// 32 lower-case hexadecimal digits.
    public var text: String { bytes.hex }
}

extension Identifier: Comparable {
    /// The order of the bytes; it says nothing about age.
    public static func < (left: Identifier, right: Identifier) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

private func bigEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
}
