import Testing

extension Wall: CustomTestStringConvertible {
    var testDescription: String { name }
}

@Suite("The walls between the rooms stand")
struct WallsTests {
    /// A small plan that keeps every rule; each planted fault is one more line.
    private static let sound = """
        let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
        let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
        system("CSodium", "libsodium", apt: "libsodium-dev"), // room("Comment", on: "Apps", ["Portal"])
        room("PortableSQL", on: "Platform"),
        room("Values", on: "Values"), room("NumberValues", on: "Values", ["Values"]),
        room("CardChip", on: "Trust", ["NumberValues", crypto]), room("CardReader", on: "Trust", ["CardChip"]),
        room("Contracts", on: "Institutions", ["Values"]),
        room("Portal", on: "Institutions", ["PortableSQL", "Contracts", crypto]),
        room("NumberAuthority", on: "Institutions", [
            "NumberValues", "Contracts",
        ]),
        room("PortalWeb", on: "Apps", ["Portal", hummingbird]),
        room("CardAgent", on: "Apps", ["CardReader"]),
        let institutions: [Target.Dependency] = ["Portal", "NumberAuthority"]
        room("Nation", on: "Nation", institutions + ["PortalWeb"]),
        .executableTarget(name: "madoguchi", dependencies: ["Nation"], path: "Sources/madoguchi"),
        .target(name: "TestSupport", dependencies: ["PortableSQL"], path: "Tests/Support"),
        suite("PortalTests", ["Portal", "NumberValues", "TestSupport"]),

        """

    @Test("the plan is read whole")
    func reads() throws {
        let plan = try Manifest(Self.sound)
        #expect(plan.targets.count == 15)
        #expect(plan["Nation"]?.dependencies == ["Portal", "NumberAuthority", "PortalWeb"])
        #expect(plan["NumberAuthority"]?.dependencies == ["NumberValues", "Contracts"])
        #expect(plan["Portal"]?.dependencies == ["PortableSQL", "Contracts", "Crypto"])
        #expect(plan["madoguchi"]?.kind == .executable)
        #expect(plan["Comment"] == nil)
    }

    @Test(
        "a planted fault is found",
        arguments: [
            ("arrows point down", #"room("Bad", on: "Values", ["CardChip"])"#),
            ("institutions do not depend on each other", #"room("Bad", on: "Institutions", ["Portal"])"#),
            ("an app depends on its own institution at most", #"room("BadWeb", on: "Apps", ["Portal"])"#),
            ("institutions do not know the web server", #"room("Bad", on: "Institutions", [hummingbird])"#),
            (
                "only the rooms that may hold the number depend on NumberValues",
                #"room("Bad", on: "Apps", ["NumberValues"])"#
            ),
            ("no other room stands above the number", #"room("Bad", on: "Apps", ["CardAgent"])"#),
            ("the plan names no room that is not there", #"room("Bad", on: "Apps", ["Protal"])"#),
        ])
    func finds(_ name: String, _ line: String) throws {
        let wall = try #require(Walls.all.first { $0.name == name })
        #expect(wall.faults(try Manifest(Self.sound)).isEmpty)
        #expect(!wall.faults(try Manifest(Self.sound + line)).isEmpty)
    }

    @Test("the floor plan keeps each wall", arguments: Walls.all)
    func keeps(_ wall: Wall) throws {
        let faults = wall.faults(try Manifest.ofTheRepository())
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }

    @Test(
        "an import that the plan does not name is found, however it is written",
        arguments: [
            "import Crypto", "public import Crypto", "@testable import Crypto", "@_spi(CMS) internal import Crypto",
            "import struct Crypto.SHA256", "    private import Crypto",
        ])
    func findsImport(_ line: String) throws {
        let target = Target(name: "Room", kind: .room(floor: "Platform"), dependencies: ["Values"])
        let file = SwiftSource(path: "Room.swift", text: "import Foundation\nimport Values\n// import X509\n\(line)\n")
        #expect(try Walls.undeclaredImports(of: target, in: [file]).map(\.line) == [4])
        let allowed = Target(name: "Room", kind: .room(floor: "Platform"), dependencies: ["Values", "Crypto"])
        #expect(try Walls.undeclaredImports(of: allowed, in: [file]).isEmpty)
    }

    @Test("each room imports only what its line in the plan names")
    func imports() throws {
        let plan = try Manifest.ofTheRepository()
        var seen = 0
        let found = try plan.targets.flatMap { target in
            let files = Repository.swiftFiles.filter { $0.path.hasPrefix(target.path + "/") }
            seen += files.count
            return try Walls.undeclaredImports(of: target, in: files)
        }
        #expect(seen == Repository.swiftFiles.count, "every Swift file belongs to one target of the plan")
        expectNone(found)
    }

    @Test("every line of the plan that makes a target is read")
    func planIsWhole() throws {
        let text = try #require(Repository.text("Package.swift"))
        let lines = try matches(of: #"\b(?:room|suite|system)\("|arget\(name: ""#, in: text).count
        #expect(try Manifest(text).targets.count == lines)
        #expect(lines > 40)
    }

    @Test("the way from each room to the number is printed")
    func printsPaths() throws {
        let plan = try Manifest.ofTheRepository()
        #expect(plan["NumberValues"] != nil)
        for target in plan.targets where !target.isTest && target.name != "NumberValues" {
            guard let path = plan.path(from: target.name, to: "NumberValues") else { continue }
            print("  \(path.joined(separator: " → "))")
        }
    }
}
