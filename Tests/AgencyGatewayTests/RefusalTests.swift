import AgencyGateway
import Contracts
import InstitutionKeys
import TestSupport
import Testing
import Values
import Wire

@Suite("What a provider refuses")
struct RefusalTests {
    @Test("a permit that the core did not sign", arguments: TestEngine.available)
    func forged(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let asking = try await SelfAsking(nation)
            let permit = try await asking.permit()
            let forged = try await nation.verify(nation.sign(permit.content, as: .portal), by: .portal)
            #expect(try await asking.refusal(asking.provide(forged)) == "permit-not-signed-by-core")
            try await expectRefused(asking, ["permit-not-signed-by-core"])
        }
    }

    @Test("a permit of another asker, whoever signs the request")
    func stolen() async throws {
        try await withNation(.sqlite) { nation in
            let asking = try await SelfAsking(nation)
            let permit = try await asking.permit()
            let own = try await asking.provide(permit)
            let thief = nation.pension.gateway
            let stolen = Provide(
                permit: permit.token, request: try await nation.sign(asking.request(permit), as: thief))
            #expect(try await asking.refusal(own, as: thief) == "permit-of-another-asker")
            #expect(try await asking.refusal(stolen, as: thief) == "permit-of-another-asker")
            #expect(try await asking.refusal(stolen) == "request-not-signed-by-caller")
        }
    }

    @Test("a permit for another provider")
    func elsewhere() async throws {
        try await withNation(.sqlite) { nation in
            let asking = try await SelfAsking(nation)
            let provide = try await asking.provide(asking.permit())
            #expect(try await asking.refusal(provide, at: nation.town.gateway) == "permit-of-another-provider")
        }
    }

    @Test(
        "a permit that is over, or not yet valid",
        arguments: [
            (Duration.seconds(65), "permit-not-current" as String?), (.seconds(64), nil),
            (.seconds(-6), "permit-not-current"),
            (.seconds(3_600), "permit-not-current"),
        ])
    func times(shift: Duration, expected: String?) async throws {
        try await withNation(.sqlite) { nation in
            let asking = try await SelfAsking(nation)
            let provide = try await asking.provide(asking.permit())
            nation.clock.advance(by: shift)
            #expect(try await asking.refusal(provide) == expected)
        }
    }

    @Test("a permit of no life, or of more than sixty seconds", arguments: [0, -1, 61, 86_400])
    func lives(seconds: Int) async throws {
        try await withNation(.sqlite) { nation in
            let asking = try await SelfAsking(nation)
            let long = try await asking.altered(asking.permit().content, life: .seconds(seconds))
            #expect(try await asking.refusal(asking.provide(long)) == "permit-not-current")
        }
    }

    @Test("a permit for other keys of the asker")
    func otherKeys() async throws {
        try await withNation(.sqlite) { nation in
            let asking = try await SelfAsking(nation)
            let keys = InstitutionKeyPair().statement(
                for: .portal, nameJapanese: "", nameEnglish: "", validity: .earliest ..< .latest)
            let altered = try await asking.altered(asking.permit().content, keys: keys.thumbprint)
            #expect(try await asking.refusal(asking.provide(altered)) == "asker-keys-differ")
        }
    }

    @Test("a request that names another permit")
    func swapped() async throws {
        try await withNation(.sqlite) { nation in
            let asking = try await SelfAsking(nation)
            let first = try await asking.permit()
            let second = try await asking.permit()
            let swapped = try await asking.provide(second, asking.request(first))
            #expect(try await asking.refusal(swapped) == "request-of-another-permit")
        }
    }

    /// What the request says otherwise than the permit.
    enum Change: String, CaseIterable, Sendable {
        case asker, provider, kind, period, tooEarly, tooLate
    }

    @Test("a request for something else than the permit allows", arguments: Change.allCases)
    func changed(change: Change) async throws {
        try await withNation(.sqlite) { nation in
            let asking = try await SelfAsking(nation)
            let permit = try await asking.permit()
            let now = nation.clock.now()
            let shift: Duration = change == .tooEarly ? .seconds(-6) : change == .tooLate ? .seconds(6) : .zero
            let request = ProvisionRequest(
                asker: change == .asker ? nation.town.gateway : .portal,
                provider: change == .provider ? nation.town.gateway : nation.city.gateway,
                kind: change == .kind ? .household : .localTax,
                period: change == .period ? .fiscalYear(2026) : .all, permit: permit.digest, requestedAt: now + shift)
            #expect(try await asking.refusal(asking.provide(permit, request)) == "request-differs-from-permit")
            #expect(try await asking.refusal(asking.provide(permit)) == nil)
        }
    }

    @Test("a sealed code that was moved from another permit", arguments: TestEngine.available)
    func movedCode(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let asking = try await SelfAsking(nation)
            let first = try await asking.permit()
            let second = try await asking.permit()
            let moved = try await asking.altered(second.content, sealedCode: first.content.sealedCode)
            #expect(try await asking.refusal(asking.provide(moved)) == "sealed-code-unreadable")
            try await expectRefused(asking, ["sealed-code-unreadable"])
        }
    }

    private func expectRefused(_ asking: SelfAsking, _ reasons: [String]) async throws {
        #expect(try await asking.recordedRefusals() == reasons)
        #expect(try await asking.provisionCount() == 0)
    }
}
