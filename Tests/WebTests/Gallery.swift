import Web

/// A page with every component in its states: what the snapshots show.
enum Gallery {
    static func page() -> Page {
        Page(
            title: Text(ja: "部品の一覧", en: "Components"), back: "/", errors: errors,
            navigation: [
                NavigationLink(Text(ja: "ホーム", en: "Home"), target: "/", isCurrent: true),
                NavigationLink(Text(ja: "お知らせ", en: "Notices"), target: "/notices"),
                NavigationLink(Text(ja: "履歴", en: "History"), target: "/history"),
            ],
            headerEnd: PostForm(to: "/logout") { SubmitButton(Text(ja: "ログアウト", en: "Sign out"), look: .plain) }.html
        ) {
            el(.h1) { Text(ja: "部品の一覧", en: "Components") }
            el(.p, .class("lead")) {
                Text(
                    ja: "このページは、すべての部品を実際の状態で並べた見本です。文章は読みやすい幅で折り返します。",
                    en:
                        "This page shows every component in its real states. Text wraps where it is easy to read."
                )
            }
            messages
            lists
            form
        }
    }

    static let errors = [
        FieldError("postal", Text(ja: "郵便番号は7桁の数字で入力してください", en: "Enter the postal code as 7 digits")),
        FieldError("day-month", Text(ja: "月は1から12の数字で入力してください", en: "Enter the month as a number from 1 to 12")),
        FieldError("reason", Text(ja: "理由を選んでください", en: "Choose a reason")),
    ]

    static let messages = fragment {
        el(.h2) { Text(ja: "お知らせ", en: "Messages") }
        Banner(.information, Text(ja: "手続の結果が届いています", en: "There is a result for you")) {
            el(.p) {
                el(.a, .href("/notices")) { Text(ja: "お知らせを見る", en: "See your notices") }
            }
        }
        Banner(.success, Text(ja: "設定を保存しました", en: "Your settings were saved"))
        Banner(.warning, Text(ja: "あと5分でログアウトします", en: "You will be signed out in 5 minutes")) {
            el(.p) { Text(ja: "入力を続けるには、次へ進んでください。", en: "To go on, continue to the next page.") }
        }
        Banner(.error, Text(ja: "接続できませんでした", en: "We could not connect"))
        ReceiptPanel(
            Text(ja: "届出を受け付けました", en: "We have received it"), label: Text(ja: "受付番号", en: "Your reference"),
            reference: "R7-004-18")
        el(.p) {
            StatusLabel(Text(ja: "受付済み", en: "Received"))
            " "
            StatusLabel(Text(ja: "処理中", en: "In progress"), tone: .progress)
            " "
            StatusLabel(Text(ja: "完了", en: "Done"), tone: .success)
            " "
            StatusLabel(Text(ja: "要確認", en: "Check this"), tone: .warning)
            " "
            StatusLabel(Text(ja: "取下げ", en: "Withdrawn"), tone: .error)
        }
    }

    static let lists = fragment {
        el(.h2) { Text(ja: "一覧", en: "Lists") }
        LinkCards([
            .init(
                Text(ja: "届出をする", en: "Give notice"), support: Text(ja: "およそ5分", en: "About 5 minutes"), target: "/a"),
            .init(
                Text(ja: "自分の情報を見る", en: "See your data"),
                support: Text(ja: "誰がいつ見たかも分かります", en: "And who saw it, when"), target: "/b"),
            .init(Text(ja: "やりとりの履歴", en: "History"), support: nil, target: "/c"),
        ])
        SummaryList([
            .init(Text(ja: "氏名", en: "Name"), "見本 花子", change: "/name"),
            .init(
                Text(ja: "住所", en: "Address"), Text(ja: "見本県見本市中央一丁目2番3号", en: "1-2-3 Chuo, Mihon City"),
                change: "/address"),
            .init(Text(ja: "方書", en: "Building"), "", change: "/building"),
            .init(Text(ja: "届出の種類", en: "Kind"), .foreign(.ja, "転居届")),
        ])
        DataTable(
            Text(ja: "やりとりの履歴", en: "History of exchanges"),
            columns: [
                .init(Text(ja: "日時", en: "When")), .init(Text(ja: "照会した機関", en: "Who asked")),
                .init(Text(ja: "結果", en: "Result")), .init(Text(ja: "件数", en: "Items"), .number),
            ],
            rows: [
                [time("2026-04-01T09:12", "2026-04-01 09:12"), .text("見本市"), done, .text("3")],
                [time("2026-04-02T14:30", "2026-04-02 14:30"), .text("見本年金事務所"), refused, .text("0")],
            ])
    }

