import Contracts
import Values

/// What the neighbours answer in these tests. The persons are nobody, the amounts are made up.
enum Samples {
    static let salary = PortalWorld.personalWord

    static func localTax(_ year: Int, salary: String = salary) throws -> InformationDocument {
        InformationDocument(
            kind: .localTax, form: LocalTaxItem.form, createdOn: try CivilDate(year: year, month: 6, day: 10),
            period: .fiscalYear(year),
            items: LocalTaxItems.items([.fiscalYear: "\(year)", .salaryReceived: salary, .totalIncome: "3560000"]))
    }

    static func entry(
        _ number: UInt8, in world: PortalWorld, asker: InstitutionID? = nil, provider: InstitutionID? = nil,
        basis: String = "order/pension-premium-exemption", procedure: String = "国民年金保険料の免除・納付猶予の申請",
        outcome: ExchangeOutcome = .permitted, reason: String = "", hoursAgo: Int = 0, running: Int = 1
    ) throws -> ExchangeEntry {
        let at = Citizen.noon - .seconds(hoursAgo * 3600 + 60)
        let isOwn = basis == "presence"
        return ExchangeEntry(
            exchange: try ExchangeID(bytes: [UInt8](repeating: number, count: 16)),
            providerExchange: outcome == .refused
                ? nil : try ExchangeID(bytes: [UInt8](repeating: number + 100, count: 16)),
            asker: asker ?? (isOwn ? .portal : world.pension), provider: provider ?? world.city, kind: .localTax,
            period: .fiscalYear(2026), basis: basis, affair: isOwn ? "" : "国民年金法による保険料の免除に関する事務",
            procedure: isOwn ? "" : procedure, outcome: outcome, reason: reason, requestedAt: at,
            recordedAt: at + .microseconds(250_000), runningNumber: running, subject: world.neighbours.code)
    }

    /// One's own request, an agency's, and a refused one.
    static func history(in world: PortalWorld) throws -> [ExchangeEntry] {
        [
            try entry(1, in: world, basis: "presence", hoursAgo: 0, running: 1),
            try entry(2, in: world, hoursAgo: 30, running: 2),
            try entry(
                3, in: world, basis: "order/none", outcome: .refused, reason: "clause-unknown", hoursAgo: 50,
                running: 1),
        ]
    }
}
