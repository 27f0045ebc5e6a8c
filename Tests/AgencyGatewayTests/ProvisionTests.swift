import AgencyGateway
import Contracts
import InstitutionKeys
import PersonCodes
import PortableSQL
import TestSupport
import Testing
import Values
import Wire

/// A citizen at the portal with a tax record at the city, and what the portal would send.
struct SelfAsking: Sendable {
    let nation: SmallNation
    let person: AgencyPersonID
    let login: (code: InstitutionCode, presence: PresenceToken)

    init(_ nation: SmallNation, point: PersonPoint? = nil) async throws {
        self.nation = nation
        let point = try point ?? nation.point()
        person = try await nation.enrol(point, at: nation.city)
        try await nation.store(SmallNation.tax(2026), of: person, at: nation.city)
        login = try await nation.login(point)
    }

    func permit(
        kind: InformationKindID = .localTax, period: InformationPeriod = .all
    ) async throws -> VerifiedToken<Permit> {
        let request = PermitRequest(
            exchange: .random(), asker: .portal, provider: nation.city.gateway, kind: kind, period: period,
            basis: .presence(login.presence), code: login.code, requestedAt: nation.clock.now())
        let granted = try await nation.call(
            PermitContract.request, of: .linkageCore,
            RequestPermit(request: nation.sign(request, as: .portal)), as: .portal)
        return try await nation.verify(granted.permit, by: .linkageCore)
    }

    func request(_ permit: VerifiedToken<Permit>) -> ProvisionRequest {
        ProvisionRequest(
            asker: .portal, provider: nation.city.gateway, kind: permit.content.kind, period: permit.content.period,
            permit: permit.digest, requestedAt: nation.clock.now())
    }

    func provide(_ permit: VerifiedToken<Permit>) async throws -> Provide {
        try await provide(permit, request(permit))
    }

    func provide(_ permit: VerifiedToken<Permit>, _ request: ProvisionRequest) async throws -> Provide {
        Provide(permit: permit.token, request: try await nation.sign(request, as: .portal))
    }

    /// Sends it to the city, and gives the answer's token.
    func answer(_ provide: Provide) async throws -> VerifiedToken<ProvisionAnswer> {
        let provided = try await nation.call(
            ProvisionContract.provide, of: nation.city.gateway, provide, as: .portal)
        return try await nation.verify(provided.answer, by: nation.city.gateway)
    }

    func refusal(
        _ provide: Provide, at gateway: InstitutionID? = nil, as caller: InstitutionID = .portal
    ) async throws -> String? {
        try await nation.refusal(
            ProvisionContract.provide, of: gateway ?? nation.city.gateway, provide, as: caller)
    }

    func opened(_ answer: ProvisionAnswer) throws -> ProvisionContent {
        let keys = try #require(nation.keys[.portal])
        let context = ProvisionAnswer.sealContext(exchange: answer.exchange, request: answer.request)
        return try WireJSON.decode(ProvisionContent.self, from: keys.open(answer.content, context: context))
    }

    /// A permit that the core would not give, under its signature.
    func altered(
        _ permit: Permit, keys: String? = nil, sealedCode: SealedBytes? = nil, life: Duration? = nil
    )
        async throws -> VerifiedToken<Permit>
    {
        let changed = Permit(
            exchange: permit.exchange, asker: permit.asker, provider: permit.provider, kind: permit.kind,
            period: permit.period, basis: permit.basis, request: permit.request, leafIndex: permit.leafIndex,
            leafHash: permit.leafHash, askerKeys: keys ?? permit.askerKeys, sealedCode: sealedCode ?? permit.sealedCode,
            issuedAt: permit.issuedAt, expiresAt: permit.issuedAt + (life ?? Permit.lifetime))
        return try await nation.verify(nation.sign(changed, as: .linkageCore), by: .linkageCore)
    }

    /// The reasons that the city recorded, in no order.
    func recordedRefusals() async throws -> [String] {
        try await nation.city.database.read { reader in
            try reader.rows("SELECT reason FROM refused_provision").map { try $0.text("reason") }
        }
    }

    func provisionCount() async throws -> Int {
        try await nation.city.database.read { try $0.row("SELECT count(*) AS n FROM provision")?.int("n") ?? -1 }
    }
}