    private static func time(_ machine: String, _ shown: String) -> HTML { el(.time, .datetime(machine)) { shown } }
    private static let done = StatusLabel(Text(ja: "提供", en: "Provided"), tone: .success).html
    private static let refused = StatusLabel(Text(ja: "拒否", en: "Refused"), tone: .error).html

    static let form = fragment {
        el(.h2) { Text(ja: "入力", en: "Fields") }
        PostForm(to: "/gallery") {
            TextField(
                "name", label: Text(ja: "氏名", en: "Name"),
                support: Text(ja: "戸籍のとおりに入力してください。", en: "As in your family register."),
                value: "見本 <花子> & \"太郎\"", autocomplete: "name")
            TextField(
                "postal", label: Text(ja: "郵便番号", en: "Postal code"),
                support: Text(ja: "例：100-0001", en: "For example 100-0001"),
                kind: .digits, width: .characters8, value: "１２３", error: errors.message(for: "postal"))
            TextField("mail", label: Text(ja: "メールアドレス", en: "E-mail address"), need: .optional, kind: .email)
            TextField(
                "pin", label: Text(ja: "暗証番号", en: "PIN"), kind: .secretDigits, width: .characters4, value: "0000")
            DateField(
                "day", legend: Text(ja: "生年月日", en: "Date of birth"),
                support: Text(ja: "西暦で入力してください。例：1990年4月1日", en: "In the Western calendar, for example 1990 4 1"),
                values: [.year: "1990", .month: "13", .day: "1"], error: errors.message(for: "day-month"),
                wrongPart: .month,
                purpose: .birthday)
            RadioGroup(
                "reason", legend: Text(ja: "届出の理由", en: "Reason"),
                choices: [
                    Choice("work", Text(ja: "就職・転勤", en: "Work")),
                    Choice(
                        "study", Text(ja: "進学", en: "Study"),
                        support: Text(ja: "寮に入る場合も含みます", en: "Halls of residence too")),
                ],
                error: errors.message(for: "reason"))
            CheckboxGroup(
                "notify", legend: Text(ja: "通知の受け取り方", en: "How to tell you"),
                choices: [Choice("post", Text(ja: "郵送", en: "Post")), Choice("mail", Text(ja: "メール", en: "E-mail"))],
                selected: ["mail"])
            TextArea("note", label: Text(ja: "連絡事項", en: "Note"), need: .optional, rows: 3, value: "\n二行目</textarea>")
            el(.div, .class("actions")) {
                SubmitButton(Text(ja: "次へ進む", en: "Continue"))
                LinkButton(Text(ja: "やめる", en: "Cancel"), target: "/", look: .outlined)
            }
        }
    }

    /// A page with one question, whose label is the heading.
    static func question() -> Page {
        Page(title: Text(ja: "引っ越した日はいつですか", en: "When did you move?"), back: "/start") {
            PostForm(to: "/moved") {
                DateField(
                    "moved", legend: Text(ja: "引っ越した日はいつですか", en: "When did you move?"), need: .unmarked,
                    support: Text(ja: "西暦で入力してください。例：2026年4月1日", en: "In the Western calendar, for example 2026 4 1"),
                    role: .pageHeading)
                SubmitButton(Text(ja: "次へ進む", en: "Continue"))
            }
        }
    }
}
