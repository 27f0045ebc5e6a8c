@testable import VerifiableLog

/// Bytes from hexadecimal digits that stand in this folder.
func hex(_ digits: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = digits[...]
    while rest.count >= 2, let byte = UInt8(rest.prefix(2), radix: 16) {
        bytes.append(byte)
        rest = rest.dropFirst(2)
    }
    return bytes
}

/// The eight leaves and roots of the tests of certificate-transparency, used by most implementations since.
enum ClassicTree {
    static let leaves = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ].map(hex)
    /// The roots of the trees of 0 to 8 of these leaves.
    static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ].map(hex)
}

/// A tree in memory, computed as RFC 9162 §2.1 defines it, from its leaves each time: slow and plain.
struct PlainTree: NodeReader {
    var leaves: [LogHash]

    init(_ contents: [[UInt8]]) { leaves = contents.map { LogHash.leaf($0) } }

    /// A tree of so many different leaves.
    init(count: Int) { self.init((0..<count).map { [UInt8($0 & 0xFF), UInt8($0 >> 8), 0x77] }) }

    func hash(at position: NodePosition) throws -> LogHash {
        let width = 1 << position.level
        let first = Int(position.index) * width
        guard first + width <= leaves.count else { throw MissingNode() }
        return Self.root(leaves[first..<first + width])
    }

    func head(_ size: Int) throws -> TreeHead {
        try TreeHead(size: Int64(size), root: Self.root(leaves[..<size]))
    }

    /// MTH of RFC 9162 §2.1.1, word for word.
    static func root(_ leaves: ArraySlice<LogHash>) -> LogHash {
        guard let first = leaves.first else { return .emptyRoot }
        guard leaves.count > 1 else { return first }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let middle = leaves.startIndex + split
        return .node(root(leaves[..<middle]), root(leaves[middle...]))
    }

    struct MissingNode: Error {}
}

/// The same hash with one bit changed.
func flipped(_ hash: LogHash, bit: Int) throws -> LogHash {
    var bytes = hash.bytes
    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    return try LogHash(bytes: bytes)
}

/// A commitment to a number, made without chance.
func commitment(_ number: Int) throws -> Commitment {
    Commitment(
        domain: "test entry v1", blinding: try blinding(number), entry: EntryEncoder().adding(Int64(number)).bytes)
}

/// Blinding bytes made without chance, for tests only.
func blinding(_ number: Int) throws -> Blinding {
    try Blinding(bytes: LogHash.leaf([UInt8(number & 0xFF), UInt8(number >> 8), 1]).bytes)
}
