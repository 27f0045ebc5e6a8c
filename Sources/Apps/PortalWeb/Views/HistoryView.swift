import Contracts
import Values
import Web

/// The citizen's entries, newest first.
struct HistoryView {
    let entries: [ShownEntry]
    /// Whether newer entries stand on earlier pages.
    let isContinued: Bool
    /// The moment before which the next page goes on; nil on the last.
    let next: Instant?
    /// Askers whose running numbers do not follow each other.
    let gaps: [Text]

    var page: Page {
        Page(title: CommonTexts.history, back: isContinued ? Address.history.path : Address.me.path) {
            el(.h1) { CommonTexts.history }
            el(.p) { HistoryTexts.lead }
            for asker in gaps { Banner(.warning, HistoryTexts.gap(asker)) { el(.p) { HistoryTexts.gapNote } } }
            if entries.isEmpty { el(.p) { isContinued ? HistoryTexts.noOlder : HistoryTexts.empty } }
            if !entries.isEmpty {
                SummaryList(entries.map { SummaryList.Row(DateTexts.moment($0.entry.recordedAt), line($0)) })
            }
            if let next { LinkLine(HistoryTexts.older, target: Address.history(before: next)) }
        }
    }

    private func line(_ shown: ShownEntry) -> HTML {
        fragment {
            el(.p) {
                shown.outcome
                " "
                el(.strong) { shown.sentence }
            }
            el(.p) {
                KindTitle.of(shown.kind)
                el(.br)
                why(shown)
            }
            el(.p) {
                el(.a, .href(Address.entry.path(shown.address))) {
                    HistoryTexts.detail
                    el(.span, .class("visually-hidden")) { " " + DateTexts.time(shown.entry.recordedAt) }
                }
                el(.br)
                el(.small, .class("support")) { HistoryTexts.exchange(shown.entry.exchange) }
            }
        }
    }

    private func why(_ shown: ShownEntry) -> HTML {
        el(.span, .class("support")) {
            shown.basis
            if !shown.entry.procedure.isEmpty {
                Text(ja: "：", en: ": ")
                HTML.written(shown.entry.procedure)
            }
            if let reason = shown.reason {
                el(.br)
                HistoryTexts.refusedBecause
                reason
            }
        }
    }
}

/// The words of the history.
enum HistoryTexts {
    static let lead = Text(
        ja: "あなたについて、どの機関がどの機関に何を照会したかの記録です。新しい順に並んでいます。時刻は日本時間です。",
        en: """
            Which body asked which other body for what about you, newest first. Times are Japan Standard Time.
            """)
    static let empty = Text(ja: "あなたについての照会は、まだありません。", en: "Nobody has asked about you yet.")
    static let noOlder = Text(ja: "これより古い記録はありません。", en: "There are no older records.")
    static let older = Text(ja: "これより古い記録を見る", en: "See older records")
    static let detail = Text(ja: "詳しく見て、記録を検証する", en: "See details and check the record")
    static func exchange(_ exchange: ExchangeID) -> Text {
        Text(ja: "照会番号 \(exchange.text)", en: "Exchange \(exchange.text)")
    }
    static func own(_ provider: Text) -> Text {
        Text(ja: "あなたが\(provider.ja)に照会しました", en: "You asked \(provider.en)")
    }
    static func asked(_ asker: Text, _ provider: Text) -> Text {
        Text(ja: "\(asker.ja)が\(provider.ja)に照会しました", en: "\(asker.en) asked \(provider.en)")
    }
    static func gap(_ asker: Text) -> Text {
        Text(ja: "\(asker.ja)の記録の通し番号がつながっていません", en: "The running numbers of \(asker.en) do not follow each other")
    }
    static let gapNote = Text(
        ja: "記録が抜けているか、余分にある恐れがあります。個人情報保護委員会または照会元の機関にお問い合わせください。",
        en: """
            A record may be missing, or one too many. Contact the Personal Information Protection Commission or the \
            body that asked.
            """)
    static let permitted = Text(ja: "提供を許可", en: "Permitted")
    static let refused = Text(ja: "拒否", en: "Refused")

    static let ownBasis = Text(
        ja: "ログインしたあなた自身の照会（番号法附則6条3項）",
        en: "Your own request while logged in (Number Act, supplementary provisions, art. 6(3))")
    static let order = Text(
        ja: "番号法19条8号・利用特定個人情報の提供に関する命令2条の表",
        en: "Number Act art. 19(viii); table of art. 2 of the order on provision")
    static let table2 = Text(ja: "番号法19条8号・別表第二", en: "Number Act art. 19(viii) and Appended Table 2")
    static func permittedBasis(_ law: Text) -> Text {
        Text(ja: "法令で認められた事務（\(law.ja)）", en: "An affair that the law permits (\(law.en))")
    }
    static func citedBasis(_ law: Text) -> Text {
        Text(ja: "根拠に挙げられた法令（\(law.ja)）", en: "The law that was cited (\(law.en))")
    }
    static let refusedBecause = Text(ja: "拒否の理由：", en: "Refused: ")
    static let unknownBasis = Text(
        ja: "機関が根拠として挙げた条項（このポータルにはない条項です）", en: "A clause that the body cited, which this portal does not know")

    static let reasonPresence = Text(
        ja: "照会の時点で、ログインが終わっていました。", en: "The login had ended when the request was made.")
    static let reasonNoClause = Text(
        ja: "根拠として挙げられた条項がありません。", en: "The clause that was cited does not exist.")
    static let reasonNotInForce = Text(
        ja: "根拠として挙げられた条項は、その日には効力がありませんでした。", en: "The clause that was cited was not in force on that day.")
    static let reasonNotCovered = Text(
        ja: "この機関、事務または情報は、挙げられた条項では認められません。",
        en: "The clause that was cited does not permit this body, affair or kind of information.")
    static let reasonNoProvider = Text(
        ja: "照会先とされた機関が、ネットワークにありません。", en: "The body that was to be asked is not on the network.")
    static let reasonOther = Text(
        ja: "ネットワークの規則に合わない照会でした。", en: "The request did not meet the network's rules.")
}
