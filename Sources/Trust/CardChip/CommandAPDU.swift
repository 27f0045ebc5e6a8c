public import Values

/// A command to the chip, in the short or the extended form.
///
/// Source: ISO/IEC 7816-3 section 12 (cases 1 to 4), ISO/IEC 7816-4 section 5.
public struct CommandAPDU: Hashable, Sendable, Redacting {
    /// Class byte.
    public let cla: UInt8
    /// Instruction byte.
    public let ins: UInt8
    /// First parameter.
    public let p1: UInt8
    /// Second parameter.
    public let p2: UInt8
    /// Command data, 0 to 65535 bytes.
    public let data: [UInt8]
    /// How many bytes the terminal is ready to receive, 1 to 65536; nil when it expects none.
    public let expected: Int?

    /// A command; data beyond 65535 bytes are refused when it is written as bytes.
    public init(cla: UInt8, ins: UInt8, p1: UInt8, p2: UInt8, data: [UInt8] = [], expected: Int? = nil) {
        self.cla = cla
        self.ins = ins
        self.p1 = p1
        self.p2 = p2
        self.data = data
        self.expected = expected
    }

    /// Reads a command; throws 6700 when lengths and bytes do not agree.
    public init(parsing bytes: [UInt8]) throws(StatusWord) {
        guard bytes.count >= 4 else { throw .wrongLength }
        let body = bytes[4...]
        let (data, expected) = try body.count > 2 && body[4] == 0 ? Self.extended(body) : Self.short(body)
        self.init(
            cla: bytes[0], ins: bytes[1], p1: bytes[2], p2: bytes[3], data: data, expected: expected)
    }

    private static func short(_ body: ArraySlice<UInt8>) throws(StatusWord) -> ([UInt8], Int?) {
        guard let first = body.first else { return ([], nil) }
        if body.count == 1 { return ([], first == 0 ? 256 : Int(first)) }
        let length = Int(first)
        guard length > 0 else { throw .wrongLength }
        let rest = body.dropFirst()
        if rest.count == length { return (Array(rest), nil) }
        guard rest.count == length + 1, let last = rest.last else { throw .wrongLength }
        return (Array(rest.prefix(length)), last == 0 ? 256 : Int(last))
    }

    private static func extended(_ body: ArraySlice<UInt8>) throws(StatusWord) -> ([UInt8], Int?) {
        let length = number(body.dropFirst().prefix(2))
        let rest = body.dropFirst(3)
        if rest.isEmpty { return ([], length == 0 ? 65536 : length) }
        guard length > 0 else { throw .wrongLength }
        if rest.count == length { return (Array(rest), nil) }
        guard rest.count == length + 2 else { throw .wrongLength }
        let expected = number(rest.suffix(2))
        return (Array(rest.prefix(length)), expected == 0 ? 65536 : expected)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    /// The command as it goes to the chip: the short form when it fits, otherwise the extended form.
    public var bytes: [UInt8] {
        let header = [cla, ins, p1, p2]
        if data.count <= 255 && (expected ?? 0) <= 256 {
            let length = data.isEmpty ? [] : [UInt8(data.count)]
            let tail = expected.map { [UInt8(truncatingIfNeeded: $0)] } ?? []
            return header + length + data + tail
        }
        let length = data.isEmpty ? [] : Self.twoBytes(data.count)
        return header + [0] + length + data + (expected.map(Self.twoBytes) ?? [])
    }

    private static func twoBytes(_ number: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
    }
}
