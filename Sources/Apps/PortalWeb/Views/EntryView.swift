import Contracts
import Values
import VerifiableLog
import Web

/// One entry in full, with every check of its proof by name.
struct EntryView {
    let name: EntryName
    let entry: ShownEntry
    let report: ProofReport
    /// The entry's place in the log, counted from zero.
    let leafIndex: Int64

    var page: Page {
        Page(title: EntryTexts.title, back: Address.history.path) {
            el(.h1) { EntryTexts.title }
            SummaryList(rows)
            el(.h2) { EntryTexts.proofTitle }
            verdict
            el(.p) { EntryTexts.proofNote }
            DataTable(
                EntryTexts.checks,
                columns: [DataTable.Column(EntryTexts.check), DataTable.Column(EntryTexts.result)],
                rows: report.checks.map { check in
                    [.bilingual(EntryTexts.name(of: check.name, leafIndex)), result(check.outcome).html]
                })
            el(.h2) { EntryTexts.fileTitle }
            el(.p) { EntryTexts.fileNote }
            LinkLine(EntryTexts.file, target: Address.proof.path(name))
        }
    }

    private var rows: [SummaryList.Row] {
        let plain = entry.entry
        var rows: [SummaryList.Row] = [
            SummaryList.Row(EntryTexts.outcome, entry.outcome.html),
            SummaryList.Row(EntryTexts.asker, entry.isOwn ? EntryTexts.you(entry.asker) : entry.asker),
            SummaryList.Row(EntryTexts.provider, entry.provider),
            SummaryList.Row(EntryTexts.kind, KindTitle.of(entry.kind)),
            SummaryList.Row(EntryTexts.period, DateTexts.period(plain.period)),
            SummaryList.Row(EntryTexts.basis, entry.basis),
        ]
        if let reason = entry.reason { rows.insert(SummaryList.Row(EntryTexts.reason, reason), at: 1) }
        if !plain.affair.isEmpty { rows.append(SummaryList.Row(EntryTexts.affair, HTML.written(plain.affair))) }
        if !plain.procedure.isEmpty {
            rows.append(SummaryList.Row(EntryTexts.procedure, HTML.written(plain.procedure)))
        }
        return rows + technicalRows
    }

    private var technicalRows: [SummaryList.Row] {
        let plain = entry.entry
        return [
            SummaryList.Row(EntryTexts.requestedAt, DateTexts.preciseElement(plain.requestedAt)),
            SummaryList.Row(EntryTexts.recordedAt, DateTexts.preciseElement(plain.recordedAt)),
            SummaryList.Row(EntryTexts.exchange, el(.code) { plain.exchange.text }),
            plain.providerExchange.map { id in SummaryList.Row(EntryTexts.providerExchange, el(.code) { id.text }) },
            SummaryList.Row(EntryTexts.runningNumber, "\(plain.runningNumber)"),
        ].compactMap { $0 }
    }

    private var verdict: HTML {
        report.isValid
            ? Banner(.success, EntryTexts.valid).html
            : Banner(.error, EntryTexts.invalid) { el(.p) { EntryTexts.invalidNote } }.html
    }

    private func result(_ outcome: ProofReport.Outcome) -> StatusLabel {
        switch outcome {
        case .passed: StatusLabel(EntryTexts.passed, tone: .success)
        case .failed: StatusLabel(EntryTexts.failed, tone: .error)
        case .notReached: StatusLabel(EntryTexts.notReached, tone: .warning)
        }
    }
}

/// The words of one entry.
enum EntryTexts {
    static let title = Text(ja: "照会の記録", en: "Record of an exchange")
    static let outcome = Text(ja: "結果", en: "Outcome")
    static let reason = Text(ja: "拒否の理由", en: "Why it was refused")
    static let asker = Text(ja: "照会した機関", en: "Who asked")
    static func you(_ portal: Text) -> Text { Text(ja: "あなた（\(portal.ja)を通じて）", en: "You, through \(portal.en)") }
    static let provider = Text(ja: "照会先の機関", en: "Who was asked")
    static let kind = Text(ja: "照会された情報", en: "Asked for")
    static let period = Text(ja: "年度", en: "Fiscal year")
    static let basis = Text(ja: "根拠", en: "Basis")
    static let affair = Text(ja: "事務", en: "Affair (in Japanese)")
    static let procedure = Text(ja: "事務手続", en: "Procedure (in Japanese)")
    static let requestedAt = Text(ja: "照会の日時", en: "Asked at")
    static let recordedAt = Text(ja: "記録の日時", en: "Recorded at")
    static let exchange = Text(ja: "照会番号", en: "Exchange ID")
    static let providerExchange = Text(ja: "照会先での番号", en: "ID at the body asked")
    static let runningNumber = Text(ja: "この機関の照会の通し番号", en: "Running number of this body's requests")

    static let proofTitle = Text(ja: "記録の検証", en: "Check of the record")
    static let proofNote = Text(
        ja: "記録簿は、後から書き換えたり抜き取ったりすると必ず分かる仕組みです。この画面を開くたびに、次の点を確かめています。",
        en: """
            The log is built so that nothing in it can be altered or taken out unseen. Each time this page is opened, \
            these points are checked.
            """)
    static let valid = Text(ja: "この記録は記録簿に入っており、改ざんされていません", en: "This record is in the log and has not been altered")
    static let invalid = Text(ja: "この記録の検証に失敗しました", en: "The check of this record failed")
    static let invalidNote = Text(
        ja: "表示している内容を信用しないでください。証明ファイルを保存し、個人情報保護委員会にお知らせください。",
        en: """
            Do not rely on what is shown. Save the proof file and tell the Personal Information Protection Commission.
            """)
    static let checks = Text(ja: "確かめたこと", en: "What was checked")
    static let check = Text(ja: "項目", en: "Check")
    static let result = Text(ja: "結果", en: "Result")
    static let passed = Text(ja: "確認できた", en: "Holds")
    static let failed = Text(ja: "一致しない", en: "Does not hold")
    static let notReached = Text(ja: "確認できず", en: "Not reached")

    static func name(of check: ProofReport.CheckName, _ index: Int64) -> Text {
        switch check {
        case .checkpointForm:
            Text(ja: "記録簿の要約が、決められた形式で書かれている", en: "The log's checkpoint has the prescribed form")
        case .checkpointSignature:
            Text(ja: "要約に、記録簿の管理者の署名がある", en: "The checkpoint is signed by the log's operator")
        case .checkpointOrigin:
            Text(ja: "要約が、この記録簿のものである", en: "The checkpoint is this log's")
        case .commitment:
            Text(ja: "上の内容が、封じられた値と一致する", en: "The content above matches its sealed value")
        case .inclusion:
            Text(
                ja: "封じられた値が、記録簿の\(index + 1)番目にある",
                en: "The sealed value is number \(index + 1) in the log")
        }
    }

    static let fileTitle = Text(ja: "自分で確かめる", en: "Check it yourself")
    static let fileNote = Text(
        ja: "証明ファイルがあれば、このポータルに頼らずに、誰でも同じ検証ができます。記録の内容が入っているので、人に渡すときは注意してください。",
        en: """
            With the proof file anybody can make the same checks without this portal. It contains the record: take \
            care whom you give it to.
            """)
    static let file = Text(ja: "証明ファイルをダウンロードする（JSON）", en: "Download the proof file (JSON)")
}
