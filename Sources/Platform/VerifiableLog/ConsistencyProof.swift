/// Proof that a tree is the beginning of a later one: nothing was changed or removed, only added.
///
/// Source: RFC 9162 §2.1.4.
public struct ConsistencyProof: Hashable, Sendable {
    /// The longest path that any pair of trees needs.
    public static let maximumPathLength = 64
    /// The size of the earlier tree.
    public let oldSize: Int64
    /// The size of the later tree.
    public let newSize: Int64
    /// The hashes, in the order of RFC 9162.
    public let path: [LogHash]

    /// Takes a received proof. Throws `outOfRange` for sizes in the wrong order or a path that no tree needs.
    public init(oldSize: Int64, newSize: Int64, path: [LogHash]) throws(VerifiableLogError) {
        try Self.check(oldSize, newSize)
        guard path.count <= Self.maximumPathLength else {
            throw VerifiableLogError(.outOfRange, "the path is longer than any tree needs")
        }
        self.oldSize = oldSize
        self.newSize = newSize
        self.path = path
    }

    /// Makes the proof from O(log n) hashes. Throws `outOfRange`, or what the reader throws.
    public init(oldSize: Int64, newSize: Int64, from reader: some NodeReader) throws {
        try Self.check(oldSize, newSize)
        self.oldSize = oldSize
        self.newSize = newSize
        self.path = try Self.ranges(oldSize, newSize).map { try TreeShape.root($0.start, $0.count, reader) }
    }

    private static func check(_ oldSize: Int64, _ newSize: Int64) throws(VerifiableLogError) {
        guard oldSize >= 0, oldSize <= newSize, newSize <= LeafIndex.maximumTreeSize else {
            throw VerifiableLogError(.outOfRange, "the earlier tree is larger than the later one")
        }
    }

    /// The ranges whose roots the proof lists (SUBPROOF of RFC 9162 §2.1.4.1).
    private static func ranges(_ oldSize: Int64, _ newSize: Int64) -> [(start: Int64, count: Int64)] {
        guard oldSize > 0, oldSize < newSize else { return [] }
        var ranges: [(start: Int64, count: Int64)] = []
        var start: Int64 = 0
        var old = oldSize
        var count = newSize
        while old < count {
            let half = TreeShape.split(count)
            if old <= half {
                ranges.append((start + half, count - half))
                count = half
            } else {
                ranges.append((start, half))
                start += half
                old -= half
                count -= half
            }
        }
        if start > 0 { ranges.append((start, count)) }
        return ranges.reversed()
    }

    /// Throws `proofRefused` unless the later tree contains the earlier one (RFC 9162 §2.1.4.2).
    ///
    /// An empty tree is the beginning of every tree; the proof of that is empty.
    public func verify(from old: TreeHead, to new: TreeHead) throws(VerifiableLogError) {
        guard old.size == oldSize, new.size == newSize else {
            throw VerifiableLogError(.proofRefused, "the proof is for trees of other sizes")
        }
        guard oldSize > 0, oldSize < newSize else {
            guard path.isEmpty, oldSize == 0 || old == new else {
                throw VerifiableLogError(.proofRefused, "trees of one size have one root")
            }
            return
        }
        guard try rebuilt(oldRoot: old.root) == Rebuilt(old: old.root, new: new.root) else {
            throw VerifiableLogError(.proofRefused, "the path leads to other roots")
        }
    }

    private struct Rebuilt: Equatable {
        var old: LogHash
        var new: LogHash
    }

    private func rebuilt(oldRoot: LogHash) throws(VerifiableLogError) -> Rebuilt {
        var place = oldSize - 1
        var last = newSize - 1
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        let isPowerOfTwo = oldSize & (oldSize - 1) == 0
        guard let first = isPowerOfTwo ? oldRoot : path.first else {
            throw VerifiableLogError(.proofRefused, "the path is empty")
        }
        var result = Rebuilt(old: first, new: first)
        for hash in path.dropFirst(isPowerOfTwo ? 0 : 1) {
            guard last > 0 else { throw VerifiableLogError(.proofRefused, "the path is too long") }
            Self.step(&result, hash, &place, &last)
        }
        guard last == 0 else { throw VerifiableLogError(.proofRefused, "the path is too short") }
        return result
    }

    private static func step(_ result: inout Rebuilt, _ hash: LogHash, _ place: inout Int64, _ last: inout Int64) {
        if place & 1 == 1 || place == last {
            result.old = .node(hash, result.old)
            result.new = .node(hash, result.new)
            while place & 1 == 0, place != 0 {
                place >>= 1
                last >>= 1
            }
        } else {
            result.new = .node(result.new, hash)
        }
        place >>= 1
        last >>= 1
    }
}
