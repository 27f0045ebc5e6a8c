import Contracts
import Portal
import Values
import Web

/// The seven fields.
struct FieldsView {
    var page: Page {
        Page(title: CommonTexts.information, back: Address.me.path) {
            el(.h1) { CommonTexts.information }
            el(.p) { InformationTexts.fieldsLead }
            LinkCards(InformationField.allCases.map(card))
        }
    }

    private func card(_ field: InformationField) -> LinkCards.Card {
        let categories = field.categories
        let name = KindTitle.name(of: field)
        let support = Text(
            ja: categories.map(\.nameJapanese).joined(separator: "、"),
            en: categories.map(\.nameEnglish).joined(separator: "; "))
        return LinkCards.Card(
            name, support: support == name ? nil : support, target: Address.field.path(FieldNumber(field)))
    }
}

/// The kinds of one field, by group.
struct KindsView {
    let field: InformationField

    var page: Page {
        Page(title: KindTitle.name(of: field), back: Address.information.path) {
            el(.h1) { KindTitle.name(of: field) }
            el(.p) { InformationTexts.kindsLead }
            for category in field.categories { group(category) }
        }
    }

    private func group(_ category: InformationCategory) -> HTML {
        fragment {
            if field.categories.count > 1 { el(.h2) { KindTitle.name(of: category) } }
            el(.ul) {
                for kind in InformationKind.all(in: field) where kind.category == category {
                    el(.li) { el(.a, .href(Address.kind.path(KindNumber(kind)))) { KindTitle.of(kind) } }
                }
            }
        }
    }
}

/// Which agency is asked, where several hold the kind; or that none does.
struct AgencyChoiceView {
    let kind: InformationKind
    let agencies: [Agency]

    var page: Page {
        Page(title: KindTitle.of(kind), back: Address.field.path(FieldNumber(kind.field))) {
            el(.h1) { KindTitle.of(kind) }
            if agencies.isEmpty {
                el(.p) { InformationTexts.noAgency }
                KindFacts(kind: kind)
            } else {
                el(.p) { InformationTexts.chooseAgency }
                LinkCards(
                    agencies.map { LinkCards.Card($0.name, target: Address.kind(kind, of: $0.id)) })
            }
        }
    }
}

/// The fiscal year that is asked for.
struct QuestionView {
    let kind: InformationKind
    let agency: Agency
    let agencyCount: Int
    let today: CivilDate
    var errors: [FieldError]

    /// Fiscal years offered, the present one first.
    static let yearCount = 6

    var page: Page {
        Page(title: KindTitle.of(kind), back: back, errors: errors) {
            el(.h1) { KindTitle.of(kind) }
            KindFacts(kind: kind, agency: agency.name, changeAgency: agencyCount > 1 ? kindPath : nil)
            PostForm(to: kindPath) {
                HiddenField(FieldName.agency, value: agency.id.text)
                RadioGroup(
                    FieldName.period, legend: InformationTexts.period, support: InformationTexts.periodNote,
                    choices: Self.choices(on: today), error: errors.message(for: FieldName.period))
                el(.p, .class("support")) { InformationTexts.askNote }
                SubmitButton(InformationTexts.ask)
            }
        }
    }

    private var kindPath: String { Address.kind.path(KindNumber(kind)) }
    private var back: String { agencyCount > 1 ? kindPath : Address.field.path(FieldNumber(kind.field)) }

    static func choices(on today: CivilDate) -> [Choice] {
        let present = DateTexts.fiscalYear(of: today)
        let years = (0..<yearCount).map { InformationPeriod.fiscalYear(present - $0) }
        return (years + [.all]).map { Choice($0.text, DateTexts.period($0)) }
    }
}

/// What a kind is: its number, its legal wording, the law; and whom one asks.
struct KindFacts: Component {
    let kind: InformationKind
    var agency: Text?
    var changeAgency: String?

    var html: HTML {
        SummaryList(
            (agency.map { [SummaryList.Row(InformationTexts.agency, $0, change: changeAgency)] } ?? []) + [
                SummaryList.Row(InformationTexts.wording, wording),
                SummaryList.Row(InformationTexts.law, HTML.foreign(.ja, kind.citation)),
                SummaryList.Row(InformationTexts.number, kind.number),
            ]
        ).html
    }

    /// Only the Japanese wording binds: an English page shows both.
    private var wording: HTML {
        .bilingual(Text(ja: kind.nameJapanese, en: kind.nameEnglish))
    }
}

/// The words of these pages.
enum InformationTexts {
    static let fieldsLead = Text(
        ja: "分野を選んでください。情報は、持っている機関にその場で照会します。",
        en: "Choose a field. We ask the body that holds the information, there and then.")
    static let kindsLead = Text(ja: "見たい情報を選んでください。", en: "Choose what you want to see.")
    static let chooseAgency = Text(ja: "照会先の機関を選んでください。", en: "Choose the body to ask.")
    static let noAgency = Text(
        ja: "この情報をこのポータルから照会できる機関は、現在ありません。情報を持っている機関の窓口にお問い合わせください。",
        en: "No body can be asked for this from this portal at present. Contact the body that holds it.")
    static let agency = Text(ja: "照会先の機関", en: "Body asked")
    static let wording = Text(ja: "情報の内容（法令の文言）", en: "What it is (translation; the Japanese wording binds)")
    static let law = Text(ja: "根拠の法令", en: "Laws (in Japanese)")
    static let number = Text(ja: "自己情報番号", en: "Number in the list")
    static let period = Text(ja: "どの年度の情報を照会しますか", en: "Which fiscal year do you ask about?")
    static let periodNote = Text(
        ja: "年度は4月1日から翌年3月31日までです。", en: "A fiscal year runs from 1 April to 31 March.")
    static let choosePeriod = Text(ja: "照会する年度を選んでください", en: "Choose the fiscal year")
    static let ask = Text(ja: "この情報を照会する", en: "Ask for this information")
    static let askNote = Text(
        ja: "照会はやりとり履歴に残ります。取り寄せた情報は、このポータルには保存されません。",
        en: "The request is recorded in your history of exchanges. What we fetch is not stored in this portal.")
}
