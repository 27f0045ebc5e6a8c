/// Inflates DEFLATE data (RFC 1951) for the search of what is hidden in gzip or zlib; nil when it is none.
struct Inflater {
    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var bitBuffer: UInt32 = 0
    private var bitCount = 0
    private var output: [UInt8] = []
    /// Bytes of output after which the rest is not looked at.
    static let largestOutputBytes = 4 << 20

    /// What a gzip member (RFC 1952) or a zlib stream (RFC 1950) that begins at `start` holds.
    static func contents(of bytes: [UInt8], at start: Int) -> [UInt8]? {
        let rest = bytes[start...]
        if rest.starts(with: [0x1F, 0x8B, 0x08]) { return gzipBody(rest).flatMap(inflated) }
        guard rest.count > 6, rest[start] == 0x78, [0x01, 0x5E, 0x9C, 0xDA].contains(rest[start + 1]) else {
            return nil
        }
        return inflated(rest[(start + 2)...])
    }

    private static func gzipBody(_ member: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard member.count > 18 else { return nil }
        let flags = member[member.startIndex + 3]
        var rest = member.dropFirst(10)
        if flags & 4 != 0 {
            guard rest.count > 2 else { return nil }
            rest = rest.dropFirst(2 + Int(rest[rest.startIndex]) + Int(rest[rest.startIndex + 1]) << 8)
        }
        for bit in [UInt8(8), 16] where flags & bit != 0 {
            guard let end = rest.firstIndex(of: 0) else { return nil }
            rest = rest[(end + 1)...]
        }
        return flags & 2 != 0 ? rest.dropFirst(2) : rest
    }

    private static func inflated(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var inflater = Inflater(bytes)
        return inflater.run()
    }

    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    private mutating func run() -> [UInt8]? {
        var isLast = false
        while !isLast, output.count < Self.largestOutputBytes {
            guard let last = bits(1), let type = bits(2) else { return nil }
            isLast = last == 1
            switch type {
            case 0: guard stored() else { return nil }
            case 1: guard coded(.fixedLiterals, .fixedDistances) else { return nil }
            case 2:
                guard let (literals, distances) = tables(), coded(literals, distances) else { return nil }
            default: return nil
            }
        }
        return output
    }

    private mutating func bits(_ count: Int) -> Int? {
        while bitCount < count {
            guard position < bytes.endIndex else { return nil }
            bitBuffer |= UInt32(bytes[position]) << UInt32(bitCount)
            position += 1
            bitCount += 8
        }
        let value = bitBuffer & ((1 << UInt32(count)) - 1)
        bitBuffer >>= UInt32(count)
        bitCount -= count
        return Int(value)
    }

    private mutating func stored() -> Bool {
        bitBuffer = 0
        bitCount = 0
        guard bytes.endIndex - position >= 4 else { return false }
        let length = Int(bytes[position]) | Int(bytes[position + 1]) << 8
        guard length ^ 0xFFFF == Int(bytes[position + 2]) | Int(bytes[position + 3]) << 8 else { return false }
        position += 4
        guard bytes.endIndex - position >= length else { return false }
        output += bytes[position..<(position + length)]
        position += length
        return true
    }

    private mutating func symbol(_ code: HuffmanCode) -> Int? {
        var (value, first, index) = (0, 0, 0)
        for length in 1...15 {
            guard let bit = bits(1) else { return nil }
            value |= bit
            let count = code.counts[length]
            if value - count < first { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        return nil
    }

    private mutating func coded(_ literals: HuffmanCode, _ distances: HuffmanCode) -> Bool {
        while output.count < Self.largestOutputBytes {
            guard let symbol = symbol(literals) else { return false }
            if symbol < 256 {
                output.append(UInt8(symbol))
            } else if symbol == 256 {
                return true
            } else {
                guard symbol < 286, copy(symbol - 257, distances) else { return false }
            }
        }
        return true
    }

    private mutating func copy(_ lengthSymbol: Int, _ distances: HuffmanCode) -> Bool {
        guard let extra = bits(Self.lengthExtra[lengthSymbol]), let symbol = symbol(distances), symbol < 30,
            let more = bits(Self.distanceExtra[symbol])
        else { return false }
        let distance = Self.distanceBase[symbol] + more
        guard distance <= output.count else { return false }
        for _ in 0..<(Self.lengthBase[lengthSymbol] + extra) { output.append(output[output.count - distance]) }
        return true
    }

    private mutating func tables() -> (HuffmanCode, HuffmanCode)? {
        guard let literals = bits(5), let distances = bits(5), let lengths = bits(4) else { return nil }
        var sizes = [Int](repeating: 0, count: 19)
        for index in 0..<(lengths + 4) {
            guard let size = bits(3) else { return nil }
            sizes[Self.order[index]] = size
        }
        guard let all = codeLengths(literals + 257 + distances + 1, HuffmanCode(sizes)) else { return nil }
        return (HuffmanCode(Array(all[..<(literals + 257)])), HuffmanCode(Array(all[(literals + 257)...])))
    }

    private mutating func codeLengths(_ count: Int, _ code: HuffmanCode) -> [Int]? {
        var lengths: [Int] = []
        while lengths.count < count {
            guard let symbol = symbol(code) else { return nil }
            switch symbol {
            case 16:
                guard let last = lengths.last, let more = bits(2) else { return nil }
                lengths += [Int](repeating: last, count: 3 + more)
            case 17:
                guard let more = bits(3) else { return nil }
                lengths += [Int](repeating: 0, count: 3 + more)
            case 18:
                guard let more = bits(7) else { return nil }
                lengths += [Int](repeating: 0, count: 11 + more)
            default: lengths.append(symbol)
            }
        }
        return lengths.count == count ? lengths : nil
    }

    private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengthBase = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthExtra = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBase = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577,
    ]
    private static let distanceExtra = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ]
}

/// A canonical Huffman code (RFC 1951 §3.2.2): how many codes of each length, and the symbols in the codes' order.
private struct HuffmanCode {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(_ lengths: [Int]) {
        for length in lengths where length > 0 { counts[length] += 1 }
        for length in 1...15 { symbols += lengths.indices.filter { lengths[$0] == length } }
    }

    static let fixedLiterals = HuffmanCode(
        [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112) + [Int](repeating: 7, count: 24)
            + [Int](repeating: 8, count: 8))
    static let fixedDistances = HuffmanCode([Int](repeating: 5, count: 30))
}
