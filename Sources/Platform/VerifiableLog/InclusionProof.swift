/// Proof that a leaf is in a tree: the hashes beside the path from the leaf to the root, the lowest first.
///
/// Source: RFC 9162 §2.1.3.
public struct InclusionProof: Hashable, Sendable {
    /// The longest path that any tree needs.
    public static let maximumPathLength = 63
    /// The leaf's place.
    public let index: LeafIndex
    /// The size of the tree that the proof is for.
    public let treeSize: Int64
    /// The hashes beside the path, the lowest first.
    public let path: [LogHash]

    /// Takes a received proof. Throws `outOfRange` when the leaf is not in the tree or the path has the wrong length.
    public init(index: LeafIndex, treeSize: Int64, path: [LogHash]) throws(VerifiableLogError) {
        guard treeSize <= LeafIndex.maximumTreeSize, index.value < treeSize else {
            throw VerifiableLogError(.outOfRange, "the leaf is outside the tree")
        }
        guard path.count == Self.siblings(of: index.value, in: treeSize).count else {
            throw VerifiableLogError(.outOfRange, "the path has another length than the tree asks for")
        }
        self.index = index
        self.treeSize = treeSize
        self.path = path
    }

    /// Makes the proof for a leaf from at most 2·log2(n) hashes. Throws `outOfRange`, or what the reader throws.
    public init(index: LeafIndex, treeSize: Int64, from reader: some NodeReader) throws {
        guard treeSize <= LeafIndex.maximumTreeSize, index.value < treeSize else {
            throw VerifiableLogError(.outOfRange, "the leaf is outside the tree")
        }
        self.index = index
        self.treeSize = treeSize
        self.path = try Self.siblings(of: index.value, in: treeSize).map {
            try TreeShape.root($0.start, $0.count, reader)
        }
    }

    /// The ranges beside the path, the lowest first (PATH of RFC 9162 §2.1.3.1).
    private static func siblings(of leaf: Int64, in size: Int64) -> [(start: Int64, count: Int64)] {
        var ranges: [(start: Int64, count: Int64)] = []
        var start: Int64 = 0
        var count = size
        while count > 1 {
            let half = TreeShape.split(count)
            if leaf < start + half {
                ranges.append((start + half, count - half))
                count = half
            } else {
                ranges.append((start, half))
                start += half
                count -= half
            }
        }
        return ranges.reversed()
    }

    /// The root that the leaf and the path lead to (RFC 9162 §2.1.3.2). Throws `proofRefused` for a path of the
    /// wrong length.
    public func root(of leafHash: LogHash) throws(VerifiableLogError) -> LogHash {
        var place = index.value
        var last = treeSize - 1
        var hash = leafHash
        for sibling in path {
            guard last > 0 else { throw VerifiableLogError(.proofRefused, "the path is too long") }
            if place & 1 == 1 || place == last {
                hash = .node(sibling, hash)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = .node(hash, sibling)
            }
            place >>= 1
            last >>= 1
        }
        guard last == 0 else { throw VerifiableLogError(.proofRefused, "the path is too short") }
        return hash
    }

    /// Throws `proofRefused` unless the leaf is in the tree that has this head.
    public func verify(leafHash: LogHash, in head: TreeHead) throws(VerifiableLogError) {
        guard head.size == treeSize else {
            throw VerifiableLogError(.proofRefused, "the proof is for a tree of another size")
        }
        guard try root(of: leafHash) == head.root else {
            throw VerifiableLogError(.proofRefused, "the path leads to another root")
        }
    }
}
