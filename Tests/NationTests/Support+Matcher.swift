import Crypto
import Foundation
import Values

/// One table as the matcher sees it: cells, and for the judge alone, whom each row is about.
struct PersonTable: Sendable {
    let name: String
    let columns: [String]
    let rows: [[[UInt8]?]]
    /// By row: the person, as an index that both sides share.
    let persons: [Int]
}

/// A way of pairing rows of two tables, and how many of its pairs are the same person.
struct Match: CustomStringConvertible {
    let way: String
    /// Correct pairs, where a value that several rows share counts for one guess among them.
    let correct: Double
    /// The best that the same way did when the persons of one side were shuffled.
    let chance: Double

    /// Clearly more than chance: the shuffles' best and five persons more.
    var isLeak: Bool { correct >= chance + 5 }
    var description: String { "\(way): \(correct) right, by chance at most \(chance)" }
}

/// Tries to join two institutions' rows about persons: equal values, hashes and other derivations, row order, times.
struct Matcher {
    private var generator: SeededGenerator
    private let shufflesCount: Int

    init(seed: UInt64, shufflesCount: Int = 100) {
        generator = SeededGenerator(seed: seed)
        self.shufflesCount = shufflesCount
    }

    /// Every way that was tried, the best first.
    mutating func matches(_ left: [PersonTable], _ right: [PersonTable]) -> [Match] {
        var all: [Match] = []
        for one in left {
            for other in right {
                all += equalities(one, other) + orders(one, other)
            }
        }
        return all.sorted { $0.correct - $0.chance > $1.correct - $1.chance }
    }

    // MARK: Equality

    private mutating func equalities(_ left: PersonTable, _ right: PersonTable) -> [Match] {
        let ours = left.columns.indices.map { Derivation.all(left, $0) }
        let theirs = right.columns.indices.map { Derivation.all(right, $0) }
        var matches: [Match] = []
        for (i, mine) in ours.enumerated() {
            for (j, other) in theirs.enumerated() {
                for (name, values) in mine {
                    for (otherName, otherValues) in other where name == "=" || otherName == "=" || name == otherName {
                        let way =
                            "\(left.name).\(left.columns[i]) \(name) \(otherName) \(right.name).\(right.columns[j])"
                        if let match = equality(way, values, left.persons, otherValues, right.persons) {
                            matches.append(match)
                        }
                    }
                }
            }
        }
        return matches
    }

    /// nil when no value is on both sides.
    private mutating func equality(
        _ way: String, _ left: [[UInt8]?], _ leftPersons: [Int], _ right: [[UInt8]?], _ rightPersons: [Int]
    ) -> Match? {
        func groups(_ values: [[UInt8]?]) -> [[UInt8]: [Int]] {
            Dictionary(grouping: values.indices.filter { values[$0] != nil }, by: { values[$0] ?? [] })
        }
        let (ours, theirs) = (groups(left), groups(right))
        let shared = ours.compactMap { value, rows in theirs[value].map { (rows, $0) } }
        guard !shared.isEmpty else { return nil }
        return judged(way, rightPersons) { persons in
            shared.reduce(0.0) { sum, pair in
                let there = Dictionary(grouping: pair.1, by: { persons[$0] })
                let same = pair.0.reduce(0) { $0 + (there[leftPersons[$1]]?.count ?? 0) }
                return sum + Double(same) / Double(max(pair.0.count, pair.1.count))
            }
        }
    }

    // MARK: Order

    private mutating func orders(_ left: PersonTable, _ right: PersonTable) -> [Match] {
        let (ours, theirs) = (Self.orders(of: left), Self.orders(of: right))
        return ours.flatMap { name, order in
            theirs.flatMap { otherName, otherOrder in
                [false, true].map { isReversed in
                    let other = isReversed ? Array(otherOrder.reversed()) : otherOrder
                    let way =
                        "\(left.name) by \(name) with \(right.name) by \(otherName)\(isReversed ? " backwards" : "")"
                    return inOrder(way, order, left.persons, other, right.persons)
                }
            }
        }
    }

