/// One piece of a log as it is published: up to 256 hashes of one level, or 256 entries.
///
/// Source: C2SP tlog-tiles (c2sp.org/tlog-tiles). A tile at level L holds the roots of subtrees of 256^L leaves.
public struct Tile: Hashable, Sendable {
    /// What a tile holds.
    public enum Kind: Hashable, Sendable {
        /// Hashes; the level is 0 to 7 in a tree of at most 2^62 leaves.
        case hashes(level: Int)
        /// The commitments themselves, each with its length before it (UInt16, big-endian).
        case entries
    }

    /// Hashes in a full tile.
    public static let fullWidth = 256
    static let height = 8
    static let levelCount = 8

    /// Hashes of which level, or entries.
    public let kind: Kind
    /// Counted from the left within the level.
    public let index: Int64
    /// 1 to 256; less than 256 is a partial tile.
    public let width: Int

    /// Names a tile. Throws `outOfRange` for what no tree can have.
    public init(_ kind: Kind, index: Int64, width: Int) throws(VerifiableLogError) {
        if case .hashes(let level) = kind, !(0..<Self.levelCount).contains(level) {
            throw VerifiableLogError(.outOfRange, "no tree has tiles of this level")
        }
        guard (1...Self.fullWidth).contains(width), index >= 0, index < 1 << 54 else {
            throw VerifiableLogError(.outOfRange, "no tree has this tile")
        }
        self.kind = kind
        self.index = index
        self.width = width
    }

    private init(known kind: Kind, _ index: Int64, _ width: Int) {
        self.kind = kind
        self.index = index
        self.width = width
    }

    /// All tiles of hashes of a tree, full and partial, level by level; lazily, since there are many.
    public static func all(treeSize: Int64) -> some Sequence<Tile> {
        (0..<levelCount).lazy.flatMap { level -> LazyMapSequence<Range<Int64>, Tile> in
            let hashes = max(treeSize, 0) >> Int64(height * level)
            let tiles = (hashes + Int64(fullWidth) - 1) / Int64(fullWidth)
            return (0..<tiles).lazy.map { index in
                Tile(known: .hashes(level: level), index, Int(min(hashes - index * Int64(fullWidth), Int64(fullWidth))))
            }
        }
    }

    /// True when a tree of this size has every hash or entry of the tile.
    public func isIn(treeSize: Int64) -> Bool {
        let available = max(treeSize, 0) >> Int64(Self.height * level)
        return index * Int64(Self.fullWidth) + Int64(width) <= available
    }

    var level: Int {
        switch kind {
        case .hashes(let level): level
        case .entries: 0
        }
    }

    /// `32 * width` bytes: the hashes one after the other. Throws what the reader throws.
    public func hashes(from reader: some NodeReader) throws -> [LogHash] {
        try reader.hashes(level: Self.height * level, from: index * Int64(Self.fullWidth), count: width)
    }
}

extension Tile {
    /// `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`, below the log's address.
    public var path: String {
        let name =
            switch kind {
            case .hashes(let level): String(level)
            case .entries: "entries"
            }
        return "tile/\(name)/\(Self.elements(index))" + (width < Self.fullWidth ? ".p/\(width)" : "")
    }

    /// Reads a path. Throws `malformed` or `outOfRange` for anything that `path` would not have written.
    public init(path: String) throws(VerifiableLogError) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, parts.count <= 10, parts.removeFirst() == "tile" else {
            throw VerifiableLogError(.malformed, "not the path of a tile")
        }
        let kind = try Self.kind(parts.removeFirst())
        var width = Self.fullWidth
        if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p"), let partial = Int(parts.removeLast()) {
            width = partial
            parts.append(String(parts.removeLast().dropLast(2)))
        }
        let digits = parts.map { $0.hasPrefix("x") ? String($0.dropFirst()) : $0 }.joined()
        guard let index = Int64(digits) else { throw VerifiableLogError(.malformed, "not the path of a tile") }
        try self.init(kind, index: index, width: width)
        guard self.path == path else { throw VerifiableLogError(.malformed, "not the path of a tile") }
    }

    private static func kind(_ name: String) throws(VerifiableLogError) -> Kind {
        if name == "entries" { return .entries }
        guard let level = Int(name) else { throw VerifiableLogError(.malformed, "not the level of a tile") }
        return .hashes(level: level)
    }

    /// 1234067 is written x001/x234/067.
    private static func elements(_ index: Int64) -> String {
        var rest = index
        var elements = [padded(rest % 1000)]
        while rest >= 1000 {
            rest /= 1000
            elements.append("x" + padded(rest % 1000))
        }
        return elements.reversed().joined(separator: "/")
    }

    private static func padded(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 3 - digits.count) + digits
    }

    /// The contents of an entry tile: each commitment after its length (UInt16, big-endian), 34 bytes an entry.
    public static func bundle(_ commitments: [Commitment]) -> [UInt8] {
        commitments.flatMap { BigEndian.bytes(UInt16(LogHash.byteCount)) + $0.bytes }
    }
}
