/// The roots of the complete subtrees at the right edge of a tree, the largest first: all that is needed to append.
///
/// A tree of `size` leaves has one per bit of `size` that is set, so at most 62.
struct Frontier: Hashable, Sendable {
    private(set) var size: Int64
    private(set) var roots: [LogHash]

    static let empty = Frontier(size: 0, roots: [])

    private init(size: Int64, roots: [LogHash]) {
        self.size = size
        self.roots = roots
    }

    /// Reads what `bytes` wrote. Throws `storeIncomplete` when size and bytes do not belong together.
    init(size: Int64, bytes: [UInt8]) throws(VerifiableLogError) {
        guard size >= 0, size <= LeafIndex.maximumTreeSize,
            bytes.count == size.nonzeroBitCount * LogHash.byteCount
        else {
            throw VerifiableLogError(.storeIncomplete, "the tree's edge does not fit its size")
        }
        var roots: [LogHash] = []
        for start in stride(from: 0, to: bytes.count, by: LogHash.byteCount) {
            roots.append(try LogHash(bytes: [UInt8](bytes[start..<start + LogHash.byteCount])))
        }
        self.init(size: size, roots: roots)
    }

    var bytes: [UInt8] { roots.flatMap(\.bytes) }
    var head: TreeHead { TreeHead(knownSize: size, root: TreeShape.join(roots)) }

    /// Adds a leaf and returns the interior nodes that it completes, from the lowest up.
    mutating func append(_ leaf: LogHash) -> [(position: NodePosition, hash: LogHash)] {
        var completed: [(position: NodePosition, hash: LogHash)] = []
        var hash = leaf
        var level = 0
        while size >> Int64(level) & 1 == 1, let left = roots.popLast() {
            hash = .node(left, hash)
            level += 1
            completed.append((NodePosition(level: level, index: size >> Int64(level)), hash))
        }
        roots.append(hash)
        size += 1
        return completed
    }
}
