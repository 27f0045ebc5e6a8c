import Contracts
import Portal
import Values
import Web

/// What the agency answered.
struct AnswerView {
    let answer: Answer

    var page: Page {
        Page(title: KindTitle.of(answer.kind), back: Address.kind(answer.kind, of: answer.agency.id)) {
            el(.h1) { KindTitle.of(answer.kind) }
            SummaryList([
                SummaryList.Row(InformationTexts.agency, answer.agency.name),
                SummaryList.Row(AnswerTexts.period, DateTexts.period(answer.period)),
                SummaryList.Row(AnswerTexts.askedAt, DateTexts.element(answer.askedAt)),
            ])
            outcome
            LinkLine(AnswerTexts.another, target: Address.kind(answer.kind, of: answer.agency.id))
            LinkLine(AnswerTexts.seeHistory, target: Address.history.path)
        }
    }

    private var outcome: HTML {
        switch answer.outcome {
        case .documents(let documents):
            fragment {
                for document in documents { DocumentView(document: document) }
                asCSV
            }
        case .notHeld:
            Banner(.information, AnswerTexts.notHeldTitle) { el(.p) { AnswerTexts.notHeld } }.html
        case .notDisclosed:
            Banner(.information, AnswerTexts.notDisclosedTitle) { el(.p) { AnswerTexts.notDisclosed } }.html
        }
    }

    /// The same question again: nothing of the answer is kept to make a file of.
    private var asCSV: HTML {
        fragment {
            el(.h2) { AnswerTexts.csvTitle }
            el(.p) { AnswerTexts.csvNote }
            PostForm(to: Address.kindAsCSV.path(KindNumber(answer.kind))) {
                HiddenField(FieldName.agency, value: answer.agency.id.text)
                HiddenField(FieldName.period, value: answer.period.text)
                SubmitButton(AnswerTexts.csv, look: .outlined)
            }
            el(.hr)
        }
    }
}

/// One record (帳票): what it is, and its items.
struct DocumentView: Component {
    let document: InformationDocument

    var html: HTML {
        fragment {
            el(.h2) { DateTexts.period(document.period) }
            SummaryList([
                SummaryList.Row(AnswerTexts.form, document.form),
                SummaryList.Row(AnswerTexts.createdOn, DateTexts.day(document.createdOn)),
            ])
            DataTable(
                AnswerTexts.tableTitle(document),
                columns: [
                    DataTable.Column(AnswerTexts.itemCode), DataTable.Column(AnswerTexts.itemName),
                    DataTable.Column(AnswerTexts.itemValue, isShort ? .number : .text),
                ], rows: document.items.map(row))
        }
    }

    /// Whether every content is an amount or a word: set at the right, in one line.
    private var isShort: Bool { document.items.allSatisfy { $0.value.count <= 16 } }

    private func row(_ item: InformationItem) -> [HTML] {
        [
            .text(item.code), .bilingual(Text(ja: item.nameJapanese, en: item.nameEnglish)),
            item.value.isEmpty ? el(.span, .class("support")) { AnswerTexts.nothing } : .written(item.value),
        ]
    }
}

/// The words of the answer.
enum AnswerTexts {
    static let period = Text(ja: "年度", en: "Fiscal year")
    static let askedAt = Text(ja: "照会した日時", en: "Asked at")
    static let form = Text(ja: "帳票ID", en: "Form ID")
    static let createdOn = Text(ja: "帳票作成日", en: "Form made on")
    static func tableTitle(_ document: InformationDocument) -> Text {
        Text(ja: "帳票 \(document.form) の項目", en: "Items of form \(document.form)")
    }
    static let itemCode = Text(ja: "項目コード", en: "Item code")
    static let itemName = Text(ja: "項目名", en: "Item")
    static let itemValue = Text(ja: "内容", en: "Content")
    static let nothing = Text(ja: "記載なし", en: "Nothing recorded")
    static let notHeldTitle = Text(ja: "この情報はありません", en: "There is no such information")
    static let notHeld = Text(
        ja: "照会先の機関は、この年度について、あなたのこの情報を持っていません。別の年度か、別の機関を選んでください。あるはずの情報がないときは、機関の窓口にお問い合わせください。",
        en: """
            The body asked holds nothing of this kind about you for this fiscal year. Choose another year or another \
            body. If you believe that it should be there, ask at the body's counter.
            """)
    static let notDisclosedTitle = Text(ja: "この情報は表示できません", en: "This information cannot be shown")
    static let notDisclosed = Text(
        ja: "法令により、この照会では開示されません。理由はここには示されません。詳しくは、照会先の機関の窓口で本人が尋ねてください。",
        en: """
            By law it is not disclosed to this request. The reason is not given here. Ask in person at the counter of \
            the body that was asked.
            """)
    static let csvTitle = Text(ja: "ファイルに保存する", en: "Save as a file")
    static let csvNote = Text(
        ja: "CSVファイルは、同じ内容をもう一度照会して作ります。やりとり履歴に1件増えます。",
        en: """
            For the CSV file, which is in Japanese, the same question is asked again. That adds one record to your \
            history of exchanges.
            """)
    static let csv = Text(ja: "CSVファイルをダウンロードする", en: "Download the CSV file")
    static let another = Text(ja: "別の年度を照会する", en: "Ask about another fiscal year")
    static let seeHistory = Text(ja: "やりとり履歴を見る", en: "See your history of exchanges")
}
