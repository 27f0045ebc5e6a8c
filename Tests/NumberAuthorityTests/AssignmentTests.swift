import Contracts
import NumberAuthority
import NumberContracts
import NumberValues
import PortableSQL
import TestSupport
import Testing
import Values
import Wire

@Suite struct AssignmentTests {
    @Test("a resident gets one number, however often it is asked for", arguments: TestEngine.available)
    func idempotent(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            let first = try await authority.enter(code(1))
            #expect(try await authority.enter(code(1)) == first)
            #expect(try await authority.enter(code(2)) != first)
            #expect(
                try await authority.acts() == [
                    "items-taken-over by \(authority.registry)", "number-assigned by \(authority.registry)",
                    "number-assigned by \(authority.registry)",
                ])
        }
    }

    @Test("a number that was ever drawn is drawn again", arguments: TestEngine.available)
    func collision(engine: TestEngine) async throws {
        let drawn = numbers(2)
        let draws = Draws([drawn[0], drawn[0], drawn[0], drawn[1]])
        try await withAuthority(engine, draw: draws.next) { (authority: Authority) async throws in
            #expect(try await authority.enter(code(1)) == drawn[0])
            #expect(try await authority.enter(code(2)) == drawn[1])
        }
    }

    @Test("when no free number is found, nothing is written", arguments: TestEngine.available)
    func exhausted(engine: TestEngine) async throws {
        let drawn = numbers(1)
        try await withAuthority(engine, draw: Draws(drawn).next) { authority in
            try await authority.enter(code(1))
            let refusal = try await authority.refusal(
                NumberContract.assign, authority.assignment(code(2)), as: authority.registry)
            #expect(refusal == "numbers-exhausted")
            #expect(try await authority.count("SELECT count(*) AS n FROM identity_record") == 1)
            #expect(try await authority.count("SELECT count(*) AS n FROM authority_audit") == 1)
        }
    }

    @Test("50 callers at once for one resident get one number", arguments: TestEngine.available)
    func fiftyAtOnce(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            let got = try await withThrowingTaskGroup(of: IndividualNumber.self) { group in
                for _ in 0..<50 { group.addTask { try await authority.enter(code(1)) } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(got.count == 1)
            #expect(try await authority.count("SELECT count(*) AS n FROM assigned_number") == 1)
        }
    }

    @Test("a retired number belongs to nobody and is never assigned again", arguments: TestEngine.available)
    func retired(engine: TestEngine) async throws {
        let drawn = numbers(2)
        let draws = Draws([drawn[0], drawn[0], drawn[1]])
        try await withAuthority(engine, draw: draws.next) { authority in
            try await authority.enter(code(1))
            try await authority.database.write { _ = try $0.execute("UPDATE assigned_number SET retired_at = 1") }
            #expect(
                try await authority.refusal(
                    NumberContract.identityRecord, IdentityRecordRequest(number: NumberField(drawn[0])),
                    as: "card-office") == "unknown-number")
            #expect(try await authority.enter(code(1)) == drawn[1], "the resident gets a new one")
        }
    }

    @Test("the schema, too, knows one live number a resident", arguments: TestEngine.available)
    func oneLiveNumber(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            try await authority.enter(code(1))
            let other = numbers(1)[0]
            let error = await #expect(throws: SQLError.self) {
                try await authority.database.write { writer in
                    try writer.execute(
                        """
                        INSERT INTO assigned_number (individual_number, resident_code, assigned_at) VALUES ($1, $2, 1)
                        """, other.disclosed(for: .authorityRecord), code(1).disclosed(for: .authorityRecord))
                }
            }
            #expect(error?.code == .uniqueViolation)
        }
    }

    @Test("a registry speaks for its own municipality only", arguments: TestEngine.available)
    func otherMunicipality(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            let elsewhere = try "resident-registry-" + MunicipalityCode(fiveDigits: "99301").text
            try await authority.enter(code(1))
            let update = UpdateItems(
                resident: ResidentCodeField(code(1)), municipality: authority.municipality,
                items: try authority.items("次郎"))
            for caller in [elsewhere, "resident-registry-", "resident-registry-x"] {
                #expect(
                    try await authority.refusal(NumberContract.assign, authority.assignment(code(2)), as: caller)
                        == "other-municipality")
                #expect(
                    try await authority.refusal(NumberContract.updateItems, update, as: caller) == "other-municipality")
            }
            #expect(try await authority.count("SELECT count(*) AS n FROM identity_record") == 1)
        }
    }

    @Test("digits that are no resident code or number are refused", arguments: TestEngine.available)
    func malformed(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            let code = try WireJSON.decode(ResidentCodeField.self, from: Array(#""12345678901234""#.utf8))
            let number = try WireJSON.decode(NumberField.self, from: Array(#""000000000001""#.utf8))
            let assignment = AssignNumber(
                resident: code, municipality: authority.municipality, items: try authority.items())
            #expect(
                try await authority.refusal(NumberContract.assign, assignment, as: authority.registry)
                    == "malformed-number")
            #expect(
                try await authority.refusal(
                    NumberContract.identityRecord, IdentityRecordRequest(number: number), as: "card-office")
                    == "malformed-number")
            #expect(
                try await authority.refusal(
                    NumberContract.submitAcquisition, SubmitAcquisition(acquisition: .random(), number: number),
                    as: "agency-register-x1") == "malformed-number")
        }
    }

    @Test(
        "changed items are what the card office is given, and each look is written down",
        arguments: TestEngine.available)
    func items(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            let number = try await authority.enter(code(1))
            let changed = try authority.items("次郎")
            _ = try await authority.call(
                NumberContract.updateItems,
                UpdateItems(
                    resident: ResidentCodeField(code(1)), municipality: authority.municipality, items: changed),
                as: authority.registry)
            authority.clock.advance(by: .seconds(1))
            let record = try await authority.call(
                NumberContract.identityRecord, IdentityRecordRequest(number: NumberField(number)), as: "card-office")
            #expect(record == IdentityRecord(municipality: authority.municipality, items: changed))
            #expect(try await authority.acts().last == "identity-disclosed by card-office")
        }
    }

    @Test("the items of somebody who was never entered are not taken over", arguments: TestEngine.available)
    func unknownResident(engine: TestEngine) async throws {
        try await withAuthority(engine) { authority in
            let update = UpdateItems(
                resident: ResidentCodeField(code(9)), municipality: authority.municipality,
                items: try authority.items())
            #expect(
                try await authority.refusal(NumberContract.updateItems, update, as: authority.registry)
                    == "unknown-number")
            #expect(try await authority.count("SELECT count(*) AS n FROM identity_record") == 0)
        }
    }

    static let matrix = """
                                              registry register gateway card-office jpki linkage-core portal
        number-authority/assign-number             yes        -       -           -    -            -      -
        number-authority/identity-record             -        -       -         yes    -            -      -
        number-authority/present-login               -        -       -           -    -            -    yes
        number-authority/register-certificate        -        -       -         yes    -            -      -
        number-authority/submit-acquisition          -      yes       -           -    -            -      -
        number-authority/update-items              yes        -       -           -    -            -      -
        """

    @Test("who may ask what, as one table")
    func callers() async throws {
        try await withAuthority(.sqlite) { (authority: Authority) async throws in
            let callers = [
                ("registry", authority.registry), ("register", "agency-register-pension"),
                ("gateway", "agency-gateway-pension"), ("card-office", "card-office"), ("jpki", "jpki"),
                ("linkage-core", "linkage-core"), ("portal", "portal"),
            ]
            let header = String(repeating: " ", count: 37) + callers.map { " " + $0.0 }.joined()
            let served = EndpointTable(authority.service.endpoints, logger: CapturedLog().logger()).served
            let lines = served.map { endpoint in
                let name = endpoint.name + String(repeating: " ", count: 37 - endpoint.name.count)
                return name
                    + callers.map { title, caller in
                        let mark = endpoint.rule.allows(Caller(caller)) ? "yes" : "-"
                        return String(repeating: " ", count: title.count + 1 - mark.count) + mark
                    }.joined()
            }
            #expect(([header] + lines).joined(separator: "\n") == Self.matrix)
        }
    }
}
