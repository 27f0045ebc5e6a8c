/// The place of a complete subtree: at `level` it spans 2^level leaves, from `index * 2^level`.
public struct NodePosition: Hashable, Sendable {
    /// 0 for leaves, up to 62.
    public let level: Int
    /// Counted from the left, from 0.
    public let index: Int64

    /// Names a place; whether the tree reaches it is the reader's question.
    public init(level: Int, index: Int64) {
        self.level = level
        self.index = index
    }

    /// The number of leaves before the subtree's end: the tree must have at least so many.
    var end: Int64 { (index + 1) << Int64(level) }
}

/// Reads hashes of complete subtrees: a store's rows, downloaded tiles, or a test's array.
public protocol NodeReader {
    /// The hash at a position. Throws `storeIncomplete`, or the reader's own error.
    func hash(at position: NodePosition) throws -> LogHash
    /// `count` hashes of one level from `first` on, in order.
    func hashes(level: Int, from first: Int64, count: Int) throws -> [LogHash]
}

extension NodeReader {
    /// The hashes of so many nodes of a level, from the first on.
    public func hashes(level: Int, from first: Int64, count: Int) throws -> [LogHash] {
        try (0..<count).map { try hash(at: NodePosition(level: level, index: first + Int64($0))) }
    }
}

/// The arithmetic of RFC 9162 §2.1: which complete subtrees cover a range.
enum TreeShape {
    /// The largest power of two smaller than `size`, for a size of 2 or more.
    static func split(_ size: Int64) -> Int64 {
        1 << Int64(Int64.bitWidth - 1 - (size - 1).leadingZeroBitCount)
    }

    /// The complete subtrees, from left to right, that cover leaves `start ..< start + count`, where `start` is a
    /// multiple of the smallest power of two that is at least `count` (true of every range in a proof).
    static func cover(_ start: Int64, _ count: Int64) -> [NodePosition] {
        var positions: [NodePosition] = []
        var from = start
        var left = count
        while left > 0 {
            let level = Int64.bitWidth - 1 - left.leadingZeroBitCount
            positions.append(NodePosition(level: level, index: from >> Int64(level)))
            from += 1 << Int64(level)
            left -= 1 << Int64(level)
        }
        return positions
    }

    /// Joins the roots of a cover, from the right: the Merkle tree hash of the whole range.
    static func join(_ hashes: [LogHash]) -> LogHash {
        guard var root = hashes.last else { return .emptyRoot }
        for hash in hashes.dropLast().reversed() { root = .node(hash, root) }
        return root
    }

    /// The Merkle tree hash of a range as `cover` takes it.
    static func root(_ start: Int64, _ count: Int64, _ reader: some NodeReader) throws -> LogHash {
        join(try cover(start, count).map { try reader.hash(at: $0) })
    }
}

extension TreeHead {
    /// The head that the tree had, or has, at a size. Throws `outOfRange`, or what the reader throws.
    public static func read(size: Int64, from reader: some NodeReader) throws -> TreeHead {
        guard size >= 0, size <= LeafIndex.maximumTreeSize else {
            throw VerifiableLogError(.outOfRange, "a tree has between 0 and 2^62 leaves")
        }
        return TreeHead(knownSize: size, root: try TreeShape.root(0, size, reader))
    }
}
