import Testing

@testable import VerifiableLog

@Suite struct InclusionProofTests {
    @Test("every leaf of every tree up to 70 leaves has a proof that holds, and for no other leaf")
    func all() throws {
        let tree = PlainTree(count: 70)
        for size in 1...70 {
            let head = try tree.head(size)
            for leaf in 0..<size {
                let proof = try InclusionProof(index: LeafIndex(Int64(leaf)), treeSize: Int64(size), from: tree)
                try proof.verify(leafHash: tree.leaves[leaf], in: head)
                #expect(proof.path.count <= 7)
                let other = tree.leaves[(leaf + 1) % 70]
                #expect(throws: VerifiableLogError(.proofRefused, "")) { try proof.verify(leafHash: other, in: head) }
            }
        }
    }

    @Test("a published proof: leaf 5 of the classic eight")
    func published() throws {
        let path = try [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ].map { try LogHash(bytes: hex($0)) }
        let tree = PlainTree(ClassicTree.leaves)
        #expect(try InclusionProof(index: LeafIndex(5), treeSize: 8, from: tree).path == path)
        let head = try TreeHead(size: 8, root: LogHash(bytes: ClassicTree.roots[8]))
        try InclusionProof(index: LeafIndex(5), treeSize: 8, path: path).verify(leafHash: tree.leaves[5], in: head)
    }

    @Test("each bit of each hash matters, in every tree up to 9 leaves", arguments: 1...9)
    func bits(size: Int) throws {
        let tree = PlainTree(count: size)
        let head = try tree.head(size)
        for leaf in 0..<size {
            let proof = try InclusionProof(index: LeafIndex(Int64(leaf)), treeSize: Int64(size), from: tree)
            for (place, hash) in proof.path.enumerated() {
                for bit in 0..<256 {
                    var path = proof.path
                    path[place] = try flipped(hash, bit: bit)
                    let bad = try InclusionProof(index: proof.index, treeSize: proof.treeSize, path: path)
                    #expect(throws: VerifiableLogError(.proofRefused, "")) {
                        try bad.verify(leafHash: tree.leaves[leaf], in: head)
                    }
                }
            }
            for bit in 0..<256 {
                let bad = try TreeHead(size: head.size, root: flipped(head.root, bit: bit))
                #expect(throws: VerifiableLogError(.proofRefused, "")) {
                    try proof.verify(leafHash: tree.leaves[leaf], in: bad)
                }
            }
        }
    }

    @Test("a proof with another index, another size, or hashes missing, added or swapped is refused")
    func shapes() throws {
        let tree = PlainTree(count: 40)
        for size in 2...40 {
            let head = try tree.head(size)
            for leaf in 0..<size {
                let path = try InclusionProof(index: LeafIndex(Int64(leaf)), treeSize: Int64(size), from: tree).path
                var changed = [Array(path.dropLast()), Array(path.dropFirst()), path + [path[0]]]
                if path.count > 1 { changed.append(path.reversed()) }
                for bad in changed { #expect(!holds(leaf, size, bad, tree, head)) }
                for other in 0..<size where other != leaf { #expect(!holds(other, size, path, tree, head, leaf)) }
                #expect(!holds(leaf, size + 1, path, tree, head))
            }
        }
    }

    private func holds(
        _ index: Int, _ size: Int, _ path: [LogHash], _ tree: PlainTree, _ head: TreeHead, _ leaf: Int? = nil
    ) -> Bool {
        do {
            let proof = try InclusionProof(index: LeafIndex(Int64(index)), treeSize: Int64(size), path: path)
            try proof.verify(leafHash: tree.leaves[leaf ?? index], in: head)
            return true
        } catch {
            return false
        }
    }

    @Test("a leaf outside the tree has no proof", arguments: [(0, 0), (5, 5), (6, 5)] as [(Int64, Int64)])
    func outside(index: Int64, size: Int64) throws {
        let tree = PlainTree(count: 8)
        let leaf = try LeafIndex(index)
        #expect(throws: VerifiableLogError(.outOfRange, "")) {
            try InclusionProof(index: leaf, treeSize: size, from: tree)
        }
        #expect(throws: VerifiableLogError(.outOfRange, "")) {
            try InclusionProof(index: leaf, treeSize: size, path: [])
        }
    }

    @Test("the largest tree's sizes do not overflow")
    func largest() throws {
        let size = LeafIndex.maximumTreeSize
        let path = [LogHash](repeating: .emptyRoot, count: 62)
        let proof = try InclusionProof(index: LeafIndex(size - 1), treeSize: size, path: path)
        #expect(throws: VerifiableLogError(.proofRefused, "")) {
            try proof.verify(leafHash: .emptyRoot, in: TreeHead(size: size, root: .emptyRoot))
        }
    }
}

