import Foundation

/// Something that is searched: a row, a file, a message, a line of a log.
struct Searched: Sendable {
    /// The institution, the endpoint, or `log`.
    let room: String
    /// The table, `request`, `answer`, or the file.
    let place: String
    let bytes: [UInt8]

    init(_ room: String, _ place: String, _ bytes: [UInt8]) {
        self.room = room
        self.place = place
        self.bytes = bytes
    }
}

/// A value that was found, and where.
struct Finding: Hashable, Sendable, CustomStringConvertible {
    let kind: NeedleKind
    let person: String
    let encoding: String
    let room: String
    let place: String

    var description: String { "\(kind.rawValue) of \(person) (\(encoding)) in \(room), \(place)" }
}

/// Looks for many needles at once, also in what is base64 or deflated inside.
final class Haystack {
    private let needles: [Needle]
    /// Needles by their first three bytes.
    private var byPrefix: [Int: [Int]] = [:]
    private let isPrefix: UnsafeMutableBufferPointer<Bool>
    /// How many layers of base64 and deflate are taken off.
    static let deepest = 3

    init(_ needles: [Needle]) {
        self.needles = needles
        isPrefix = .allocate(capacity: 1 << 24)
        isPrefix.initialize(repeating: false)
        for (index, needle) in needles.enumerated() {
            let key = Int(needle.bytes[0]) << 16 | Int(needle.bytes[1]) << 8 | Int(needle.bytes[2])
            byPrefix[key, default: []].append(index)
            isPrefix[key] = true
        }
    }

    deinit { isPrefix.deallocate() }

    /// Every value found; a birth date only beside another value of the same person.
    func findings(in all: [Searched]) -> Set<Finding> {
        var found: Set<Finding> = []
        for one in all {
            let hits = hits(in: one.bytes).map { needles[$0] }
            let others = Set(hits.filter { $0.kind != .birthDate }.map(\.person))
            for hit in hits where hit.kind != .birthDate || others.contains(hit.person) {
                found.insert(
                    Finding(
                        kind: hit.kind, person: hit.person, encoding: hit.encoding, room: one.room, place: one.place))
            }
        }
        return found
    }

    private func hits(in bytes: [UInt8], depth: Int = 0) -> Set<Int> {
        var found = direct(bytes)
        guard depth < Self.deepest else { return found }
        for inner in Layers.inside(bytes) { found.formUnion(hits(in: inner, depth: depth + 1)) }
        return found
    }

    private func direct(_ bytes: [UInt8]) -> Set<Int> {
        var found: Set<Int> = []
        bytes.withUnsafeBufferPointer { text in
            guard text.count >= 3 else { return }
            var key = Int(text[0]) << 8 | Int(text[1])
            var position = 2
            while position < text.count {
                key = (key << 8 | Int(text[position])) & 0xFF_FFFF
                if isPrefix[key] { found.formUnion(matches(text, at: position - 2, key)) }
                position += 1
            }
        }
        return found
    }

    private func matches(_ text: UnsafeBufferPointer<UInt8>, at start: Int, _ key: Int) -> [Int] {
        (byPrefix[key] ?? []).filter { index in
            let bytes = needles[index].bytes
            guard start + bytes.count <= text.count else { return false }
            return bytes.indices.allSatisfy { text[start + $0] == bytes[$0] }
        }
    }
}

/// What lies inside bytes under a layer that can be taken off.
enum Layers {
    static func inside(_ bytes: [UInt8]) -> [[UInt8]] { base64Runs(bytes) + deflated(bytes) }

    private static func deflated(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.indices.dropLast(8).compactMap { index in
            guard bytes[index] == 0x78 || bytes[index] == 0x1F else { return nil }
            return Inflater.contents(of: bytes, at: index)
        }
    }

    /// The contents of every run of 24 or more base64 characters of either alphabet.
    private static func base64Runs(_ bytes: [UInt8]) -> [[UInt8]] {
        var (runs, start): ([[UInt8]], Int?) = ([], nil)
        for index in 0...bytes.count {
            if index < bytes.count, isBase64[Int(bytes[index])] {
                start = start ?? index
            } else if let from = start {
                if index - from >= 24, let run = decoded(bytes[from..<index]) { runs.append(run) }
                start = nil
            }
        }
        return runs
    }

    private static func decoded(_ run: ArraySlice<UInt8>) -> [UInt8]? {
        let usable = run.count % 4 == 1 ? run.dropLast() : run
        let text = String(decoding: usable, as: UTF8.self).replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: text + padding).map { Array($0) }
    }

    private static let isBase64: [Bool] = (0..<256).map { byte in
        switch UInt8(byte) {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2F, 0x5F: true
        default: false
        }
    }
}
