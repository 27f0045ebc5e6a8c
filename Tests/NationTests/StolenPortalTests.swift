import Contracts
import Foundation
import InstitutionKeys
import PersonCodes
import PortableSQL
import Portal
import Testing
import Values
import Wire

@testable import Nation

extension WholeNation {
    /// Somebody has the portal's whole database, its keys and its codes, and no citizen who is logged in.
    @Suite("A stolen portal")
    struct StolenPortalTests {}
}

extension WholeNation.StolenPortalTests {
    /// What the thief shows as a presence.
    enum Shown: String, CaseIterable, CustomTestStringConvertible {
        /// The citizen's own, ended by her logout.
        case ended
        /// The citizen's own, half an hour old.
        case expired
        /// Another citizen's, live.
        case foreign
        /// Signed by the thief with the portal's key, as if by the core.
        case forged
        /// None: a clause of the law instead.
        case clause

        var testDescription: String { rawValue }
    }

    @Test("no request for a citizen's records is permitted, and each stands in her log", arguments: Shown.allCases)
    func refused(_ shown: Shown) async throws {
        try await withNation { world in
            let victim = try await world.logIn("hanako")
            let session = try OpenedSession(victim)
            let code = try await stolenCode(world)
            await end(shown, victim, world)
            let before = try await world.refusals()
            let error = await #expect(throws: Problem.self) {
                try await ask(world, code, basis(shown, session, world))
            }
            #expect(error.map { $0.status < 500 } == true)
            let after = try await world.refusals()
            #expect(after.permitted == before.permitted)
            #expect(after.refused == before.refused + 1)
            let history = try await world.portal.history(of: world.logIn("hanako"))
            #expect(history.count == 1 && history.first?.outcome == .refused)
        }
    }

    /// The one account that lies in the portal's database.
    private func stolenCode(_ world: TestNation) async throws -> InstitutionCode {
        let codes = try await world.database(.portal).read { reader in
            try reader.rows("SELECT portal_code FROM account").map { try $0.bytes("portal_code") }
        }
        #expect(codes.count == 1)
        return try InstitutionCode(bytes: #require(codes.first))
    }

    @Test("without the core's permit the gateway answers nothing to the portal's own signature")
    func noPermit() async throws {
        try await withNation { world in
            let session = try OpenedSession(await world.logIn("hanako"))
            let gateway = try Demo.gateway(Demo.shiomi.text)
            let signer = try await world.portalKeys().signer()
            let now = world.clock.now()
            let digest = try TokenDigest(bytes: WireDigest.sha256(session.code.bytes))
            let request = try await signer.sign(
                ProvisionRequest(
                    asker: .portal, provider: gateway, kind: .localTax, period: Demo.period, permit: digest,
                    requestedAt: now))
            let sealed = try await world.folder.directory().seal(session.code.bytes, for: gateway, context: [], at: now)
            let permit = try await signer.sign(
                Permit(
                    exchange: .random(), asker: .portal, provider: gateway, kind: .localTax, period: Demo.period,
                    basis: "presence", request: digest, leafIndex: 0, leafHash: ContractBytes(digest.bytes),
                    askerKeys: "", sealedCode: sealed, issuedAt: now, expiresAt: now + Permit.lifetime))
            await #expect(throws: Problem.self) {
                try await world.client(as: .portal).call(
                    ProvisionContract.provide, of: gateway.text, Provide(permit: permit, request: request))
            }
        }
    }

    private func end(_ shown: Shown, _ victim: SignedInCitizen, _ world: TestNation) async {
        switch shown {
        case .ended: try? await world.portal.signOut(victim)
        case .expired: world.clock.advance(.seconds(31 * 60))
        case .foreign, .forged, .clause: try? await world.portal.signOut(victim)
        }
    }

    private func basis(_ shown: Shown, _ session: OpenedSession, _ world: TestNation) async throws -> ExchangeBasis {
        switch shown {
        case .ended, .expired: .presence(session.presence)
        case .foreign: .presence(try OpenedSession(await world.logIn("taro")).presence)
        case .forged: .presence(try await forged(session.code, world))
        case .clause:
            .clause(
                ClauseCitation(
                    clause: "order/child-allowance-municipality", affair: "児童手当法による児童手当又は特例給付の支給に関する事務",
                    procedure: "児童手当の申請"))
        }
    }

    private func forged(_ code: InstitutionCode, _ world: TestNation) async throws -> PresenceToken {
        let now = world.clock.now()
        return try await world.portalKeys().signer().sign(
            Presence(
                id: .random(), code: code, session: ContractBytes(WireDigest.sha256([])), purpose: "login",
                issuedAt: now, expiresAt: now + Presence.lifetime))
    }

    private func ask(_ world: TestNation, _ code: InstitutionCode, _ basis: ExchangeBasis) async throws {
        let request = try await world.portalKeys().signer().sign(
            PermitRequest(
                exchange: .random(), asker: .portal, provider: Demo.gateway(Demo.shiomi.text), kind: .localTax,
                period: Demo.period, basis: basis, code: code, requestedAt: world.clock.now()))
        _ = try await world.client(as: .portal).call(
            PermitContract.request, of: InstitutionID.linkageCore.text, RequestPermit(request: request))
    }
}

extension TestNation {
    /// How many requests the core has entered in citizens' logs, by outcome.
    func refusals() async throws -> (permitted: Int, refused: Int) {
        try await database(.linkageCore).read { reader in
            func count(_ outcome: String) throws -> Int {
                try reader.row("SELECT count(*) AS found FROM exchange WHERE outcome = $1", outcome)?.int("found") ?? 0
            }
            return try (count("permitted"), count("refused"))
        }
    }
}
