import Contracts
import InstitutionKeys
import LinkageCore
import PersonCodes
import TestSupport
import Testing
import Values
import Wire

@Suite("Permits")
struct PermitTests {
    @Test(
        "a citizen's permit says what was asked and brings the provider its own code", arguments: TestEngine.available)
    func presence(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            let request = world.selfRequest(login, period: .fiscalYear(2026))
            let permit = try await world.permit(for: request).content
            #expect(permit.asker == .portal && permit.provider == world.city && permit.basis == "presence")
            #expect(permit.kind == request.kind && permit.period == request.period)
            #expect(permit.expiresAt - permit.issuedAt == .seconds(60))
            #expect(permit.askerKeys == (try world.directory.statement(of: .portal, at: World.start).thumbprint))
            #expect(permit.exchange != request.exchange)
            #expect(try await openedCode(permit, world) == world.code(of: world.person(), at: world.city))
        }
    }

    @Test("an agency's permit under a clause names the clause", arguments: TestEngine.available)
    func clause(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let code = try await world.code(of: world.person(), at: world.pension)
            let permit = try await world.permit(for: world.agencyRequest(code)).content
            #expect(permit.basis == "order/pension-premium-exemption")
            #expect(try await openedCode(permit, world) == world.code(of: world.person(), at: world.city))
        }
    }

    @Test("the code in a permit opens for its provider and in its own permit only")
    func sealed() async throws {
        try await withWorld(.sqlite) { world in
            let login = try await world.login(world.person())
            let first = try await world.permit(for: world.selfRequest(login)).content
            let second = try await world.permit(for: world.selfRequest(login)).content
            let city = try #require(world.keys[world.city])
            let town = try #require(world.keys[world.town])
            #expect(throws: KeyError.cannotOpen) { try town.open(first.sealedCode, context: first.sealContext) }
            #expect(throws: KeyError.cannotOpen) { try city.open(first.sealedCode, context: second.sealContext) }
        }
    }

    @Test("a citizen may ask for every one of the 61 kinds")
    func allKinds() async throws {
        try await withWorld(.sqlite) { world in
            let login = try await world.login(world.person())
            for kind in InformationKind.all {
                #expect(try await world.refusal(of: world.selfRequest(login, kind: kind.id)) == nil)
            }
            #expect(try await world.history(login.presence).count == 61)
        }
    }

    @Test("a kind that does not exist is not asked for")
    func unknownKind() async throws {
        struct Loose: TokenContent {
            static let tokenType = PermitRequest.tokenType
            var exchange, asker, provider, kind, period, code, requestedAt: String
            var basis: ExchangeBasis
        }
        try await withWorld(.sqlite) { world in
            let login = try await world.login(world.person())
            func token(_ kind: String) async throws -> SignedToken<PermitRequest> {
                let loose = Loose(
                    exchange: ExchangeID.random().text, asker: "portal", provider: world.city.text, kind: kind,
                    period: "all", code: login.code.base64URL, requestedAt: World.start.text,
                    basis: .presence(login.presence))
                return try SignedToken(compact: await world.sign(loose, as: .portal).compact)
            }
            for kind in ["8-1", "3-21", "", "all"] {
                let request = RequestPermit(request: try await token(kind))
                let refusal = try await world.refusal(PermitContract.request, request, as: .portal)
                #expect(refusal == "request-not-signed-by-caller")
            }
            let known = RequestPermit(request: try await token("3-20"))
            #expect(try await world.refusal(PermitContract.request, known, as: .portal) == nil)
        }
    }

    @Test(
        "a request that its caller did not sign is refused, and no citizen's log is written",
        arguments: TestEngine.available)
    func signatures(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let code = try await world.code(of: world.person(), at: world.pension)
            let request = world.agencyRequest(code)
            let byOther = RequestPermit(request: try await world.sign(request, as: world.city))
            let own = RequestPermit(request: try await world.sign(request, as: world.pension))
            let cases = [(byOther, world.pension), (byOther, world.city), (own, world.city)]
            for (token, caller) in cases {
                let refusal = try await world.refusal(PermitContract.request, token, as: caller)
                #expect(refusal == "request-not-signed-by-caller")
            }
            #expect(try await world.count(.exchange) == 0)
            #expect(try await world.count(.refusedCall) == 3)
        }
    }

    @Test(
        "a request made more than five seconds before or after now is refused and logged",
        arguments: [
            (Duration.seconds(-6), "request-not-current" as String?), (.seconds(6), "request-not-current"),
            (.seconds(-5), nil), (.seconds(5), nil),
        ])
    func current(shift: Duration, expected: String?) async throws {
        try await withWorld(.sqlite) { world in
            let login = try await world.login(world.person())
            let request = world.selfRequest(login)
            world.clock.advance(by: .zero - shift)
            #expect(try await world.refusal(of: request) == expected)
            world.clock.advance(by: shift)
            #expect(try await world.history(login.presence).first?.reason == expected ?? "")
        }
    }

    @Test("neither the portal under a clause nor an agency under a presence gets a permit")
    func bases() async throws {
        try await withWorld(.sqlite) { world in
            let login = try await world.login(world.person())
            let code = try await world.code(of: world.person(), at: world.pension)
            let portal = PermitRequest(
                exchange: .random(), asker: .portal, provider: world.city, kind: .localTax, period: .all,
                basis: .clause(world.exemption), code: login.code, requestedAt: World.start)
            let agency = PermitRequest(
                exchange: .random(), asker: world.pension, provider: world.city, kind: .localTax, period: .all,
                basis: .presence(login.presence), code: code, requestedAt: World.start)
            #expect(try await world.refusal(of: portal) == "basis-not-allowed")
            #expect(try await world.refusal(of: agency) == "basis-not-allowed")
            let reasons = try await world.history(login.presence).map(\.reason)
            #expect(reasons == ["basis-not-allowed", "basis-not-allowed"])
        }
    }

    @Test("a provider that is no agency's gateway, has no keys, or is the asker, does not exist")
    func providers() async throws {
        try await withWorld(.sqlite) { world in
            let code = try await world.code(of: world.person(), at: world.pension)
            let nowhere = try InstitutionID.agencyGateway(AgencyBody("nowhere"))
            for provider in [.portal, .linkageCore, nowhere, world.pension] {
                let request = world.agencyRequest(code, provider: provider)
                #expect(try await world.refusal(of: request) == "provider-unknown")
            }
        }
    }

    @Test(
        "a refused request stands in the citizen's log with its reason, and stays refused",
        arguments: TestEngine.available)
    func refusalLogged(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let login = try await world.login(world.person())
            let code = try await world.code(of: world.person(), at: world.pension)
            let request = world.agencyRequest(code, kind: .household, exchange: .random())
            let wrong = world.agencyRequest(
                code, citation: ClauseCitation(clause: "no-such-clause", affair: "a", procedure: "b"))
            #expect(try await world.refusal(of: request) == nil)
            #expect(try await world.refusal(of: wrong) == "clause-unknown")
            #expect(try await world.refusal(of: wrong) == "clause-unknown")
            let entries = try await world.history(login.presence)
            #expect(entries.map(\.outcome) == [.refused, .permitted])
            #expect(entries.first?.reason == "clause-unknown")
            #expect(entries.first?.basis == "no-such-clause")
            #expect(entries.first?.providerExchange == nil)
            #expect(entries.map(\.runningNumber) == [2, 1])
            #expect(try await world.count(.leaf) == 2)
        }
    }

    @Test(
        "a citation without a clause, too long, or with control characters is malformed",
        arguments: [
            ("", "a", "b"), ("a", "", "b"), ("a", "b", ""), (String(repeating: "a", count: 501), "a", "b"),
            ("a\u{0}", "a", "b"), ("a", "a\n", "b"),
        ])
    func citations(clause: String, affair: String, procedure: String) async throws {
        try await withWorld(.sqlite) { world in
            let code = try await world.code(of: world.person(), at: world.pension)
            let citation = ClauseCitation(clause: clause, affair: affair, procedure: procedure)
            #expect(try await world.refusal(of: world.agencyRequest(code, citation: citation)) == "citation-malformed")
            #expect(try await world.count(.exchange) == 0)
        }
    }
}

/// The code that the provider finds in a permit.
func openedCode(_ permit: Permit, _ world: World) async throws -> InstitutionCode {
    let keys = try #require(world.keys[permit.provider])
    return try InstitutionCode(bytes: keys.open(permit.sealedCode, context: permit.sealContext))
}
