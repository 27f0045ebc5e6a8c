import Values
import Web

extension PortalWeb {
    /// The frame of every page.
    static let layout = PageLayout(
        serviceName: Text(ja: "窓口ポータル", en: "Madoguchi Portal"),
        tagline: Text(ja: "あなたの情報と、そのやりとりを確かめる", en: "See your information, and who asked for it"),
        footerLinks: [
            FooterLink(Text(ja: "カードと暗証番号で困ったとき", en: "Help with your card and PIN"), target: Address.cardHelp.path)
        ],
        footerNote: Text(
            ja: "このポータルは、あなたの個人番号・氏名・住所を保存しません。",
            en: "This portal does not store your Individual Number, name or address."))
}

/// The parts of the portal behind login.
enum Section: CaseIterable, Sendable {
    case me, information, history

    private var link: (text: Text, target: String) {
        switch self {
        case .me: (Text(ja: "マイページ", en: "My page"), Address.me.path)
        case .information: (CommonTexts.information, Address.information.path)
        case .history: (Text(ja: CommonTexts.history.ja, en: "History"), Address.history.path)
        }
    }

    static func links(current: Section?) -> [NavigationLink] {
        allCases.map { NavigationLink($0.link.text, target: $0.link.target, isCurrent: $0 == current) }
    }
}

enum HeaderViews {
    /// Until when the login lasts, and the way out (ui rule U14: the end is announced).
    static func signedIn(until end: Instant) -> HTML {
        el(.div, .class("site-header-end")) {
            el(.small, .class("support")) { DateTexts.loggedInUntil(end) }
            PostForm(to: Address.logout.path) { SubmitButton(Text(ja: "ログアウト", en: "Log out"), look: .plain) }
        }
    }
}

/// Words that several pages use.
enum CommonTexts {
    static let information = Text(ja: "あなたの情報", en: "Your information")
    static let history = Text(ja: "やりとり履歴", en: "History of exchanges")
    static let logIn = Text(ja: "カードでログイン", en: "Log in with your card")
    static let logInAgain = Text(ja: "もう一度ログインする", en: "Log in again")
    static let tryAgain = Text(ja: "もう一度試す", en: "Try again")
    static let toFront = Text(ja: "最初のページへ", en: "Go to the front page")
    static let pinHelp = Text(ja: "暗証番号がロックされたとき", en: "If your PIN is locked")
}

/// A link in a paragraph of its own.
struct LinkLine: Component {
    let text: Text
    let target: String

    init(_ text: Text, target: String) {
        self.text = text
        self.target = target
    }

    var html: HTML { el(.p) { el(.a, .href(target)) { text } } }
}

extension HTML {
    /// What an institution has written in Japanese: marked as such on an English page.
    static func written(_ text: String) -> HTML {
        text.utf8.allSatisfy { $0 < 0x80 } ? .text(text) : .foreign(.ja, text)
    }
}
