/// What the floor plan and the imports may not do. Each check is a function from the plan to its faults.
enum Walls {
    /// Rooms that may hold or carry the Individual Number, and so may depend on `NumberValues`, each with the reason.
    static let numberRooms: [String: String] = [
        "NumberContracts": "carries the number between the institutions that may hold it",
        "CardChip": "the chip holds the number in its own file",
        "CardReader": "reads that file",
        "ResidentRegistry": "resident records hold the number",
        "NumberAuthority": "draws and keeps the numbers",
        "CardOffice": "prints the number on the card",
        "AgencyRegister": "an agency's own ledger of persons holds the number",
        "HealthInsurance": "insurers hold the number",
        "DemoNation": "plays the citizens, who know their own numbers",
    ]

    /// Rooms below which a number room lies although they may not touch the number themselves.
    static let aboveNumberRooms: [String: String] = [
        "CardAgent": "through CardReader: the terminal talks to the card",
        "Nation": "the composition root starts every institution",
        "madoguchi": "starts the nation", "madoguchi-agent": "starts the card agent", "bench": "measures the nation",
    ]

    /// The only institutions that an app may import.
    static let institutionsOfApps: [String: Set<String>] = ["PortalWeb": ["Portal"]]

    static let all: [Wall] = [
        Wall("arrows point down", upwardArrows),
        Wall("institutions do not depend on each other", institutionsBeside),
        Wall("an app depends on its own institution at most", foreignInstitutions),
        Wall("institutions do not know the web server", webServers),
        Wall("only the rooms that may hold the number depend on NumberValues", numberDependencies),
        Wall("no other room stands above the number", numberPaths),
        Wall("the plan names no room that is not there", unknownDependencies),
    ]

    static func upwardArrows(_ plan: Manifest) -> [String] {
        arrows(plan).filter { $0.to.height > $0.from.height }.map { "\($0.from.name) → \($0.to.name) points up" }
    }

    static func institutionsBeside(_ plan: Manifest) -> [String] {
        arrows(plan).filter { $0.from.isInstitution && $0.to.isInstitution }.map { "\($0.from.name) → \($0.to.name)" }
    }

    static func foreignInstitutions(_ plan: Manifest) -> [String] {
        arrows(plan).filter { $0.from.kind == .room(floor: "Apps") && $0.to.isInstitution }
            .filter { !(institutionsOfApps[$0.from.name] ?? []).contains($0.to.name) }
            .map { "\($0.from.name) → \($0.to.name)" }
    }

    static func webServers(_ plan: Manifest) -> [String] {
        plan.targets.filter { $0.kind == .room(floor: "Institutions") }.flatMap { target in
            let web = target.dependencies.filter { $0.hasPrefix("Hummingbird") || $0 == "Web" || $0 == "WireHTTP" }
            return web.map { "\(target.name) → \($0)" }
        }
    }

    static func numberDependencies(_ plan: Manifest) -> [String] {
        plan.targets.filter { !$0.isTest && $0.dependencies.contains("NumberValues") && numberRooms[$0.name] == nil }
            .map { "\($0.name) → NumberValues" }
    }

    static func numberPaths(_ plan: Manifest) -> [String] {
        plan.targets.filter {
            !$0.isTest && $0.name != "NumberValues" && numberRooms[$0.name] == nil && aboveNumberRooms[$0.name] == nil
        }.compactMap { plan.path(from: $0.name, to: "NumberValues")?.joined(separator: " → ") }
    }

    /// A quoted dependency that is no target of the plan: a slip of the pen, or a wall that this reader misses.
    static func unknownDependencies(_ plan: Manifest) -> [String] {
        let known = Set(plan.targets.map(\.name))
        return plan.targets.flatMap { target in
            target.dependencies.filter { !known.contains($0) && !modulesOfOthers.keys.contains($0) }
                .map { "\(target.name) → \($0) is not known" }
        }
    }

    private static func arrows(_ plan: Manifest) -> [(from: Target, to: Target)] {
        plan.targets.filter { !$0.isTest }.flatMap { from in
            from.dependencies.compactMap { name in plan[name].map { (from, $0) } }
        }
    }

    // MARK: Imports

    /// Modules that come with Swift.
    static let ofTheToolchain: Set<String> = [
        "Swift", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin", "Dispatch", "Synchronization",
    ]

    /// Products of other packages, and the modules that come with each.
    static let modulesOfOthers: [String: Set<String>] = [
        "ArgumentParser": ["ArgumentParser"], "SwiftASN1": ["SwiftASN1"], "AsyncHTTPClient": ["AsyncHTTPClient"],
        "Crypto": ["Crypto"], "CryptoExtras": ["CryptoExtras"], "GRDB": ["GRDB"], "HTTPTypes": ["HTTPTypes"],
        // The router and the server's types are one library in two modules.
        "Hummingbird": ["Hummingbird", "HummingbirdCore"], "HummingbirdTLS": ["HummingbirdTLS"],
        "HummingbirdTesting": ["HummingbirdTesting"], "JWTKit": ["JWTKit"], "Logging": ["Logging"],
        "NIOCore": ["NIOCore"], "NIOHTTP1": ["NIOHTTP1"], "NIOSSL": ["NIOSSL"],
        "UnixSignals": ["UnixSignals"],
        "ServiceLifecycle": ["ServiceLifecycle"], "SwiftCSV": ["SwiftCSV"], "X509": ["X509"],
    ]

    /// The modules that a file imports, with the line of each import.
    static func imports(in source: SwiftSource) throws -> [(module: String, line: Int)] {
        let pattern =
            #"^[ \t]*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+"#
            + #"(?:(?:struct|class|enum|protocol|func|var|let|typealias|actor)\s+)?(\w+)"#
        return try matches(of: pattern, in: source.code).map { ($0.groups[1], $0.line) }
    }

    /// Imports of what the target's own line in the plan does not name. (The compiler lets transitive ones pass.)
    static func undeclaredImports(of target: Target, in files: [SwiftSource]) throws -> [Finding] {
        let declared = target.dependencies.reduce(into: ofTheToolchain) { modules, dependency in
            modules.formUnion(modulesOfOthers[dependency] ?? [dependency.replacing("-", with: "_")])
        }.union(target.isTest ? ["Testing"] : [])
        return try files.flatMap { file in
            try imports(in: file).filter { !declared.contains($0.module) }.map {
                let what = "\(target.name) imports \($0.module), which its line in Package.swift does not name"
                return Finding(path: file.path, line: $0.line, what: what)
            }
        }
    }
}

/// A named check of the floor plan.
struct Wall: Sendable {
    let name: String
    let faults: @Sendable (Manifest) -> [String]

    init(_ name: String, _ faults: @escaping @Sendable (Manifest) -> [String]) {
        self.name = name
        self.faults = faults
    }
}
