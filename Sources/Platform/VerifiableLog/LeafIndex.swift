/// The place of a leaf in its log, counted from 0. At most 2^62 - 1.
public struct LeafIndex: Hashable, Comparable, Sendable {
    /// The largest number of leaves that a log may have.
    public static let maximumTreeSize: Int64 = 1 << 62
    /// Leaves before this one.
    public let value: Int64

    /// Takes 0 or more. Throws `outOfRange`.
    public init(_ value: Int64) throws(VerifiableLogError) {
        guard value >= 0, value < Self.maximumTreeSize else {
            throw VerifiableLogError(.outOfRange, "an index is between 0 and 2^62 - 1")
        }
        self.value = value
    }

    init(known value: Int64) { self.value = value }

    public static func < (left: LeafIndex, right: LeafIndex) -> Bool { left.value < right.value }
}

extension LeafIndex: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

extension LeafIndex: CustomStringConvertible {
    public var description: String { String(value) }
}

/// The size of a tree and its root: what a checkpoint says and every proof is checked against.
public struct TreeHead: Hashable, Sendable {
    /// The number of leaves.
    public let size: Int64
    /// The root; for size 0 it is SHA-256 of nothing.
    public let root: LogHash

    /// Takes a size of 0 or more; an empty tree has one root only. Throws `outOfRange` or `proofRefused`.
    public init(size: Int64, root: LogHash) throws(VerifiableLogError) {
        guard size >= 0, size <= LeafIndex.maximumTreeSize else {
            throw VerifiableLogError(.outOfRange, "a tree has between 0 and 2^62 leaves")
        }
        guard size > 0 || root == .emptyRoot else {
            throw VerifiableLogError(.proofRefused, "an empty tree has another root")
        }
        self.size = size
        self.root = root
    }

    init(knownSize size: Int64, root: LogHash) {
        self.size = size
        self.root = root
    }

    /// The head of the tree without leaves.
    public static let empty = TreeHead(knownSize: 0, root: .emptyRoot)
}
