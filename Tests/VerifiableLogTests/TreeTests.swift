import Crypto
import Testing

@testable import VerifiableLog

@Suite struct TreeTests {
    @Test("the classic eight leaves have their published roots", arguments: 0...8)
    func classicRoots(size: Int) throws {
        let tree = PlainTree(ClassicTree.leaves)
        #expect(try TreeHead.read(size: Int64(size), from: tree).root.bytes == ClassicTree.roots[size])
        #expect(PlainTree.root(tree.leaves[..<size]).bytes == ClassicTree.roots[size])
    }

    @Test("roots of all sizes up to 300 are those of the definition")
    func roots() throws {
        let tree = PlainTree(count: 300)
        for size in 0...300 {
            #expect(try TreeHead.read(size: Int64(size), from: tree) == tree.head(size))
        }
    }

    @Test("a leaf and a node are hashed with their prefixes")
    func prefixes() throws {
        #expect(LogHash.leaf([1, 2]).bytes == [UInt8](SHA256.hash(data: [0, 1, 2] as [UInt8])))
        let (left, right) = (LogHash.leaf([3]), LogHash.leaf([4]))
        #expect(LogHash.node(left, right).bytes == [UInt8](SHA256.hash(data: [1] + left.bytes + right.bytes)))
    }

    @Test("a tree of a negative size, or an empty one with another root, is refused")
    func heads() {
        #expect(throws: VerifiableLogError.self) { try TreeHead(size: -1, root: .emptyRoot) }
        #expect(throws: VerifiableLogError.self) { try TreeHead(size: 0, root: .leaf([])) }
        #expect(throws: VerifiableLogError.self) { try LeafIndex(-1) }
        #expect(throws: VerifiableLogError.self) { try LeafIndex(.max) }
    }

    @Test("a hash of another length or spelling is refused")
    func hashes() {
        for count in [0, 31, 33] {
            #expect(throws: VerifiableLogError.self) { try LogHash(bytes: [UInt8](repeating: 0, count: count)) }
        }
        let text = LogHash.emptyRoot.base64
        for bad in [String(text.dropLast()), text + "=", text + "\n", " " + text, "", text.dropLast(2) + "V="] {
            #expect(throws: VerifiableLogError.self) { try LogHash(base64: String(bad)) }
        }
    }
}

@Suite struct CommitmentTests {
    @Test("a commitment is SHA-256 of domain with its length, 32 random bytes and the entry")
    func definition() throws {
        let blinding = try Blinding(bytes: [UInt8](0..<32))
        let made = Commitment(domain: "ab", blinding: blinding, entry: [9, 8])
        let input: [UInt8] = [0, 0, 0, 2, 0x61, 0x62] + blinding.bytes + [9, 8]
        #expect(made.bytes == [UInt8](SHA256.hash(data: input)))
        #expect(made.leafHash == .leaf(made.bytes))
    }

    @Test("another domain, other random bytes or another entry give another commitment")
    func binding() throws {
        let blinding = try blinding(1)
        let made = Commitment(domain: "a", blinding: blinding, entry: [1])
        #expect(made != Commitment(domain: "b", blinding: blinding, entry: [1]))
        #expect(made != Commitment(domain: "a", blinding: try VerifiableLogTests.blinding(2), entry: [1]))
        #expect(made != Commitment(domain: "a", blinding: blinding, entry: [1, 0]))
        #expect(Blinding.random() != Blinding.random())
    }

    @Test("random bytes of another length are refused and never printed", arguments: [0, 31, 33])
    func blindingLength(count: Int) throws {
        #expect(throws: VerifiableLogError.self) { try Blinding(bytes: [UInt8](repeating: 0, count: count)) }
        let blinding = try Blinding(bytes: [UInt8](repeating: 0xAB, count: 32))
        var dumped = ""
        dump(blinding, to: &dumped)
        #expect(!(dumped + "\(blinding)" + String(reflecting: blinding)).contains("171"))
    }

    @Test("fields come back as they were written, and cannot run into each other")
    func fields() throws {
        let entry = EntryEncoder().adding("a").adding([]).adding(Int64(-2)).adding("窓口").bytes
        let fields = try EntryEncoder.fields(of: entry)
        #expect(fields.count == 4 && fields[0] == [0x61] && fields[1] == [])
        #expect(try EntryEncoder.number(in: fields[2]) == -2)
        #expect(String(decoding: fields[3], as: UTF8.self) == "窓口")
        #expect(EntryEncoder().adding("ab").adding("c").bytes != EntryEncoder().adding("a").adding("bc").bytes)
        #expect(EntryEncoder().adding("ab").bytes == [0, 0, 0, 2, 0x61, 0x62])
    }

    @Test(
        "an entry that ends early or has bytes left over is refused",
        arguments: [[0], [0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 1, 5, 0], [0xFF, 0xFF, 0xFF, 0xFF, 1]] as [[UInt8]])
    func badEntry(bytes: [UInt8]) {
        #expect(throws: VerifiableLogError.self) { try EntryEncoder.fields(of: bytes) }
        #expect(throws: VerifiableLogError.self) { try EntryEncoder.number(in: bytes) }
    }
}
