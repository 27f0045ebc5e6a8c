/// 自己情報: one kind of own information that a citizen may ask for, and agencies may ask each other.
///
/// Source: マイナポータルの自己情報取得APIで取得できる特定個人情報の一覧 (list of March 2020), 61 kinds in seven fields.
/// Print errors are corrected by the laws named; the labels of the second column, which the print shifts, stand with
/// the kinds whose laws they name.
public struct InformationKind: Hashable, Sendable {
    /// 自己情報番号.
    public let id: InformationKindID
    /// 分野詳細名: the group within the field.
    public let category: InformationCategory
    /// 情報の内容: the full legal wording.
    public let nameJapanese: String
    /// The legal wording in English. Only the Japanese wording binds.
    public let nameEnglish: String
    /// The laws that the wording names, with their articles, in Japanese; parted by ・.
    public let citation: String

    /// 自己情報番号: `1`, `2`, `3-1` to `7-9`.
    public var number: String { id.text }
    /// 分野名.
    public var field: InformationField { category.field }

    /// All 61 kinds in the order of their numbers.
    public static let all: [InformationKind] = InformationKindRow.all.enumerated().map { index, row in
        InformationKind(
            id: InformationKindID(index: index), category: row.category, nameJapanese: row.japanese,
            nameEnglish: row.english, citation: row.citation)
    }

    /// The kind of a number such as `3-4`, nil for a number that is not in the list.
    public static func of(_ number: String) -> InformationKind? {
        (try? InformationKindID(number)).map(of)
    }

    /// The kind of an id.
    public static func of(_ id: InformationKindID) -> InformationKind { all[id.index] }

    /// The kinds of one field in the order of their numbers.
    public static func all(in field: InformationField) -> [InformationKind] { all.filter { $0.field == field } }
}

/// 自己情報番号: the number of a kind of own information that exists.
///
/// In JSON it is the text, and one that the list does not have is refused.
public struct InformationKindID: Hashable, Sendable {
    fileprivate let index: Int

    fileprivate init(index: Int) { self.index = index }

    /// The id of a number such as `3-4`, in exactly that form.
    ///
    /// - Throws: ``ContractError/unknownKind``.
    public init(_ text: String) throws(ContractError) {
        guard let index = Self.indices[text] else { throw .unknownKind }
        self.index = index
    }

    /// The number: `1`, `2`, `3-1` to `7-9`.
    public var text: String { InformationKindRow.all[index].number }

    /// 世帯情報: what the resident register says about the household.
    public static let household = InformationKindID(index: 0)
    /// 地方税: local tax, whose items are ``LocalTaxItem``.
    public static let localTax = InformationKindID(index: 1)

    private static let indices = Dictionary(
        InformationKindRow.all.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
}

extension InformationKindID: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension InformationKindID: Comparable, CustomStringConvertible {
    /// The order of the list.
    public static func < (left: InformationKindID, right: InformationKindID) -> Bool { left.index < right.index }

    public var description: String { text }
}

/// One row of the list as it is written down in the tables, one table per group of fields.
struct InformationKindRow {
    let number: String
    let category: InformationCategory
    let japanese: String
    let english: String
    let citation: String

    init(_ number: String, _ category: InformationCategory, _ japanese: String, _ english: String, law citation: String)
    {
        self.number = number
        self.category = category
        self.japanese = japanese
        self.english = english
        self.citation = citation
    }

    static let all = householdAndTax + health + children + welfare + employment + pensions
}
