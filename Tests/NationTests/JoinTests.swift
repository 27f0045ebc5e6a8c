import AgencyGateway
import AgencyRegister
import CardChip
import CardOffice
import CardReader
import Contracts
import Foundation
import NumberValues
import PersonCodes
import PortableSQL
import Portal
import ResidentRegistry
import Testing
import Values
import Wire

@testable import Nation

extension WholeNation {
    /// Two institutions that never exchanged about a person cannot join that person's rows (design, invariants).
    @Suite("Joins")
    struct JoinTests {
        static let seed = UInt64.random(in: 0...UInt64.max)
        static let residentsCount = 60
        /// Each gets a card.
        static let citizensCount = 20
    }
}

extension WholeNation.JoinTests {
    @Test("a municipality's gateway and the pension gateway cannot be joined, though both got everybody in one order")
    func gateways() async throws {
        try await withNation { world in
            let persons = try await world.populate(Self.residentsCount)
            let left = try await world.gatewayTables(AgencyBody(Demo.shiomi), persons)
            let right = try await world.gatewayTables(AgencyBody("pension"), persons)
            report(left, right, "gateways")
        }
    }

    @Test("the portal and the pension gateway cannot be joined")
    func portal() async throws {
        try await withNation { world in
            let persons = try await world.populate(Self.citizensCount)
            let left = try await world.portalTables(persons)
            let right = try await world.gatewayTables(AgencyBody("pension"), persons)
            #expect(left.contains { $0.name == "account" && $0.rows.count == Self.citizensCount })
            report(left, right, "portal")
        }
    }

    private func report(_ left: [PersonTable], _ right: [PersonTable], _ title: String) {
        print("\(title): seed \(Self.seed)")
        var matcher = Matcher(seed: Self.seed)
        #expect(!left.isEmpty && !right.isEmpty)
        let matches = matcher.matches(left, right)
        print("\(title): \(matches.count) ways tried, best: \(matches.first?.description ?? "none")")
        #expect(matches.count > 10)
        for leak in matches.filter(\.isLeak) { Issue.record("\(leak)") }
    }

    /// What two institutions could hold in common by mistake.
    enum Planted: String, CaseIterable, CustomTestStringConvertible {
        case sharedCode, hashOfNumber, hashOnOneSide, insertionOrder, times
        var testDescription: String { rawValue }
    }

    @Test("planted leaks are found", arguments: Planted.allCases)
    func planted(_ planted: Planted) async throws {
        try await withNation { world in
            let persons = try await world.populate(30)
            let bodies = try [AgencyBody(Demo.shiomi), AgencyBody("pension")]
            var tables: [[PersonTable]] = []
            for (side, body) in bodies.enumerated() {
                try await world.plant(planted, at: body, side, persons)
                tables.append(try await world.gatewayTables(body, persons))
            }
            var matcher = Matcher(seed: Self.seed)
            let leaks = matcher.matches(tables[0], tables[1]).filter(\.isLeak)
            #expect(leaks.contains { $0.way.contains("planted") }, "seed \(Self.seed)")
        }
    }
}

// MARK: - Persons at both

