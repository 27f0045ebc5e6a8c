import Testing

@testable import VerifiableLog

@Suite struct TileTests {
    @Test(
        "paths are those of the specification",
        arguments: [
            (0, 0, 256, "tile/0/000"), (0, 1_234_067, 256, "tile/0/x001/x234/067"), (3, 5, 17, "tile/3/005.p/17"),
            (1, 999, 1, "tile/1/999.p/1"), (1, 1000, 255, "tile/1/x001/000.p/255"),
            (7, 63, 256, "tile/7/063"),
        ] as [(Int, Int64, Int, String)])
    func paths(level: Int, index: Int64, width: Int, path: String) throws {
        let tile = try Tile(.hashes(level: level), index: index, width: width)
        #expect(tile.path == path)
        #expect(try Tile(path: path) == tile)
    }

    @Test("entry bundles have their own paths")
    func entries() throws {
        #expect(try Tile(.entries, index: 1000, width: 3).path == "tile/entries/x001/000.p/3")
        #expect(try Tile(path: "tile/entries/000").kind == .entries)
    }

    @Test(
        "a path in any other form is refused",
        arguments: [
            "", "tile", "tile/0", "tile/0/", "tile/0/1", "tile/0/0001", "tile/00/001", "tile/+1/001", "tile/8/001",
            "tile/-1/001", "tile/0/001.p/0", "tile/0/001.p/256", "tile/0/001.p/01", "tile/0/001.p", "tile/0/001.p/",
            "tile/0/x000/001", "tile/0/001/001", "tile/0/x001", "/tile/0/001", "tile/0/001/", "tile/x/001",
            "tile/0/..", "tile/0/x999/x999/x999/x999/x999/x999/999", "tile//001", "tile/0/-01", "tile/0/xx01",
        ])
    func badPaths(path: String) {
        #expect(throws: VerifiableLogError.self) { try Tile(path: path) }
    }

    @Test("a tree of 70,000 leaves has the tiles that the specification counts")
    func counts() throws {
        let tiles = Array(Tile.all(treeSize: 70_000))
        func count(_ level: Int, full: Bool) -> Int {
            tiles.count { $0.kind == .hashes(level: level) && ($0.width == 256) == full }
        }
        #expect(count(0, full: true) == 273 && count(0, full: false) == 1)
        #expect(count(1, full: true) == 1 && count(1, full: false) == 1)
        #expect(count(2, full: true) == 0 && count(2, full: false) == 1)
        #expect(tiles.count == 277)
        #expect(tiles.first { $0.path.hasPrefix("tile/0/273") }?.width == 112)
        #expect(tiles.first { $0.path.hasPrefix("tile/1/001") }?.width == 17)
        #expect(tiles.allSatisfy { $0.isIn(treeSize: 70_000) })
        #expect(Array(Tile.all(treeSize: 256)).map(\.path) == ["tile/0/000", "tile/1/000.p/1"])
        #expect(Array(Tile.all(treeSize: 0)).isEmpty)
    }

    @Test("a tile is in the tree only when all of it is")
    func within() throws {
        let tile = try Tile(.hashes(level: 1), index: 0, width: 2)
        #expect(!tile.isIn(treeSize: 511) && tile.isIn(treeSize: 512))
        #expect(!(try Tile(.entries, index: 0, width: 5).isIn(treeSize: 4)))
    }

    @Test("contents are the hashes of leaves, and above them of whole tiles")
    func contents() throws {
        let tree = PlainTree(count: 600)
        let leaves = try Tile(.hashes(level: 0), index: 2, width: 88).hashes(from: tree)
        #expect(leaves == Array(tree.leaves[512..<600]))
        let above = try Tile(.hashes(level: 1), index: 0, width: 2).hashes(from: tree)
        #expect(above == [PlainTree.root(tree.leaves[0..<256]), PlainTree.root(tree.leaves[256..<512])])
    }

    @Test("an entry bundle holds each commitment after its length")
    func bundle() throws {
        let one = try commitment(1)
        #expect(Tile.bundle([one, one]) == [0, 32] + one.bytes + [0, 32] + one.bytes)
    }

    @Test("no tile outside what a tree can have")
    func outside() {
        for (index, width) in [(-1, 1), (0, 0), (0, 257), (1 << 54, 1)] as [(Int64, Int)] {
            #expect(throws: VerifiableLogError(.outOfRange, "")) { try Tile(.entries, index: index, width: width) }
        }
    }
}
