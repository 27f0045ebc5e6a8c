import Values
import Web

/// The front page: what the portal is, what one can see there, how to log in.
struct FrontView {
    let isSignedIn: Bool

    var page: Page {
        Page(title: FrontTexts.title) {
            el(.h1) { FrontTexts.title }
            el(.p, .class("lead")) { FrontTexts.lead }
            el(.div, .class("actions")) { start }
            if !isSignedIn { needed }
            el(.h2) { FrontTexts.seeTitle }
            SummaryList([
                SummaryList.Row(CommonTexts.information, FrontTexts.seeInformation),
                SummaryList.Row(CommonTexts.history, FrontTexts.seeHistory),
            ])
            el(.h2) { FrontTexts.safeTitle }
            el(.ul) {
                for sentence in FrontTexts.safe { el(.li) { sentence } }
            }
        }
    }

    private var start: HTML {
        isSignedIn
            ? LinkButton(FrontTexts.toMyPage, target: Address.me.path).html
            : LinkButton(CommonTexts.logIn, target: Address.login.path).html
    }

    private var needed: HTML {
        fragment {
            el(.h2) { FrontTexts.neededTitle }
            el(.ul) {
                for sentence in FrontTexts.needed { el(.li) { sentence } }
            }
            LinkLine(CommonTexts.pinHelp, target: Address.cardHelp.path)
        }
    }
}

/// The citizen's own front page: what to do next.
struct MeView {
    let signedInAt: Instant

    var page: Page {
        Page(title: FrontTexts.myPage) {
            el(.h1) { FrontTexts.myPage }
            el(.p) { FrontTexts.loggedIn(signedInAt) }
            LinkCards([
                LinkCards.Card(
                    CommonTexts.information, support: FrontTexts.seeInformation, target: Address.information.path),
                LinkCards.Card(CommonTexts.history, support: FrontTexts.seeHistory, target: Address.history.path),
                LinkCards.Card(FrontTexts.cardHelp, support: FrontTexts.cardHelpNote, target: Address.cardHelp.path),
            ])
        }
    }
}

/// After logout.
struct LoggedOutView {
    var page: Page {
        Page(title: FrontTexts.loggedOut) {
            el(.h1) { FrontTexts.loggedOut }
            el(.p) { FrontTexts.loggedOutNote }
            LinkLine(CommonTexts.toFront, target: Address.front.path)
        }
    }
}

/// The words of these pages.
enum FrontTexts {
    static let title = Text(ja: "行政機関が持つあなたの情報を確かめる", en: "See what public bodies hold about you")
    static let lead = Text(
        ja: "税や社会保障などの情報を機関から取り寄せて見ることができます。どの機関が、いつ、なぜあなたの情報を照会したかも分かります。",
        en: """
            Ask public bodies for what they hold about you on tax, social security and more. See which body asked \
            another about you, when and why.
            """)
    static let neededTitle = Text(ja: "ログインに必要なもの", en: "What you need to log in")
    static let needed = [
        Text(ja: "あなたの個人番号カード（マイナンバーカード）", en: "Your Individual Number Card (My Number Card)"),
        Text(
            ja: "利用者証明用電子証明書の暗証番号（数字4桁）", en: "The 4-digit PIN of its user authentication certificate"),
        Text(
            ja: "この端末で動いているカードエージェント（カードを読み取るプログラム）",
            en: "The card agent, the program that reads the card, running on this device"),
    ]
    static let seeTitle = Text(ja: "見られるもの", en: "What you can see")
    static let seeInformation = Text(
        ja: "世帯、税、健康・医療、子育て、福祉・介護、雇用、年金の7分野61種類の情報を、持っている機関に照会して表示します。",
        en: """
            61 kinds of information in seven fields: household, tax, health, children, welfare, employment and \
            pensions. We ask the body that holds it and show its answer.
            """)
    static let seeHistory = Text(
        ja: "あなたについての照会の記録です。拒否された照会も載ります。記録が改ざんされていないことを確かめられます。",
        en: """
            The record of every request about you, refused ones included. You can check that the record has not been \
            altered.
            """)
    static let safeTitle = Text(ja: "あなたの情報の扱い", en: "How your information is handled")
    static let safe = [
        Text(
            ja: "このポータルは個人番号を知りません。暗証番号もポータルには送られません。",
            en: "This portal never learns your Individual Number. Your PIN is never sent to it."),
        Text(
            ja: "取り寄せた情報は画面に出すだけで、保存しません。",
            en: "What we fetch is shown on the page and not stored."),
        Text(
            ja: "ログインは30分で終わります。ログアウトすると、その時点で照会できなくなります。",
            en: "A login ends after 30 minutes. When you log out, nothing more can be asked in your name."),
    ]
    static let toMyPage = Text(ja: "マイページへ", en: "Go to my page")
    static let myPage = Text(ja: "マイページ", en: "My page")
    static func loggedIn(_ at: Instant) -> Text {
        let moment = DateTexts.moment(at)
        return Text(ja: "\(moment.ja)にログインしました。", en: "You logged in on \(moment.en).")
    }
    static let cardHelp = Text(ja: "カードと暗証番号", en: "Card and PIN")
    static let cardHelpNote = Text(
        ja: "暗証番号がロックされたとき、カードをなくしたとき", en: "If your PIN is locked or your card is lost")
    static let loggedOut = Text(ja: "ログアウトしました", en: "You have logged out")
    static let loggedOutNote = Text(
        ja: "カードを読取機に置いたままのときは、お取りください。共用の端末では、ブラウザーも閉じてください。",
        en: "If your card is still on the reader, take it. On a shared device, close the browser too.")
}
