import Contracts
import Portal
import Values
import Web

/// An agency that can be asked, as a page shows it.
struct Agency: Sendable {
    let id: InstitutionID
    let name: Text
}

/// What was asked, and what came of it.
struct Answer: Sendable {
    let kind: InformationKind
    let agency: Agency
    let period: InformationPeriod
    let askedAt: Instant
    let outcome: OwnInformation
}

/// The title of a kind on a page: its group's name where the field has no other kind, else the heart of the legal
/// wording.
enum KindTitle {
    static func of(_ kind: InformationKind) -> Text {
        let isAlone = InformationKind.all(in: kind.field).count == 1
        return isAlone ? name(of: kind.category) : shortened(kind)
    }

    static func name(of category: InformationCategory) -> Text {
        Text(ja: category.nameJapanese, en: category.nameEnglish)
    }

    static func name(of field: InformationField) -> Text { Text(ja: field.nameJapanese, en: field.nameEnglish) }

    private static func shortened(_ kind: InformationKind) -> Text {
        let ja = without("に関する情報", atEndOf: kind.nameJapanese)
        let start = ["Information on the ", "Information on "].first { kind.nameEnglish.hasPrefix($0) } ?? ""
        let en = kind.nameEnglish.dropFirst(start.count)
        return Text(ja: ja, en: en.prefix(1).uppercased() + en.dropFirst())
    }

    private static func without(_ end: String, atEndOf text: String) -> String {
        text.hasSuffix(end) ? String(text.dropLast(end.count)) : text
    }
}

extension InformationField {
    /// The groups within the field, in the order of the list.
    var categories: [InformationCategory] { InformationCategory.allCases.filter { $0.field == self } }
}
