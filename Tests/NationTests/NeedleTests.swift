import AgencyGateway
import Contracts
import DemoNation
import Foundation
import JPKIValidation
import LinkageCore
import Logging
import NumberContracts
import NumberValues
import PortableSQL
import Portal
import ResidentRegistry
import TestSupport
import Testing
import Values
import Wire

@testable import Nation

extension WholeNation {
    /// No number and none of the four items where they do not belong (design, invariants).
    @Suite("Needles")
    struct NeedleTests {}
}

// MARK: - Which room may hold what

/// Where a needle may lie, and where it must: rooms are institutions (their files), endpoints (messages) and the log.
enum NeedleRules {
    static func may(_ kind: NeedleKind, of person: NeedlePerson, in room: String) -> Bool {
        allowed(kind, person.municipality.text).contains(room)
    }

    private static func allowed(_ kind: NeedleKind, _ municipality: String) -> Set<String> {
        let (registry, register) = ("resident-registry-\(municipality)", "agency-register-\(municipality)")
        return switch kind {
        case .number:
            [
                "number-authority", "card-office", registry, register, "number-authority/assign-number",
                "number-authority/identity-record", "number-authority/register-certificate",
                "number-authority/submit-acquisition", "agency-register/enrol",
            ]
        case .residentCode:
            ["number-authority", registry, "number-authority/assign-number", "number-authority/update-items"]
        case .name, .address, .birthDate:
            [
                "number-authority", registry, register, "jpki", "number-authority/assign-number",
                "number-authority/update-items", "number-authority/identity-record", "agency-register/enrol",
                "jpki/certify",
            ]
        }
    }

    /// Where each person's value must be found, or the search sees nothing.
    static func must(_ person: NeedlePerson) -> [(NeedleKind, String)] {
        let m = person.municipality.text
        let rooms: [(NeedleKind, [String])] = [
            (.number, ["number-authority", "resident-registry-\(m)", "agency-register-\(m)"]),
            (.residentCode, ["number-authority", "resident-registry-\(m)"]),
            (.name, ["number-authority", "resident-registry-\(m)", "agency-register-\(m)"]),
            (.address, ["number-authority", "resident-registry-\(m)", "agency-register-\(m)"]),
            (.birthDate, ["number-authority", "resident-registry-\(m)", "agency-register-\(m)"]),
        ]
        let messages: [(NeedleKind, [String])] = [
            (
                .number,
                ["number-authority/assign-number", "number-authority/submit-acquisition", "agency-register/enrol"]
            ),
            (.residentCode, ["number-authority/assign-number"]),
            (.name, ["number-authority/assign-number", "agency-register/enrol"]),
        ]
        return (rooms + messages).flatMap { kind, rooms in rooms.map { (kind, $0) } }
    }
}

// MARK: - What is searched