@Suite struct ConsistencyProofTests {
    @Test("all pairs of trees up to 40 leaves are consistent, and their proofs say so")
    func all() throws {
        let tree = PlainTree(count: 40)
        for new in 0...40 {
            for old in 0...new {
                let proof = try ConsistencyProof(oldSize: Int64(old), newSize: Int64(new), from: tree)
                try proof.verify(from: tree.head(old), to: tree.head(new))
            }
        }
    }

    @Test("published proofs of the classic eight")
    func published() throws {
        let tree = PlainTree(ClassicTree.leaves)
        let six = [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
        #expect(try ConsistencyProof(oldSize: 6, newSize: 8, from: tree).path.map(\.bytes) == six.map(hex))
        let two = [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]
        #expect(try ConsistencyProof(oldSize: 2, newSize: 5, from: tree).path.map(\.bytes) == two.map(hex))
    }

    @Test("a tree whose past was changed in any one leaf has no proof that holds")
    func rewritten() throws {
        let tree = PlainTree(count: 24)
        for changed in 0..<24 {
            var forged = tree
            forged.leaves[changed] = .leaf([0xEE])
            for old in (changed + 1)..<25 where old < 24 {
                let proof = try ConsistencyProof(oldSize: Int64(old), newSize: 24, from: forged)
                #expect(throws: VerifiableLogError(.proofRefused, "")) {
                    try proof.verify(from: tree.head(old), to: forged.head(24))
                }
            }
        }
    }

    @Test("each bit of each hash matters, in every pair up to 9 leaves", arguments: 2...9)
    func bits(new: Int) throws {
        let tree = PlainTree(count: new)
        for old in 1..<new {
            let proof = try ConsistencyProof(oldSize: Int64(old), newSize: Int64(new), from: tree)
            let (oldHead, newHead) = (try tree.head(old), try tree.head(new))
            for (place, hash) in proof.path.enumerated() {
                for bit in 0..<256 {
                    var path = proof.path
                    path[place] = try flipped(hash, bit: bit)
                    let bad = try ConsistencyProof(oldSize: Int64(old), newSize: Int64(new), path: path)
                    #expect(throws: VerifiableLogError(.proofRefused, "")) {
                        try bad.verify(from: oldHead, to: newHead)
                    }
                }
            }
        }
    }

    @Test("hashes missing or added, other sizes and other roots are refused, in all pairs up to 20")
    func shapes() throws {
        let tree = PlainTree(count: 21)
        let refusal = VerifiableLogError(.proofRefused, "")
        for new in 2...20 {
            for old in 1..<new {
                let (oldHead, newHead) = (try tree.head(old), try tree.head(new))
                let path = try ConsistencyProof(oldSize: Int64(old), newSize: Int64(new), from: tree).path
                for bad in [Array(path.dropLast()), Array(path.dropFirst()), path + [path[0]], []] {
                    let proof = try ConsistencyProof(oldSize: Int64(old), newSize: Int64(new), path: bad)
                    #expect(throws: refusal) { try proof.verify(from: oldHead, to: newHead) }
                }
                let proof = try ConsistencyProof(oldSize: Int64(old), newSize: Int64(new), path: path)
                #expect(throws: refusal) { try proof.verify(from: oldHead, to: tree.head(new + 1)) }
                let wrong = try TreeHead(size: Int64(old), root: .leaf([9]))
                #expect(throws: refusal) { try proof.verify(from: wrong, to: newHead) }
                let wrongNew = try TreeHead(size: Int64(new), root: .leaf([9]))
                #expect(throws: refusal) { try proof.verify(from: oldHead, to: wrongNew) }
            }
        }
    }

    @Test("trees of one size need one root and no hashes; an empty tree begins every tree")
    func trivial() throws {
        let tree = PlainTree(count: 5)
        let refusal = VerifiableLogError(.proofRefused, "")
        let same = try ConsistencyProof(oldSize: 5, newSize: 5, path: [])
        #expect(throws: refusal) {
            try same.verify(from: tree.head(5), to: TreeHead(size: 5, root: .leaf([1])))
        }
        let long = try ConsistencyProof(oldSize: 0, newSize: 5, path: [.emptyRoot])
        #expect(throws: refusal) { try long.verify(from: .empty, to: tree.head(5)) }
        #expect(throws: VerifiableLogError(.outOfRange, "")) { try ConsistencyProof(oldSize: 6, newSize: 5, path: []) }
        #expect(throws: VerifiableLogError(.outOfRange, "")) { try ConsistencyProof(oldSize: -1, newSize: 5, path: []) }
    }
}