@Suite("Answering")
struct ProvisionTests {
    @Test(
        "a citizen gets the copy, sealed for the portal and bound to exchange and request",
        arguments: TestEngine.available)
    func happy(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let asking = try await SelfAsking(nation)
            let permit = try await asking.permit()
            let answer = try await asking.answer(asking.provide(permit)).content
            #expect(answer.exchange == permit.content.exchange)
            #expect(try asking.opened(answer) == .documents([SmallNation.tax(2026)]))
            let town = try #require(nation.keys[nation.town.gateway])
            let context = ProvisionAnswer.sealContext(exchange: answer.exchange, request: answer.request)
            #expect(throws: KeyError.cannotOpen) { try town.open(answer.content, context: context) }
            #expect(throws: KeyError.cannotOpen) {
                try #require(nation.keys[.portal]).open(answer.content, context: context + [0])
            }
        }
    }

    @Test("another kind, another year, or a person unknown here is not held", arguments: TestEngine.available)
    func notHeld(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let asking = try await SelfAsking(nation)
            let cases: [(InformationKindID, InformationPeriod, Bool)] = [
                (.localTax, .fiscalYear(2026), true), (.localTax, .fiscalYear(2025), false),
                (.household, .all, false), (.household, .fiscalYear(2026), false),
            ]
            for (kind, period, isHeld) in cases {
                let permit = try await asking.permit(kind: kind, period: period)
                let content = try await asking.opened(asking.answer(asking.provide(permit)).content)
                #expect((content != .notHeld) == isHeld)
            }
            let stranger = try await nation.login(nation.point(2))
            let request = PermitRequest(
                exchange: .random(), asker: .portal, provider: nation.city.gateway, kind: .localTax, period: .all,
                basis: .presence(stranger.presence), code: stranger.code, requestedAt: nation.clock.now())
            let granted = try await nation.call(
                PermitContract.request, of: .linkageCore,
                RequestPermit(request: nation.sign(request, as: .portal)), as: .portal)
            let permit = try await nation.verify(granted.permit, by: .linkageCore)
            #expect(try await asking.opened(asking.answer(asking.provide(permit)).content) == .notHeld)
        }
    }

    @Test("a restricted person's copies are not disclosed until the flag is lifted", arguments: TestEngine.available)
    func restricted(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let asking = try await SelfAsking(nation)
            for (disclosure, isShown) in [(Disclosure.notDisclosed, false), (.notDisclosed, false), (.disclosed, true)]
            {
                _ = try await nation.call(
                    AgencyContract.restrict, of: nation.city.gateway,
                    RestrictPerson(person: asking.person, disclosure: disclosure), as: nation.city.register)
                let permit = try await asking.permit()
                let content = try await asking.opened(asking.answer(asking.provide(permit)).content)
                #expect((content == .notDisclosed) == !isShown)
            }
        }
    }

    @Test("a copy stored again replaces the one of its year", arguments: TestEngine.available)
    func replaced(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let asking = try await SelfAsking(nation)
            try await nation.store(SmallNation.tax(2025, "x"), of: asking.person, at: nation.city)
            try await nation.store(SmallNation.tax(2026, "y"), of: asking.person, at: nation.city)
            let content = try await asking.opened(asking.answer(asking.provide(asking.permit())).content)
            #expect(content == .documents([try SmallNation.tax(2025, "x"), try SmallNation.tax(2026, "y")]))
        }
    }

    @Test("an answer that would be too large is refused and recorded, not cut")
    func large() async throws {
        try await withNation(.sqlite) { nation in
            let asking = try await SelfAsking(nation)
            for year in 2020...2025 {
                let document = try SmallNation.tax(year, String(repeating: "a", count: 50_000))
                try await nation.store(document, of: asking.person, at: nation.city)
            }
            #expect(try await asking.refusal(asking.provide(asking.permit())) == "answer-too-large")
            let one = try await asking.permit(period: .fiscalYear(2020))
            #expect(try await asking.refusal(asking.provide(one)) == nil)
            #expect(try await asking.recordedRefusals() == ["answer-too-large"])
        }
    }

    @Test(
        "the same request again gets the same answer within the permit's life, then none",
        arguments: TestEngine.available)
    func again(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let asking = try await SelfAsking(nation)
            let provide = try await asking.provide(asking.permit())
            let first = try await asking.answer(provide)
            nation.clock.advance(by: .seconds(64))
            #expect(try await asking.answer(provide).digest == first.digest)
            nation.clock.advance(by: .seconds(1))
            #expect(try await asking.refusal(provide) == "permit-not-current")
            let stored = try await nation.city.database.read { reader in
                try reader.rows("SELECT exchange FROM provision WHERE sealed_answer IS NOT NULL").count
            }
            #expect(stored == 0)
            #expect(try await asking.provisionCount() == 1)
        }
    }

    @Test("another request under an answered permit is refused and recorded", arguments: TestEngine.available)
    func replayed(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let asking = try await SelfAsking(nation)
            let permit = try await asking.permit()
            _ = try await asking.answer(asking.provide(permit))
            nation.clock.advance(by: .seconds(1))
            #expect(try await asking.refusal(asking.provide(permit)) == "exchange-reused")
            #expect(try await asking.recordedRefusals() == ["exchange-reused"])
        }
    }

    @Test("fifty copies of one request at once get one answer", arguments: TestEngine.available)
    func sameAtOnce(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let asking = try await SelfAsking(nation)
            let provide = try await asking.provide(asking.permit())
            let answers = try await atOnce { _ in try await asking.answer(provide) }
            #expect(Set(answers.map(\.digest)).count == 1)
            #expect(try await asking.provisionCount() == 1)
        }
    }

    @Test("of fifty requests at once under one permit, one is answered", arguments: TestEngine.available)
    func differentAtOnce(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let asking = try await SelfAsking(nation)
            let permit = try await asking.permit()
            let refusals = try await atOnce { index in
                let request = ProvisionRequest(
                    asker: .portal, provider: nation.city.gateway, kind: .localTax, period: .all, permit: permit.digest,
                    requestedAt: SmallNation.start + .microseconds(index))
                return try await asking.refusal(asking.provide(permit, request))
            }
            #expect(refusals.filter { $0 == nil }.count == 1)
            #expect(refusals.filter { $0 == "exchange-reused" }.count == 49)
            #expect(try await asking.provisionCount() == 1)
            #expect(try await asking.recordedRefusals().count == 49)
        }
    }
}
