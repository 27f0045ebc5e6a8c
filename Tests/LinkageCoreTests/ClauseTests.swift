import Contracts
import InstitutionKeys
import PersonCodes
import TestSupport
import Testing
import Values

@testable import LinkageCore

@Suite("Permission clauses")
struct ClauseTests {
    @Test("every row of the table is readable, has a citation, and an id of its own")
    func rows() {
        #expect(PermissionClause.all.count == 2 * ClauseRow.all.count)
        #expect(Set(PermissionClause.all.map(\.id)).count == PermissionClause.all.count)
        for clause in PermissionClause.all {
            #expect(clause.citation.hasPrefix("番号法19条8号"))
            #expect(clause.effectiveTo.map { clause.effectiveFrom <= $0 } ?? true)
            #expect(!clause.kinds.isEmpty && !clause.procedures.isEmpty && !clause.affair.isEmpty)
            #expect(([clause.id, clause.affair] + clause.procedures).allSatisfy { $0.utf8.count <= 500 })
        }
    }

    @Test("each clause covers what it names, and nothing beside it", arguments: PermissionClause.all)
    func fixtures(clause: PermissionClause) throws {
        let city = try InstitutionID.agencyGateway(AgencyBody(MunicipalityCode(fiveDigits: "99201")))
        let town = try InstitutionID.agencyGateway(AgencyBody(MunicipalityCode(fiveDigits: "99301")))
        let pension = try InstitutionID.agencyGateway(AgencyBody("pension"))
        let other = try InstitutionID.agencyGateway(AgencyBody("insurer"))
        let asker = clause.askers.contains(.municipality) ? town : pension
        let provider = clause.providers.contains(.municipality) ? city : pension
        let code = try PersonPointKey.random().point(for: [1]).bytes
        func covers(
            asker: InstitutionID = asker, provider: InstitutionID = provider, kind: InformationKindID? = nil,
            affair: String? = nil, procedure: String? = nil
        ) throws -> Bool {
            let citation = ClauseCitation(
                clause: clause.id, affair: affair ?? clause.affair, procedure: procedure ?? clause.procedures[0])
            let request = try PermitRequest(
                exchange: .random(), asker: asker, provider: provider, kind: kind ?? clause.kinds[0], period: .all,
                basis: .clause(citation), code: InstitutionCode(bytes: code), requestedAt: World.start)
            return clause.covers(request, citation)
        }
        #expect(try covers())
        #expect(try !covers(asker: other))
        #expect(try !covers(provider: other))
        #expect(try !covers(kind: InformationKindID("6-6")))
        #expect(try !covers(affair: "別の事務"))
        #expect(try !covers(procedure: "別の手続"))
    }

    @Test(
        "each clause is in force on its first and last day, not before and not after", arguments: PermissionClause.all)
    func days(clause: PermissionClause) {
        #expect(clause.isInForce(on: clause.effectiveFrom))
        #expect(!clause.isInForce(on: clause.effectiveFrom.adding(days: -1)))
        if let last = clause.effectiveTo {
            #expect(clause.isInForce(on: last))
            #expect(!clause.isInForce(on: last.adding(days: 1)))
        }
    }

    @Test("a class of municipalities has every municipality and nobody else")
    func classes() throws {
        let code = try MunicipalityCode(fiveDigits: "99201").text
        let wrong = code.dropLast() + (code.hasSuffix("0") ? "1" : "0")
        let cases = [
            ("agency-gateway-" + code, true), ("agency-gateway-" + wrong, false), ("agency-gateway-pension", false),
            ("agency-register-" + code, false), ("agency-gateway-", false), ("portal", false),
        ]
        for (name, expected) in cases {
            #expect(try AgencyClass.municipality.contains(InstitutionID(name)) == expected)
        }
    }

    @Test("a request under a clause that is over, not yet in force, or about something else is refused and logged")
    func refused() async throws {
        let future = try PermissionClause(
            id: "future", citation: "試験", askers: [.body("pension")], affair: "a", procedures: ["b"],
            providers: [.municipality], kinds: [.localTax], effectiveFrom: CivilDate("2100-01-01"), effectiveTo: nil)
        try await withWorld(.sqlite, clauses: PermissionClause.all + [future]) { world in
            let login = try await world.login(world.person())
            let code = try await world.code(of: world.person(), at: world.pension)
            let citation = world.exemption
            func cited(_ clause: String, _ affair: String, _ procedure: String) -> ClauseCitation {
                ClauseCitation(clause: clause, affair: affair, procedure: procedure)
            }
            let cases: [(PermitRequest, String)] = [
                (world.agencyRequest(code, citation: cited("future", "a", "b")), "clause-not-in-force"),
                (
                    world.agencyRequest(
                        code, citation: cited("table2/pension-premium-exemption", citation.affair, citation.procedure)),
                    "clause-not-in-force"
                ),
                (world.agencyRequest(code, citation: cited("none", "a", "b")), "clause-unknown"),
                (world.agencyRequest(code, kind: try InformationKindID("7-3")), "clause-does-not-cover"),
                (
                    world.agencyRequest(code, citation: cited(citation.clause, "a", citation.procedure)),
                    "clause-does-not-cover"
                ),
            ]
            for (request, expected) in cases { #expect(try await world.refusal(of: request) == expected) }
            let logged = try await world.history(login.presence).map(\.reason)
            #expect(logged == cases.map(\.1).reversed())
        }
    }
}
