import Foundation
import Testing

@testable import VerifiableLog

@Suite struct ProofBundleTests {
    let key: LogKey
    let bundle: ProofBundle
    static let origin = "example.com/log"

    init() throws {
        key = try LogKey.random(name: Self.origin)
        bundle = try Self.bundle(key, index: 4, size: 11)
    }

    static func bundle(_ key: LogKey, index: Int, size: Int) throws -> ProofBundle {
        let commitments = try (0..<size).map { try commitment($0) }
        let tree = PlainTree(commitments.map(\.bytes))
        let proof = try InclusionProof(index: LeafIndex(Int64(index)), treeSize: Int64(size), from: tree)
        let checkpoint = try Checkpoint(signing: tree.head(size), origin: origin, by: key)
        return ProofBundle(
            domain: "test entry v1", entry: EntryEncoder().adding(Int64(index)).bytes, blinding: try blinding(index),
            commitment: commitments[index], index: proof.index, path: proof.path, checkpoint: checkpoint.note.rendered)
    }

    /// A copy of the bundle with some of its members replaced.
    func changed(
        domain: String? = nil, entry: [UInt8]? = nil, blinding: Blinding? = nil, commitment: Commitment? = nil,
        index: Int64? = nil, path: [LogHash]? = nil, checkpoint: String? = nil
    ) throws -> ProofBundle {
        ProofBundle(
            domain: domain ?? bundle.domain, entry: entry ?? bundle.entry, blinding: blinding ?? bundle.blinding,
            commitment: commitment ?? bundle.commitment, index: try index.map { try LeafIndex($0) } ?? bundle.index,
            path: path ?? bundle.path, checkpoint: checkpoint ?? bundle.checkpoint)
    }

    func failures(_ bundle: ProofBundle, key: NoteVerifier? = nil, origin: String = origin) -> [String] {
        bundle.verify(with: key ?? self.key.verifier, origin: origin).checks
            .filter { $0.outcome != .passed }.map(\.name.rawValue)
    }

    @Test("a good file passes every check, also after it was written and read")
    func good() throws {
        let report = try ProofBundle(json: bundle.json()).verify(with: key.verifier, origin: Self.origin)
        #expect(report.isValid && report.firstFailure == nil)
        #expect(report.checks.map(\.name) == ProofReport.CheckName.allCases)
        #expect(try ProofBundle(json: bundle.json()) == bundle)
    }

    @Test("the failing check is named")
    func named() throws {
        #expect(failures(try changed(entry: bundle.entry + [0])) == ["commitment"])
        #expect(failures(try changed(domain: "test entry v2")) == ["commitment"])
        #expect(failures(try changed(blinding: try blinding(5))) == ["commitment"])
        #expect(failures(try changed(index: 5)) == ["inclusion"])
        #expect(failures(try changed(index: 11)) == ["inclusion"])
        #expect(failures(try changed(path: bundle.path.reversed())) == ["inclusion"])
        #expect(failures(try changed(path: [])) == ["inclusion"])
        #expect(failures(try changed(commitment: try commitment(5))) == ["commitment", "inclusion"])
        #expect(failures(bundle, key: try LogKey.random(name: Self.origin).verifier) == ["checkpointSignature"])
        #expect(failures(bundle, origin: "example.com/other") == ["checkpointOrigin"])
        let unreadable = failures(try changed(checkpoint: "no note"))
        #expect(unreadable == ["checkpointForm", "checkpointSignature", "checkpointOrigin", "inclusion"])
    }

    @Test("an honest signature over another tree fails the inclusion only")
    func otherTree() throws {
        let other = try Checkpoint(signing: PlainTree(count: 11).head(11), origin: Self.origin, by: key)
        #expect(failures(try changed(checkpoint: other.note.rendered)) == ["inclusion"])
    }

    @Test("a checkpoint with another size fails signature and inclusion")
    func otherSize() throws {
        let grown = bundle.checkpoint.replacingOccurrences(of: "\n11\n", with: "\n12\n")
        #expect(failures(try changed(checkpoint: grown)).contains("checkpointSignature"))
    }

    @Test("the report says what was not reached and prints a line per check")
    func printed() throws {
        let report = try changed(checkpoint: "").verify(with: key.verifier, origin: Self.origin)
        #expect(report.outcome(of: .inclusion) == .notReached)
        #expect(report.firstFailure?.name == .checkpointForm)
        #expect(report.description.split(separator: "\n").count == 5)
    }

    @Test("each bit of entry, random bytes, commitment and path matters")
    func bits() throws {
        for bit in 0..<bundle.entry.count * 8 {
            var entry = bundle.entry
            entry[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(failures(try changed(entry: entry)) == ["commitment"])
        }
        for bit in 0..<256 {
            let random = try flipped(LogHash(bytes: bundle.blinding.bytes), bit: bit).bytes
            #expect(failures(try changed(blinding: Blinding(bytes: random))) == ["commitment"])
            let other = try Commitment(bytes: flipped(LogHash(bytes: bundle.commitment.bytes), bit: bit).bytes)
            #expect(failures(try changed(commitment: other)) == ["commitment", "inclusion"])
            for place in bundle.path.indices {
                var path = bundle.path
                path[place] = try flipped(path[place], bit: bit)
                #expect(failures(try changed(path: path)) == ["inclusion"])
            }
        }
    }

    @Test("the file is JSON with documented members")
    func members() throws {
        let object = try JSONSerialization.jsonObject(with: Data(bundle.json())) as? [String: Any]
        #expect(
            object?.keys.sorted() == [
                "checkpoint", "commitment", "domain", "entry", "format", "index", "path", "random",
            ])
        #expect(object?["format"] as? String == "verifiable-log-proof-v1")
        #expect(object?["index"] as? Int == 4)
        #expect(object?["checkpoint"] as? String == bundle.checkpoint)
    }

    static let edits: [(String, String)] = [
        ("verifiable-log-proof-v1", "verifiable-log-proof-v2"), ("\"index\" : 4", "\"index\" : -4"),
        ("\"index\" : 4", "\"index\" : 4.5"), ("\"index\" : 4", "\"index\" : \"4\""),
        ("\"domain\"", "\"other\""), ("{", "{\"more\": 1,"), ("\"path\" : [", "\"path\" : [\"AAAA\", "), ("}", ""),
        ("\"index\" : 4", "\"index\" : 99999999999999999999"),
    ]

    @Test("a file in any other form is refused", arguments: edits)
    func form(from: String, to: String) throws {
        let text = String(decoding: try bundle.json(), as: UTF8.self)
        let edited = text.replacingOccurrences(of: from, with: to)
        #expect(edited != text)
        #expect(throws: VerifiableLogError.self) { try ProofBundle(json: [UInt8](edited.utf8)) }
    }

    @Test("an empty file, a list, and a file that is too large are refused")
    func sizes() {
        let large = [UInt8](repeating: 0x20, count: ProofBundle.maximumFileByteCount + 1)
        for file in [[], [UInt8]("[]".utf8), large] {
            #expect(throws: VerifiableLogError.self) { try ProofBundle(json: file) }
        }
    }
}