extension TestNation {
    /// Every resident's values, as the registries hold them.
    func needlePersons() async throws -> [NeedlePerson] {
        let slugs = try Dictionary(uniqueKeysWithValues: Demo.personas().map { ($0.name.full, $0.slug) })
        var persons: [NeedlePerson] = []
        for (municipality, registry) in nation.registries {
            for resident in try await registry.residents() {
                persons.append(
                    try NeedlePerson(resident, #require(slugs[resident.items.name.full]), in: municipality))
            }
        }
        return persons.sorted { $0.slug < $1.slug }
    }

    /// Every file of every institution, whole and by rows; every message; every line of the log.
    func everything() throws -> [Searched] {
        let template = DemoTemplate.shared
        let messages = template.wire.messages + wire.messages
        return try files()
            + messages.flatMap { message in
                [
                    Searched(message.call.endpoint, "request", message.call.body),
                    Searched(message.call.endpoint, "answer", message.answer.body),
                    Searched(message.call.endpoint, "key", Array((message.call.idempotencyKey ?? "").utf8)),
                ]
            } + (template.log.lines + log.lines).map { Searched("log", "line", Array($0.utf8)) }
    }

    private func files() throws -> [Searched] {
        try nation.names.flatMap { name in
            let folder = folder.institution(name)
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            let whole = files.compactMap { file in
                FileManager.default.contents(atPath: folder.path + "/" + file)
                    .map { Searched(name.text, file, Array($0)) }
            }
            return try whole + Self.rows(of: name, self.folder.database(of: name))
        }
    }

    static func rows(of name: InstitutionID, _ database: URL) throws -> [Searched] {
        try RawDatabase.tables(at: database).flatMap { table in
            table.rows.map { row in
                Searched(name.text, table.name, Array(row.map { $0 ?? [] }.joined(separator: [0])))
            }
        }
    }

    /// What a persona does on a day, and what institutions do among themselves, so that every endpoint is called.
    func live() async throws {
        for slug in ["hanako", "alex", "haruka"] {
            let citizen = try await logIn(slug)
            let provider = try #require(try portal.providers(of: .localTax, for: citizen).first)
            _ = try await portal.ownInformation(.localTax, period: Demo.period, from: provider.gateway, for: citizen)
            try await nation.linkageCore?.publishCheckpoint()
            let entry = try #require(try await portal.history(of: citizen).first)
            _ = try await portal.check(entry.exchange, by: entry.asker, for: citizen)
            try await portal.signOut(citizen)
        }
        try await inquire()
        for gateway in nation.gateways.values { _ = try await gateway.checkInclusions() }
        try await changeItems()
        try await revoke("taro")
    }

    /// 霞野町 asks 汐見市 about one of its own.
    private func inquire() async throws {
        let register = try InstitutionID.agencyRegister(AgencyBody(Demo.kasumino))
        let person = try await database(register).read { reader in
            try reader.row("SELECT id FROM agency_person ORDER BY id LIMIT 1").map { try $0.bytes("id") }
        }
        let inquiry = try Inquire(
            person: AgencyPersonID(bytes: #require(person)), provider: Demo.gateway(Demo.shiomi.text), kind: .localTax,
            period: Demo.period,
            citation: ClauseCitation(
                clause: "order/child-allowance-municipality", affair: "児童手当法による児童手当又は特例給付の支給に関する事務",
                procedure: "児童手当の申請"))
        let result = try await client(as: register).call(
            AgencyContract.inquire, of: Demo.gateway(Demo.kasumino.text).text, inquiry)
        #expect(result.content == .notHeld)
    }

    private func changeItems() async throws {
        let registry = try #require(try nation.registries[Demo.shiomi])
        let resident = try #require(try await registry.residents().first)
        _ = try await client(as: .residentRegistry(Demo.shiomi)).call(
            NumberContract.updateItems, of: InstitutionID.numberAuthority.text,
            UpdateItems(
                resident: ResidentCodeField(resident.code), municipality: Demo.shiomi, items: resident.items),
            key: "needle-test")
    }

    private func revoke(_ slug: String) async throws {
        let certificate = try TestAgent.certificate(of: slug, in: folder).claimedIdentity
        let name = CertificateName(
            issuer: ContractBytes(certificate.issuerDER), serial: ContractBytes(certificate.serialBytes))
        _ = try await client(as: .cardOffice).call(
            CertificationContract.revoke, of: InstitutionID.jpki.text,
            RevokeCertificate(certificate: name, reason: .superseded), key: "needle-test")
    }
}

extension NeedlePerson {
    init(_ resident: Resident, _ slug: String, in municipality: MunicipalityCode) throws {
        let name = resident.items.name
        func forms(_ parts: [String]) -> [String] { ["\u{3000}", " ", ""].map { parts.joined(separator: $0) } }
        let kana = [name.familyKana ?? "", name.givenKana ?? ""]
        let address = resident.items.address.text
        let day = resident.items.birthDate
        self.slug = slug
        self.municipality = municipality
        number = try #require(resident.number).disclosed(for: .ownView)
        residentCode = resident.code.disclosed(for: .residentRecord)
        names = forms([name.family, name.given]) + forms(kana) + [name.latin].compactMap { $0 }
        nameParts = ([name.family, name.given] + kana).filter { $0.count >= 2 }
        addresses = [address, String(address.drop { $0 != "市" && $0 != "町" }.dropFirst())]
        birthDates = [day.text, day.compact, "\(day.year)年\(day.month)月\(day.day)日"]
    }
}

// MARK: - The tests

extension WholeNation.NeedleTests {
    @Test(
        "no institution, message or log holds a value of a person that it may not hold; each is found where it must be")
    func needles() async throws {
        try await withNation { world in
            try await world.live()
            let persons = try await world.needlePersons()
            let everything = try world.everything()
            let found = Haystack(persons.flatMap(\.needles)).findings(in: everything)
            print("searched \(everything.count) rows, files, messages and lines: \(found.count) findings")
            let bySlug = Dictionary(uniqueKeysWithValues: persons.map { ($0.slug, $0) })
            let misplaced = found.filter { finding in
                bySlug[finding.person].map { !NeedleRules.may(finding.kind, of: $0, in: finding.room) } ?? true
            }
            #expect(misplaced.isEmpty, "\(misplaced.map(\.description).sorted().joined(separator: "\n"))")
            for person in persons {
                for (kind, room) in NeedleRules.must(person) {
                    let isThere = found.contains { $0.person == person.slug && $0.kind == kind && $0.room == room }
                    #expect(isThere, "\(kind.rawValue) of \(person.slug) in \(room)")
                }
            }
            #expect(found.contains { $0.person == "hanako" && $0.kind == .name && $0.room == "jpki" })
        }
    }

    @Test("every endpoint that an institution serves was recorded with an answer")
    func endpoints() async throws {
        try await withNation { world in
            try await world.live()
            let served = world.nation.names.flatMap { name in
                world.nation.shared.table(of: name.text)?.served.map(\.name) ?? []
            }
            let recorded = (DemoTemplate.shared.wire.messages + world.wire.messages)
                .filter { $0.answer.status == 200 }.map(\.call.endpoint)
            #expect(served.count > 20)
            #expect(Set(served).subtracting(recorded).isEmpty)
        }
    }

    @Test("planted faults are found: a number at the portal, a name in the log, a number's hash at a gateway")
    func planted() async throws {
        try await withNation { world in
            let persons = try await world.needlePersons()
            let hanako = try #require(persons.first { $0.slug == "hanako" })
            let gateway = try Demo.gateway(Demo.shiomi.text)
            try RawDatabase.execute("CREATE TABLE planted (x)", at: world.folder.database(of: .portal))
            try RawDatabase.execute(
                "INSERT INTO planted VALUES (?)", [hanako.number], at: world.folder.database(of: .portal))
            world.log.logger("linkage-core").info("permit", metadata: ["who": "\(hanako.names[0])"])
            let hash = Data(WireDigest.sha256(Array(hanako.number.utf8)))
            try RawDatabase.execute("CREATE TABLE planted (x)", at: world.folder.database(of: gateway))
            try RawDatabase.execute("INSERT INTO planted VALUES (?)", [hash], at: world.folder.database(of: gateway))
            let found = try Haystack(persons.flatMap(\.needles)).findings(in: world.everything())
            let misplaced = found.filter { !NeedleRules.may($0.kind, of: hanako, in: $0.room) }
            func has(_ kind: NeedleKind, _ encoding: String, _ room: String, _ place: String) -> Bool {
                misplaced.contains(
                    Finding(kind: kind, person: "hanako", encoding: encoding, room: room, place: place))
            }
            #expect(has(.number, "utf-8", "portal", "planted"))
            #expect(has(.name, "utf-8", "log", "line"))
            #expect(has(.number, "sha-256", gateway.text, "planted"))
            #expect(misplaced.contains { $0.room == "portal" && $0.place.hasPrefix("database.sqlite") })
        }
    }

    @Test("a value is found in every form, at every place of a base64 group, and inside gzip inside base64")
    func forms() throws {
        let person = NeedlePerson(
            slug: "x", municipality: try Demo.shiomi, number: "000000000001", residentCode: "00000000001",
            names: ["窓野　花子"], nameParts: ["花子"], addresses: ["窓口県汐見市窓辺一丁目2番3号"], birthDates: ["1984-02-11"])
        let haystack = Haystack(person.needles)
        let offsets = ["", "a", "ab"].map { Array($0.utf8) }
        for needle in person.needles where needle.kind != .birthDate {
            let found = haystack.findings(in: [Searched("log", "line", offsets[1] + needle.bytes + offsets[2])])
            #expect(found.contains { $0.kind == needle.kind && $0.encoding == needle.encoding }, "\(needle.encoding)")
        }
        for offset in offsets {
            let text = Data(offset + Array(person.number.utf8)).base64EncodedString()
            #expect(!haystack.findings(in: [Searched("log", "line", Array(text.utf8))]).isEmpty)
        }
        let gzip = try Tool.run(
            "/usr/bin/gzip", ["-c", "-9"], input: Data(String(repeating: person.names[0], count: 40).utf8))
        #expect(haystack.findings(in: [Searched("log", "line", Array(gzip))]).map(\.kind).contains(.name))
        let wrapped = Array("{\"x\":\"\(gzip.base64EncodedString())\"}".utf8)
        #expect(haystack.findings(in: [Searched("log", "line", wrapped)]).map(\.kind).contains(.name))
        let date = Array(person.birthDates[0].utf8)
        #expect(haystack.findings(in: [Searched("log", "line", date)]).isEmpty)
        let beside = haystack.findings(in: [Searched("log", "line", date + Array(person.names[0].utf8))])
        #expect(beside.map(\.kind).contains(.birthDate))
    }
}
