import AgencyGateway
import Contracts
import InstitutionKeys
import PersonCodes
import PortableSQL
import TestSupport
import Testing
import Values
import Wire

@Suite("Asking as an agency")
struct InquiryTests {
    @Test("an agency gets the copy under a clause, and the citizen sees that it asked", arguments: TestEngine.available)
    func happy(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let (_, insured) = try await bothKnow(nation)
            let content = try await nation.inquire(nation.exemption(of: insured))
            #expect(content == .documents([try SmallNation.tax(2026)]))
            #expect(try await inquiries(nation) == ["documents "])
            let login = try await nation.login(nation.point())
            let list = ListHistory(presence: login.presence, before: nil, limit: 10)
            let history = try await nation.call(HistoryContract.list, of: .linkageCore, list, as: .portal).entries
            #expect(history.map(\.asker) == [nation.pension.gateway])
            #expect(history.map(\.basis) == ["order/pension-premium-exemption"])
        }
    }

    @Test("each side keeps its own name of the exchange")
    func names() async throws {
        try await withNation(.sqlite) { nation in
            let (_, insured) = try await bothKnow(nation)
            let result = try await nation.call(
                AgencyContract.inquire, of: nation.pension.gateway, nation.exemption(of: insured),
                as: nation.pension.register)
            let provided = try await nation.city.database.read { reader in
                try reader.row("SELECT exchange FROM provision")?.bytes("exchange")
            }
            #expect(provided != nil && provided != result.exchange.bytes)
        }
    }

    @Test("a person whose code was not acquired is not asked about")
    func noCode() async throws {
        try await withNation(.sqlite) { nation in
            let refusal = try await nation.inquiryRefusal(nation.exemption(of: .random()))
            #expect(refusal == "person-has-no-code")
            #expect(try await inquiries(nation) == [])
        }
    }

    @Test("the core's refusal comes through with its code and stands in the record", arguments: TestEngine.available)
    func refusedByCore(engine: TestEngine) async throws {
        try await withNation(engine) { nation in
            let (_, insured) = try await bothKnow(nation)
            let over = nation.exemption(of: insured, clause: "table2/pension-premium-exemption")
            #expect(try await nation.inquiryRefusal(over) == "clause-not-in-force")
            let other = nation.exemption(of: insured, kind: try InformationKindID("3-4"))
            #expect(try await nation.inquiryRefusal(other) == "clause-does-not-cover")
            #expect(
                try await inquiries(nation).sorted() == ["failed clause-does-not-cover", "failed clause-not-in-force"])
        }
    }

    @Test("a provider that is away is asked again, then the inquiry has failed")
    func away() async throws {
        try await withNation(.sqlite) { nation in
            let (_, insured) = try await bothKnow(nation)
            nation.network.remove(nation.city.gateway.text)
            #expect(try await nation.inquiryRefusal(nation.exemption(of: insured)) == "no-answer")
            #expect(try await inquiries(nation) == ["failed no-answer"])
        }
    }

    @Test("a core that is away gives no permit")
    func coreAway() async throws {
        try await withNation(.sqlite) { nation in
            let (_, insured) = try await bothKnow(nation)
            nation.network.remove("linkage-core")
            #expect(try await nation.inquiryRefusal(nation.exemption(of: insured)) == "no-answer")
        }
    }

    /// How a provider answers wrongly.
    enum Lie: String, CaseIterable, Sendable {
        case signature, exchange, provider, request, sealedForAnother, otherContext, otherKind, otherYear, noJSON

        var expected: String {
            switch self {
            case .signature: "answer-not-signed"
            case .sealedForAnother, .otherContext, .noJSON: "answer-unreadable"
            default: "answer-not-as-asked"
            }
        }
    }

    @Test("an answer that is not the one asked for is not used", arguments: Lie.allCases)
    func lies(lie: Lie) async throws {
        try await withNation(.sqlite) { nation in
            let (_, insured) = try await bothKnow(nation)
            let liar = ProvisionContract.provide.served(to: .anyCaller) { request, _ in
                Provided(answer: try await Self.lying(lie, to: request, nation))
            }
            nation.network.serve(
                EndpointTable([liar], logger: CapturedLog().logger()), as: nation.city.gateway.text)
            let inquiry = nation.exemption(of: insured, period: .fiscalYear(2026))
            #expect(try await nation.inquiryRefusal(inquiry) == lie.expected)
            #expect(try await inquiries(nation) == ["failed \(lie.expected)"])
        }
    }

    @Test("a core that answers with a permit for something else is not believed")
    func lyingCore() async throws {
        try await withNation(.sqlite) { nation in
            let (_, insured) = try await bothKnow(nation)
            let asking = try await SelfAsking(nation, point: nation.point(3))
            let other = try await asking.permit().token
            let liar = PermitContract.request.served(to: .anyCaller) { _, _ in GrantedPermit(permit: other) }
            nation.network.serve(EndpointTable([liar], logger: CapturedLog().logger()), as: "linkage-core")
            #expect(try await nation.inquiryRefusal(nation.exemption(of: insured)) == "permit-not-as-asked")
        }
    }

    private static func lying(
        _ lie: Lie, to call: Provide, _ nation: SmallNation
    ) async throws -> SignedToken<ProvisionAnswer> {
        let permit = try await nation.verify(call.permit, by: .linkageCore).content
        let request = try await nation.verify(call.request, by: permit.asker)
        let named = lie == .exchange ? ExchangeID.random() : permit.exchange
        let digest = lie == .request ? permit.request : request.digest
        let year = lie == .otherYear ? 2025 : 2026
        let tax = try SmallNation.tax(year)
        let document = InformationDocument(
            kind: lie == .otherKind ? .household : .localTax, form: tax.form, createdOn: tax.createdOn,
            period: tax.period, items: tax.items)
        let content = lie == .noJSON ? [1, 2, 3] : try WireJSON.encode(ProvisionContent.documents([document]))
        let context = ProvisionAnswer.sealContext(exchange: named, request: digest)
        let sealed = try nation.directory.seal(
            content, for: lie == .sealedForAnother ? .portal : permit.asker,
            context: lie == .otherContext ? context + [0] : context, at: SmallNation.start)
        let answer = ProvisionAnswer(
            exchange: named, provider: lie == .provider ? nation.town.gateway : permit.provider, request: digest,
            content: sealed, answeredAt: SmallNation.start)
        return try await nation.sign(answer, as: lie == .signature ? nation.town.gateway : nation.city.gateway)
    }

    /// The same person at the city, with a tax record, and at the pension body.
    private func bothKnow(_ nation: SmallNation) async throws -> (AgencyPersonID, AgencyPersonID) {
        let resident = try await nation.enrol(nation.point(), at: nation.city)
        try await nation.store(SmallNation.tax(2026), of: resident, at: nation.city)
        return (resident, try await nation.enrol(nation.point(), at: nation.pension))
    }

    /// Outcome and reason of each inquiry.
    private func inquiries(_ nation: SmallNation) async throws -> [String] {
        try await nation.pension.database.read { reader in
            try reader.rows("SELECT outcome, reason FROM inquiry WHERE ended_at IS NOT NULL").map { row in
                try row.text("outcome") + " " + row.text("reason")
            }
        }
    }
}