extension TestNation {
    /// Moves residents into 汐見市 and enrols each at the pension organisation too, in the same order, some seconds
    /// apart; then lets a day pass. Gives their numbers in that order.
    fileprivate func populate(_ count: Int) async throws -> [IndividualNumber] {
        let registry = try #require(try nation.registries[Demo.shiomi])
        for index in 0..<count {
            clock.advance(.seconds(7))
            let day = clock.now().civilDate
            let resident = try NewResident(
                name: PersonName(family: Self.family(index), given: "験"), birthDate: day.adding(days: -9000 - index),
                sex: .female, relationship: .head, citizenship: .japanese)
            let address = try Address(text: "窓口県汐見市浜通\(index + 10)番地", municipality: Demo.shiomi)
            _ = try await registry.moveIn(MoveIn(address: address, members: [resident], movedOn: day), by: "test")
            try await nation.settle()
        }
        let everybody = try await registry.residents().filter { $0.items.name.family.hasPrefix("試") }
        let residents = everybody.sorted { $0.items.address.text < $1.items.address.text }
        let pension = try #require(try nation.registers[.agencyRegister(AgencyBody("pension"))])
        for resident in residents {
            clock.advance(.seconds(11))
            _ = try await pension.enrol(#require(resident.number), resident.items, by: "test")
            try await nation.settle()
        }
        clock.advance(.seconds(86_400))
        for gateway in nation.gateways.values { _ = try await gateway.mixCodes() }
        return try residents.map { try #require($0.number) }
    }

    private static func family(_ index: Int) -> String {
        let digits = Array("零一二三四五六七八九")
        return "試\(digits[index / 10])\(digits[index % 10])"
    }

    /// An agency's own ids and codes, by whom they are.
    private func keys(of body: AgencyBody, _ persons: [IndividualNumber]) async throws -> [[UInt8]: Int] {
        let register = try #require(try nation.registers[.agencyRegister(body)])
        var ids: [[UInt8]: Int] = [:]
        for (index, number) in persons.enumerated() {
            if let person = try await register.person(under: number) { ids[person.id.bytes] = index }
        }
        let known = ids
        let codes = try await database(.agencyGateway(body)).read { reader in
            try reader.rows("SELECT person, code FROM code_held").compactMap { row in
                try known[row.bytes("person")].map { try (row.bytes("code"), $0) }
            }
        }
        return ids.merging(codes) { first, _ in first }
    }

    fileprivate func gatewayTables(_ body: AgencyBody, _ persons: [IndividualNumber]) async throws -> [PersonTable] {
        let keys = try await keys(of: body, persons)
        return try tables(of: .agencyGateway(body), keys)
    }

    /// Gives everybody of the first residents a card, logs each in, has her ask for her local tax, and gives the
    /// portal's rows about them.
    fileprivate func portalTables(_ persons: [IndividualNumber]) async throws -> [PersonTable] {
        var keys: [[UInt8]: Int] = [:]
        let office = try #require(nation.cardOffice)
        let pins = try CardPins(
            authentication: Pin("1234", for: .authentication), signature: Pin("ABC123", for: .signature))
        for (index, number) in persons.enumerated().prefix(WholeNation.JoinTests.citizensCount) {
            let card = try await office.deliver(to: number, pins: pins, by: "test")
            try await nation.settle()
            _ = try CardStore.create(card.chip, folder: folder.wallet, name: "citizen-\(index)")
            clock.advance(.seconds(11))
            let citizen = try await logIn("citizen-\(index)")
            keys[try OpenedSession(citizen).code.bytes] = index
            _ = try await portal.ownInformation(
                .localTax, period: Demo.period, from: Demo.gateway(Demo.shiomi.text), for: citizen)
        }
        return try tables(of: .portal, keys)
    }

    /// The tables that have a row about a person: one in which one of her keys stands.
    private func tables(of name: InstitutionID, _ keys: [[UInt8]: Int]) throws -> [PersonTable] {
        try RawDatabase.tables(at: folder.database(of: name)).compactMap { table in
            let rows = table.rows.compactMap { row in
                row.lazy.compactMap { $0.flatMap { keys[$0] } }.first.map { (row, $0) }
            }
            guard rows.count > 1 else { return nil }
            return PersonTable(
                name: table.name, columns: table.columns, rows: rows.map(\.0), persons: rows.map(\.1))
        }
    }

    /// Puts a leak into a gateway's database.
    fileprivate func plant(
        _ planted: WholeNation.JoinTests.Planted, at body: AgencyBody, _ side: Int, _ persons: [IndividualNumber]
    ) async throws {
        let file = try folder.database(of: .agencyGateway(body))
        try RawDatabase.execute("CREATE TABLE planted (person BLOB, value)", at: file)
        let keys = try await keys(of: body, persons).filter { $0.key.count == 16 }
        for (id, index) in keys.sorted(by: { $0.value < $1.value }) {
            let number = Array(persons[index].disclosed(for: .ownView).utf8)
            let value: Data? =
                switch planted {
                case .sharedCode: Data(WireDigest.sha256([UInt8(index), 1, 2, 3]))
                case .hashOfNumber: Data(WireDigest.sha256(number))
                case .hashOnOneSide: Data(side == 0 ? WireDigest.sha256(number) : number)
                case .insertionOrder: nil
                case .times: Data(String(1_700_000_000_000_000 + index * 3_000_000 + side * 400_000).utf8)
                }
            try RawDatabase.execute("INSERT INTO planted VALUES (?, ?)", [Data(id), value], at: file)
        }
    }
}
