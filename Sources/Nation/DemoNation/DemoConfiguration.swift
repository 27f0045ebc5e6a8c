import Contracts
public import Nation
public import Values

/// The demo nation: two fictional municipalities under prefecture code 99, and three bodies.
public enum DemoConfiguration {
    static let shiomi = municipality("99001")
    static let kasumino = municipality("99002")

    /// The seed that a nation is made from when nobody names one.
    public static let defaultSeed: UInt64 = 20_150_710
    /// The first day of a nation when nobody names one.
    public static let defaultDay = day(2026, 4, 15)

    /// The configuration of a nation.
    public static func make(
        seed: UInt64, on day: CivilDate, portalPort: Int, agentPort: Int
    ) throws -> NationConfiguration {
        try NationConfiguration(
            nameJapanese: "窓口国", nameEnglish: "The Madoguchi demonstration nation", seed: seed, referenceDate: day,
            municipalities: [
                MunicipalityEntry(
                    code: shiomi, nameJapanese: "汐見市", nameEnglish: "Shiomi City", romanName: "Shiomi-shi",
                    romanPrefecture: "Madoguchi-ken", kinds: municipal),
                MunicipalityEntry(
                    code: kasumino, nameJapanese: "霞野町", nameEnglish: "Kasumino Town", romanName: "Kasumino-machi",
                    romanPrefecture: "Madoguchi-ken", kinds: municipal),
            ],
            bodies: [
                BodyEntry(
                    body: AgencyBody("pension"), nameJapanese: "年金機構", nameEnglish: "Pension Organisation",
                    kinds: kinds(of: [.pensions])),
                BodyEntry(
                    body: AgencyBody("employment"), nameJapanese: "雇用保険センター（いつも20秒遅れる）",
                    nameEnglish: "Employment Insurance Centre (always 20 seconds late)",
                    kinds: kinds(of: [.employment]), fault: .late(seconds: 20)),
                BodyEntry(
                    body: AgencyBody("health"), nameJapanese: "健康保険センター（止まっている）",
                    nameEnglish: "Health Insurance Centre (down)", kinds: kinds(of: [.health]), fault: .down),
            ],
            portal: PortalAddress(host: "portal.localhost", port: portalPort), agentPort: agentPort)
    }

    /// What municipalities answer about: households, taxes, children, welfare.
    private static var municipal: [InformationKindID] { kinds(of: [.household, .tax, .children, .welfare]) }

    private static func kinds(of fields: [InformationField]) -> [InformationKindID] {
        InformationKind.all.filter { fields.contains($0.field) }.map(\.id)
    }

    private static func municipality(_ digits: String) -> MunicipalityCode {
        guard let code = try? MunicipalityCode(fiveDigits: digits) else { preconditionFailure("five digits") }
        return code
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        guard let date = try? CivilDate(year: year, month: month, day: day) else { preconditionFailure("a date") }
        return date
    }
}