    /// The rows as they lie, and sorted by each column that tells rows apart.
    private static func orders(of table: PersonTable) -> [(String, [Int])] {
        let columns = table.columns.indices.filter { column in
            Set(table.rows.map { $0[column] }).count > table.rows.count / 2
        }
        return [("place", Array(table.rows.indices))]
            + columns.map { column in
                (table.columns[column], table.rows.indices.sorted { key(table, $0, column) < key(table, $1, column) })
            }
    }

    private static func key(_ table: PersonTable, _ row: Int, _ column: Int) -> String {
        let cell = table.rows[row][column] ?? []
        let isNumber = !cell.isEmpty && cell.count < 20 && cell.allSatisfy { (0x30...0x39).contains($0) }
        return isNumber
            ? String(repeating: "0", count: 20 - cell.count) + String(decoding: cell, as: UTF8.self) : cell.hex
    }

    private mutating func inOrder(
        _ way: String, _ left: [Int], _ leftPersons: [Int], _ right: [Int], _ rightPersons: [Int]
    ) -> Match {
        let (ours, theirs) = (left.map { leftPersons[$0] }, right)
        return judged(way, rightPersons) { persons in
            let other = theirs.map { persons[$0] }
            let stretched = ours.indices.count { other[$0 * other.count / ours.count] == ours[$0] }
            return Double(max(stretched, Self.bestShift(ours, other)))
        }
    }

    /// The most that agree when one order is laid beside the other, some places further on.
    private static func bestShift(_ left: [Int], _ right: [Int]) -> Int {
        let places = Dictionary(grouping: right.indices, by: { right[$0] })
        var agreeing: [Int: Int] = [:]
        for (index, person) in left.enumerated() {
            for place in places[person] ?? [] { agreeing[place - index, default: 0] += 1 }
        }
        return agreeing.values.max() ?? 0
    }

    // MARK: Chance

    private mutating func judged(_ way: String, _ persons: [Int], _ score: ([Int]) -> Double) -> Match {
        let correct = score(persons)
        guard correct >= 5 else { return Match(way: way, correct: correct, chance: 0) }
        var chance = 0.0
        for _ in 0..<shufflesCount {
            // Rows of one person stay together: only who is who is shuffled.
            let names = Array(Set(persons)).sorted()
            let map = Dictionary(uniqueKeysWithValues: zip(names, names.shuffled(using: &generator)))
            chance = max(chance, score(persons.map { map[$0] ?? -1 }))
        }
        return Match(way: way, correct: correct, chance: chance)
    }
}

/// What somebody would compute from a value to find it elsewhere.
private enum Derivation {
    static func all(_ table: PersonTable, _ column: Int) -> [(String, [[UInt8]?])] {
        let cells = table.rows.map { $0[column] }
        return ways.map { name, derive in (name, cells.map { $0.flatMap(derive) }) }
    }

    private static let ways: [(String, @Sendable ([UInt8]) -> [UInt8]?)] = [
        ("=", { $0 }),
        ("sha-256", { Array(SHA256.hash(data: $0)) }),
        ("sha-256 hex", { Array(Array(SHA256.hash(data: $0)).hex.utf8) }),
        ("sha-256 of hex", { Array(SHA256.hash(data: Array($0.hex.utf8))) }),
        ("sha-1", { Array(Insecure.SHA1.hash(data: $0)) }),
        ("md5", { Array(Insecure.MD5.hash(data: $0)) }),
        ("hex", { Array($0.hex.utf8) }),
        ("base64url", { Array($0.base64URL.utf8) }),
        ("first 8", { $0.count > 8 ? Array($0.prefix(8)) : nil }),
        ("last 8", { $0.count > 8 ? Array($0.suffix(8)) : nil }),
        ("reversed", { $0.reversed() }),
        ("sha-256 first 16", { Array(Array(SHA256.hash(data: $0)).prefix(16)) }),
        ("second of time", { number($0).map { Array(String($0 / 1_000_000).utf8) } }),
    ]

    /// A time in µs.
    @Sendable private static func number(_ cell: [UInt8]) -> Int64? {
        cell.count == 16 ? Int64(String(decoding: cell, as: UTF8.self)) : nil
    }
}
