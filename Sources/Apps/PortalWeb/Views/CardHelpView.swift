import Web

/// What to do when the PIN is locked or the card is lost.
struct CardHelpView {
    var page: Page {
        Page(title: CardHelpTexts.title, back: Address.front.path) {
            el(.h1) { CardHelpTexts.title }
            el(.h2) { CardHelpTexts.lockedTitle }
            el(.p) { CardHelpTexts.locked }
            el(.ol) {
                for step in CardHelpTexts.steps { el(.li) { step } }
            }
            DataTable(CardHelpTexts.tableTitle, columns: CardHelpTexts.columns, rows: Self.rows)
            el(.h2) { CardHelpTexts.lostTitle }
            el(.p) { CardHelpTexts.lost }
            el(.h2) { CardHelpTexts.agentTitle }
            el(.p) { CardHelpTexts.agent }
        }
    }

    private static let rows: [[HTML]] = CardHelpTexts.pins.map { row in row.map { .bilingual($0) } }
}

/// The words of the page. Lengths and tries are those of the real card (個人番号カード).
enum CardHelpTexts {
    static let title = Text(ja: "カードと暗証番号で困ったとき", en: "Help with your card and PIN")
    static let lockedTitle = Text(ja: "暗証番号がロックされたとき", en: "If your PIN is locked")
    static let locked = Text(
        ja: """
            ログインに使う4桁の暗証番号は、3回続けて間違えるとロックされます。時間がたっても解除されず、このポータルでも解除できません。
            """,
        en: """
            The 4-digit PIN for logging in locks after three wrong tries in a row. It does not unlock by waiting, and \
            this portal cannot unlock it.
            """)
    static let steps = [
        Text(
            ja: "本人が、カードを持って、住んでいる市区町村の窓口へ行きます。",
            en: "Go yourself, with your card, to the counter of the municipality where you live."),
        Text(
            ja: "窓口で本人確認を受け、暗証番号の初期化（再設定）を申し込みます。",
            en: "Show who you are and ask for the PIN to be reset."),
        Text(
            ja: "新しい暗証番号を、その場で自分で入力します。生年月日など、他人に分かる番号は使わないでください。",
            en: """
                Enter a new PIN there yourself. Do not use your date of birth or another number that is easy to guess.
                """),
    ]
    static let tableTitle = Text(ja: "カードの暗証番号", en: "The PINs of the card")
    static let columns = [
        DataTable.Column(Text(ja: "暗証番号", en: "PIN")), DataTable.Column(Text(ja: "桁数", en: "Length")),
        DataTable.Column(Text(ja: "ロックまで", en: "Locks after")),
    ]
    static let pins: [[Text]] = [
        [
            Text(ja: "利用者証明用（ログイン）", en: "User authentication (login)"), Text(ja: "数字4桁", en: "4 digits"),
            Text(ja: "3回", en: "3 tries"),
        ],
        [
            Text(ja: "署名用（電子申請）", en: "Digital signature (applications)"),
            Text(ja: "英数字6〜16桁", en: "6 to 16 letters and digits"), Text(ja: "5回", en: "5 tries"),
        ],
        [
            Text(ja: "券面事項入力補助用", en: "Card face input support"), Text(ja: "数字4桁", en: "4 digits"),
            Text(ja: "3回", en: "3 tries"),
        ],
        [
            Text(ja: "住民基本台帳用", en: "Basic Resident Register"), Text(ja: "数字4桁", en: "4 digits"),
            Text(ja: "3回", en: "3 tries"),
        ],
    ]
    static let lostTitle = Text(ja: "カードをなくしたとき", en: "If you have lost your card")
    static let lost = Text(
        ja: "すぐに、住んでいる市区町村へカードの一時停止を届け出てください。停止すると、そのカードではログインできなくなります。",
        en: """
            Tell your municipality at once to suspend the card. After that nobody can log in with it.
            """)
    static let agentTitle = Text(ja: "ログインの画面が開かないとき", en: "If the login screen does not open")
    static let agent = Text(
        ja: "この端末でカードエージェントが動いているか確かめてください。起動してから、もう一度「カードでログイン」を押してください。",
        en: """
            Check that the card agent is running on this device. Start it, then choose “Log in with your card” again.
            """)
}
