/// 項目: one of the eighteen items of the local tax form (kind 2), by its code.
///
/// Codes 0200000170 and 0200000180 are not used. Source: the portal's own screen of own information, form RPK0401-001.
/// Amounts are in yen.
public enum LocalTaxItem: String, Hashable, Sendable, CaseIterable {
    /// 課税年度: the fiscal year of taxation, a year and no amount.
    case fiscalYear = "0200000020"
    /// 総所得金額等.
    case grossIncomeAndOthers = "0200000030"
    /// 合計所得金額.
    case totalIncome = "0200000040"
    /// 総所得金額.
    case grossIncome = "0200000050"
    /// 給与所得額.
    case employmentIncome = "0200000060"
    /// 給与収入額.
    case salaryReceived = "0200000070"
    /// 給与専従者収入額.
    case familyEmployeeSalaryReceived = "0200000080"
    /// 雑所得額（総合）.
    case miscellaneousIncome = "0200000090"
    /// 公的年金等所得額.
    case publicPensionIncome = "0200000100"
    /// 公的年金等収入額.
    case publicPensionReceived = "0200000110"
    /// 公的年金等以外雑所得額（総合課税）.
    case otherMiscellaneousIncome = "0200000120"
    /// 事業所得額.
    case businessIncome = "0200000130"
    /// 営業等所得額.
    case tradeIncome = "0200000140"
    /// 農業所得額.
    case farmIncome = "0200000150"
    /// 特例肉用牛所得額.
    case beefCattleIncome = "0200000160"
    /// 不動産所得額.
    case realEstateIncome = "0200000190"
    /// 利子所得額（総合）.
    case interestIncome = "0200000200"
    /// 配当所得額（総合）.
    case dividendIncome = "0200000210"

    /// 帳票ID of the form that shows these items.
    public static let form = "RPK0401-001"

    /// 項目コード: ten digits, of which the first two are the kind's number.
    public var code: String { rawValue }

    /// 項目名.
    public var nameJapanese: String {
        switch self {
        case .fiscalYear: "課税年度"
        case .grossIncomeAndOthers: "総所得金額等"
        case .totalIncome: "合計所得金額"
        case .grossIncome: "総所得金額"
        case .employmentIncome: "給与所得額"
        case .salaryReceived: "給与収入額"
        case .familyEmployeeSalaryReceived: "給与専従者収入額"
        case .miscellaneousIncome: "雑所得額（総合）"
        case .publicPensionIncome: "公的年金等所得額"
        case .publicPensionReceived: "公的年金等収入額"
        case .otherMiscellaneousIncome: "公的年金等以外雑所得額（総合課税）"
        case .businessIncome: "事業所得額"
        case .tradeIncome: "営業等所得額"
        case .farmIncome: "農業所得額"
        case .beefCattleIncome: "特例肉用牛所得額"
        case .realEstateIncome: "不動産所得額"
        case .interestIncome: "利子所得額（総合）"
        case .dividendIncome: "配当所得額（総合）"
        }
    }

    /// The name in English. The three totals differ in law: see 地方税法 art. 292(1)(xiii), 313.
    public var nameEnglish: String {
        switch self {
        case .fiscalYear: "Fiscal year of taxation"
        case .grossIncomeAndOthers: "Gross income and separately taxed income, after losses carried over"
        case .totalIncome: "Total income, before losses carried over"
        case .grossIncome: "Gross income, after losses carried over"
        case .employmentIncome: "Employment income"
        case .salaryReceived: "Salary received"
        case .familyEmployeeSalaryReceived: "Salary received as a family employee"
        case .miscellaneousIncome: "Miscellaneous income (comprehensively taxed)"
        case .publicPensionIncome: "Income from public pensions and the like"
        case .publicPensionReceived: "Public pensions and the like received"
        case .otherMiscellaneousIncome:
            "Miscellaneous income other than public pensions and the like (comprehensively taxed)"
        case .businessIncome: "Business income"
        case .tradeIncome: "Business income from trade and the like"
        case .farmIncome: "Business income from farming"
        case .beefCattleIncome: "Income from beef cattle under the special rule"
        case .realEstateIncome: "Real estate income"
        case .interestIncome: "Interest income (comprehensively taxed)"
        case .dividendIncome: "Dividend income (comprehensively taxed)"
        }
    }

    /// The item with its content as the provider holds it; empty where nothing is recorded.
    public func item(_ value: String) -> InformationItem {
        InformationItem(code: code, nameJapanese: nameJapanese, nameEnglish: nameEnglish, value: value)
    }
}

/// 地方税の帳票: the eighteen items of kind 2 as one form.
public enum LocalTaxItems {
    /// All eighteen items in the form's order; those that are not given have an empty content.
    public static func items(_ values: [LocalTaxItem: String]) -> [InformationItem] {
        LocalTaxItem.allCases.map { $0.item(values[$0] ?? "") }
    }
}
