import Contracts
import Values

extension PermissionClause {
    /// The clauses that the core knows (旧別表第二, now the order on the provision of 利用特定個人情報).
    ///
    /// Until 26 May 2024 a clause was an item of 番号法別表第二; since then it is a row of article 2 of the order that
    /// took the table over. Each row below therefore stands twice, once under each law, with its own dates.
    public static let all: [PermissionClause] = ClauseRow.all.flatMap { row in
        [row.clause(under: .table2), row.clause(under: .order)].compactMap { $0 }
    }
}

/// Where the permission stood, and stands.
enum ClauseLaw: String {
    case table2, order

    func citation(_ item: String) -> String {
        switch self {
        case .table2: "番号法19条8号・別表第二\(item.isEmpty ? "" : "の\(item)の項")"
        case .order:
            "番号法19条8号・利用特定個人情報の提供に関する命令2条の表"
                + (item.isEmpty ? "" : "(旧別表第二の\(item)の項)")
        }
    }

    func days(from start: String) -> (from: String, to: String?) {
        switch self {
        case .table2: (start, "2024-05-26")
        case .order: ("2024-05-27", nil)
        }
    }
}

/// One permission as it is written down here.
///
/// `item` is empty where the affair is certain and the item's number was not checked against the law's text.
struct ClauseRow {
    let slug: String
    let item: String
    let askers: [AgencyClass]
    let affair: String
    let procedures: [String]
    let providers: [AgencyClass]
    let kinds: [String]
    let start: String

    func clause(under law: ClauseLaw) -> PermissionClause? {
        let days = law.days(from: start)
        let ids = kinds.compactMap { try? InformationKindID($0) }
        guard ids.count == kinds.count, let from = try? CivilDate(days.from) else { return nil }
        let to = days.to.flatMap { try? CivilDate($0) }
        return PermissionClause(
            id: "\(law.rawValue)/\(slug)", citation: law.citation(item), askers: askers, affair: affair,
            procedures: procedures, providers: providers, kinds: ids, effectiveFrom: from, effectiveTo: to)
    }
}

extension ClauseRow {
    /// Full operation of the exchange began on 13 November 2017, of the pension body's part on 30 October 2019
    /// (内閣府, 省略可能な主な書類の例②, March 2020).
    private static let full = "2017-11-13"
    private static let pensionFull = "2019-10-30"

    static let all = pensionBody + children + welfare + municipalInsurance

    /// 日本年金機構から地方公共団体への情報照会.
    private static let pensionBody = [
        ClauseRow(
            slug: "pension-premium-exemption", item: "48", askers: [.body("pension")], affair: nationalPension,
            procedures: ["国民年金保険料の免除・納付猶予の申請"], providers: [.municipality], kinds: ["1", "2"],
            start: pensionFull),
        ClauseRow(
            slug: "pension-premium-student", item: "48", askers: [.body("pension")], affair: nationalPension,
            procedures: ["国民年金保険料の学生納付特例の申請"], providers: [.municipality], kinds: ["2"],
            start: pensionFull),
    ]

    private static let nationalPension =
        "国民年金法による年金である給付若しくは一時金の支給、保険料の納付に関する処分又は保険料その他徴収金の徴収に関する事務"

    private static let children = [
        ClauseRow(
            slug: "child-allowance-municipality", item: "74", askers: [.municipality], affair: childAllowance,
            procedures: ["児童手当の申請"], providers: [.municipality], kinds: ["1", "2"], start: full),
        ClauseRow(
            slug: "child-allowance-pension", item: "75", askers: [.municipality], affair: childAllowance,
            procedures: ["児童手当の申請"], providers: [.body("pension")], kinds: ["7-3", "7-4"], start: pensionFull),
        ClauseRow(
            slug: "child-rearing-allowance-municipality", item: "57", askers: [.municipality],
            affair: childRearingAllowance, procedures: ["児童扶養手当の申請"], providers: [.municipality],
            kinds: ["1", "2", "5-4", "5-7"], start: full),
        ClauseRow(
            slug: "child-rearing-allowance-pension", item: "", askers: [.municipality], affair: childRearingAllowance,
            procedures: ["児童扶養手当の申請"], providers: [.body("pension")], kinds: ["7-1"], start: pensionFull),
        ClauseRow(
            slug: "nursery-certification", item: "116", askers: [.municipality],
            affair: "子ども・子育て支援法による子どものための教育・保育給付の支給に関する事務",
            procedures: ["保育園や幼稚園等の利用に当たっての認定の申請"], providers: [.municipality],
            kinds: ["2", "4-2", "5-4", "5-7", "5-9"], start: full),
    ]

    private static let childAllowance = "児童手当法による児童手当又は特例給付の支給に関する事務"
    private static let childRearingAllowance = "児童扶養手当法による児童扶養手当の支給に関する事務"

    private static let welfare = [
        ClauseRow(
            slug: "public-assistance-municipality", item: "26", askers: [.municipality], affair: publicAssistance,
            procedures: ["生活保護の申請"], providers: [.municipality], kinds: ["2", "4-2", "5-7"], start: full),
        ClauseRow(
            slug: "public-assistance-pension", item: "26", askers: [.municipality], affair: publicAssistance,
            procedures: ["生活保護の申請"], providers: [.body("pension")], kinds: ["7-6"], start: pensionFull),
        ClauseRow(
            slug: "disability-services", item: "108", askers: [.municipality],
            affair: "障害者の日常生活及び社会生活を総合的に支援するための法律による自立支援給付の支給に関する事務",
            procedures: ["障害福祉サービスの申請", "高額障害福祉サービス等給付費の支給申請"], providers: [.municipality],
            kinds: ["1", "2", "5-4", "5-9"], start: full),
        ClauseRow(
            slug: "public-housing", item: "31", askers: [.municipality], affair: "公営住宅法による公営住宅の管理に関する事務",
            procedures: ["公営住宅の入居の申請"], providers: [.municipality], kinds: ["1", "2", "5-4", "5-9"],
            start: full),
    ]

    private static let publicAssistance = "生活保護法による保護の決定及び実施に関する事務"

    private static let municipalInsurance = [
        ClauseRow(
            slug: "care-premium-reduction", item: "", askers: [.municipality],
            affair: "介護保険法による保険給付の支給、地域支援事業の実施又は保険料の徴収に関する事務",
            procedures: ["保険料の減免申請"], providers: [.municipality], kinds: ["1", "2", "5-9"], start: full),
        ClauseRow(
            slug: "high-cost-care", item: "", askers: [.municipality],
            affair: "国民健康保険法による保険給付の支給又は保険料の徴収に関する事務",
            procedures: ["国保保険者に対する高額療養費等の支給申請(適用区分の確認)"], providers: [.municipality],
            kinds: ["2"], start: pensionFull),
        ClauseRow(
            slug: "vaccination", item: "", askers: [.municipality],
            affair: "予防接種法による予防接種の実施、給付の支給又は実費の徴収に関する事務",
            procedures: ["予防接種の実施・実費徴収"], providers: [.municipality], kinds: ["2", "3-4"],
            start: pensionFull),
    ]
}
