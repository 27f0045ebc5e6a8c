import Foundation
import Testing

/// A target of the package, as its line in `Package.swift` says.
struct Target: Equatable {
    enum Kind: Equatable {
        case room(floor: String)
        case system
        case executable
        case testSupport
        case suite
    }

    let name: String
    let kind: Kind
    /// Targets of this package and modules of others, in the order written.
    let dependencies: [String]

    var path: String {
        switch kind {
        case .room(let floor): "Sources/\(floor)/\(name)"
        case .system: "Sources/Platform/\(name)"
        case .executable: "Sources/\(name)"
        case .testSupport: "Tests/Support"
        case .suite: "Tests/\(name)"
        }
    }

    /// Counted from the ground; tests stand above everything.
    var height: Int {
        switch kind {
        case .system: 0
        case .room(let floor): Manifest.floors.firstIndex(of: floor) ?? -1
        case .executable: Manifest.floors.count
        case .testSupport, .suite: Manifest.floors.count + 1
        }
    }

    var isInstitution: Bool { kind == .room(floor: "Institutions") && !Manifest.contracts.contains(name) }
    var isTest: Bool { kind == .suite || kind == .testSupport }
}

/// The floor plan, read from the text of `Package.swift` (asking SwiftPM for it from inside a test would wait for the
/// lock that the test run itself holds).
struct Manifest {
    static let floors = ["Platform", "Values", "Trust", "Institutions", "Apps", "Nation"]
    /// What stands on the institutions' floor without being one.
    static let contracts: Set<String> = ["Contracts", "NumberContracts"]

    let targets: [Target]

    static func ofTheRepository() throws -> Manifest { try Manifest(#require(Repository.text("Package.swift"))) }

    init(_ text: String) throws {
        let source = SwiftSource(path: "Package.swift", text: text).uncommented
        let names = try Names(source)
        var found: [Target] = []
        for match in try matches(of: #"\broom\("(\w+)",\s*on:\s*"(\w+)""#, in: source) {
            let call = Self.call(at: match, in: source)
            found.append(
                Target(
                    name: match.groups[1], kind: .room(floor: match.groups[2]),
                    dependencies: try names.words(in: call).dropping(2)))
        }
        for match in try matches(of: #"\bsuite\("(\w+)""#, in: source) {
            let call = Self.call(at: match, in: source)
            found.append(
                Target(name: match.groups[1], kind: .suite, dependencies: try names.words(in: call).dropping(1)))
        }
        for match in try matches(of: #"\bsystem\("(\w+)""#, in: source) {
            found.append(Target(name: match.groups[1], kind: .system, dependencies: []))
        }
        for match in try matches(of: #"\.(executableTarget|target)\(\s*name:\s*"([\w-]+)""#, in: source) {
            let list = try matches(of: #"dependencies:\s*(\[[^\]]*\])"#, in: Self.call(at: match, in: source))
            found.append(
                Target(
                    name: match.groups[2], kind: match.groups[1] == "target" ? .testSupport : .executable,
                    dependencies: try names.words(in: list.first?.groups[1] ?? "")))
        }
        targets = found
    }

    subscript(_ name: String) -> Target? { targets.first { $0.name == name } }

    /// The text from a match to the parenthesis that closes the call.
    private static func call(at match: Match, in source: String) -> String {
        guard let begin = source.range(of: match.text)?.lowerBound else { return "" }
        var depth = 0
        for index in source[begin...].indices {
            if source[index] == "(" { depth += 1 }
            if source[index] == ")" { depth -= 1 }
            if source[index] == ")", depth == 0 { return String(source[begin...index]) }
        }
        return String(source[begin...])
    }

    /// The shortest way of declared dependencies from a target down to another, both ends included.
    func path(from start: String, to goal: String) -> [String]? {
        var ways = [[start]]
        var seen: Set<String> = [start]
        while !ways.isEmpty {
            let way = ways.removeFirst()
            if way.last == goal { return way }
            for next in way.last.flatMap({ self[$0] })?.dependencies ?? [] where seen.insert(next).inserted {
                ways.append(way + [next])
            }
        }
        return nil
    }
}

/// What the manifest's own constants stand for.
private struct Names {
    private var products: [String: String] = [:]
    private var groups: [String: [String]] = [:]

    init(_ source: String) throws {
        for match in try matches(of: #"let (\w+) = Target\.Dependency\.product\(name: "(\w+)""#, in: source) {
            products[match.groups[1]] = match.groups[2]
        }
        for match in try matches(of: #"let (\w+): \[Target\.Dependency\] = (\[[^\]]*\])"#, in: source) {
            groups[match.groups[1]] = try words(in: match.groups[2])
        }
    }

    /// The quoted names and the known constants of an expression, in order.
    func words(in expression: String) throws -> [String] {
        try matches(of: #""([\w-]+)"|\b([A-Za-z]\w*)\b"#, in: expression).flatMap { match -> [String] in
            if !match.groups[1].isEmpty { return [match.groups[1]] }
            let word = match.groups[2]
            return products[word].map { [$0] } ?? groups[word] ?? []
        }
    }
}

extension Array {
    fileprivate func dropping(_ count: Int) -> [Element] { Array(dropFirst(count)) }
}
