/// 分野: the seven fields of own information, by their number in the list.
public enum InformationField: Int, Hashable, Sendable, CaseIterable, Codable {
    /// 世帯情報.
    case household = 1
    /// 税.
    case tax
    /// 社会保障（健康・医療）.
    case health
    /// 社会保障（子ども・子育て）.
    case children
    /// 社会保障（福祉・介護）.
    case welfare
    /// 社会保険（雇用・労働）.
    case employment
    /// 社会保険（年金）.
    case pensions

    /// The name in the list.
    public var nameJapanese: String {
        switch self {
        case .household: "世帯情報"
        case .tax: "税"
        case .health: "社会保障（健康・医療）"
        case .children: "社会保障（子ども・子育て）"
        case .welfare: "社会保障（福祉・介護）"
        case .employment: "社会保険（雇用・労働）"
        case .pensions: "社会保険（年金）"
        }
    }

    /// The name in English.
    public var nameEnglish: String {
        switch self {
        case .household: "Household"
        case .tax: "Tax"
        case .health: "Social security (health and medical care)"
        case .children: "Social security (children and child-rearing)"
        case .welfare: "Social security (welfare and long-term care)"
        case .employment: "Social insurance (employment and labour)"
        case .pensions: "Social insurance (pensions)"
        }
    }
}

/// 分野詳細: the groups within the fields, in the order of the list.
public enum InformationCategory: String, Hashable, Sendable, CaseIterable, Codable {
    /// 世帯情報.
    case household
    /// 地方税.
    case localTax = "local-tax"
    /// 医療保険.
    case medicalInsurance = "medical-insurance"
    /// 予防接種.
    case vaccination
    /// 健康・医療その他.
    case otherHealth = "other-health"
    /// 子ども・子育て支援.
    case childSupport = "child-support"
    /// 母子家庭等関係.
    case singleParents = "single-parents"
    /// 母子保健.
    case maternalHealth = "maternal-health"
    /// 教育・就学支援.
    case education
    /// 子ども・子育てその他.
    case otherChildren = "other-children"
    /// 障害保健福祉.
    case disability
    /// 生活保護・福祉一般.
    case publicAssistance = "public-assistance"
    /// 中国残留邦人等支援.
    case returneesFromChina = "returnees-from-china"
    /// 介護・高齢者福祉.
    case longTermCare = "long-term-care"
    /// 雇用.
    case employment
    /// 労災補償.
    case accidentCompensation = "accident-compensation"
    /// 年金・日本年金機構関係.
    case pensions

    /// 分野: the field that the group belongs to.
    public var field: InformationField {
        switch self {
        case .household: .household
        case .localTax: .tax
        case .medicalInsurance, .vaccination, .otherHealth: .health
        case .childSupport, .singleParents, .maternalHealth, .education, .otherChildren: .children
        case .disability, .publicAssistance, .returneesFromChina, .longTermCare: .welfare
        case .employment, .accidentCompensation: .employment
        case .pensions: .pensions
        }
    }

    /// The name in the list.
    public var nameJapanese: String {
        switch self {
        case .household: "世帯情報"
        case .localTax: "地方税"
        case .medicalInsurance: "医療保険"
        case .vaccination: "予防接種"
        case .otherHealth: "健康・医療その他"
        case .childSupport: "子ども・子育て支援"
        case .singleParents: "母子家庭等関係"
        case .maternalHealth: "母子保健"
        case .education: "教育・就学支援"
        case .otherChildren: "子ども・子育てその他"
        case .disability: "障害保健福祉"
        case .publicAssistance: "生活保護・福祉一般"
        case .returneesFromChina: "中国残留邦人等支援"
        case .longTermCare: "介護・高齢者福祉"
        case .employment: "雇用"
        case .accidentCompensation: "労災補償"
        case .pensions: "年金・日本年金機構関係"
        }
    }

    /// The name in English.
    public var nameEnglish: String {
        switch self {
        case .household: "Household"
        case .localTax: "Local tax"
        case .medicalInsurance: "Medical insurance"
        case .vaccination: "Vaccination"
        case .otherHealth: "Health and medical care, other"
        case .childSupport: "Support for children and child-rearing"
        case .singleParents: "Single-parent families"
        case .maternalHealth: "Maternal and child health"
        case .education: "Education and support for schooling"
        case .otherChildren: "Children and child-rearing, other"
        case .disability: "Health and welfare of persons with disabilities"
        case .publicAssistance: "Public assistance and general welfare"
        case .returneesFromChina: "Support for Japanese nationals who remained in China and others"
        case .longTermCare: "Long-term care and welfare of the elderly"
        case .employment: "Employment"
        case .accidentCompensation: "Compensation for accidents at work"
        case .pensions: "Pensions, Japan Pension Service"
        }
    }
}
