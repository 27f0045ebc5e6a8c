public import Values

/// The period that a request asks about: a fiscal year, or everything held.
public enum InformationPeriod: Hashable, Sendable, Codable {
    /// A fiscal year (年度) from 1 April, named by its first calendar year, 1947 to 2200.
    case fiscalYear(Int)
    case all

    /// `2026` or `all`.
    public var text: String {
        switch self {
        case .fiscalYear(let year): String(year)
        case .all: "all"
        }
    }

    /// - Throws: ``ContractError/malformedPeriod``.
    public init(_ text: String) throws(ContractError) {
        if text == "all" {
            self = .all
        } else if text.utf8.count == 4, let year = Int(text), (1947...2200).contains(year) {
            self = .fiscalYear(year)
        } else {
            throw .malformedPeriod
        }
    }

    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// One record as a citizen or an asker sees it (帳票): items in their order.
public struct InformationDocument: Hashable, Sendable, Codable {
    /// Which kind of information it is.
    public let kind: InformationKindID
    /// The form's id (帳票ID), for example RPK0401-001.
    public let form: String
    /// 帳票作成日.
    public let createdOn: CivilDate
    /// The period that it is about.
    public let period: InformationPeriod
    /// In the order of the form.
    public let items: [InformationItem]

    /// That record.
    public init(
        kind: InformationKindID, form: String, createdOn: CivilDate, period: InformationPeriod, items: [InformationItem]
    ) {
        self.kind = kind
        self.form = form
        self.createdOn = createdOn
        self.period = period
        self.items = items
    }
}

/// One item of a record: code, names and content (項目コード, 項目名, 内容).
public struct InformationItem: Hashable, Sendable, Codable {
    /// Ten digits, the first two of which are the kind's.
    public let code: String
    /// 項目名.
    public let nameJapanese: String
    /// The name in English.
    public let nameEnglish: String
    /// As the provider holds it; empty where nothing is recorded.
    public let value: String

    /// That item.
    public init(code: String, nameJapanese: String, nameEnglish: String, value: String) {
        self.code = code
        self.nameJapanese = nameJapanese
        self.nameEnglish = nameEnglish
        self.value = value
    }
}
