import HTTPTypes
import Portal
import Web
import Wire

/// A login that opened no session: why, and what to do.
struct LoginRefusal {
    let error: PortalError

    init(_ error: PortalError) { self.error = error }

    var page: Page {
        let words = words
        return .refusal(words.title, status: .init(code: error.problem.status)) {
            el(.p) { words.why }
            el(.p) { words.next }
            el(.div, .class("actions")) { LinkButton(CommonTexts.logInAgain, target: Address.login.path) }
            LinkLine(CommonTexts.toFront, target: Address.front.path)
        }
    }

    private var words: RefusalWords {
        switch error {
        case .otherBrowser: LoginRefusalTexts.otherBrowser
        case .loginUsed: LoginRefusalTexts.used
        case .loginExpired, .presenceOver: LoginRefusalTexts.expired
        case .evidenceRefused, .requestRefused: LoginRefusalTexts.refused
        case .loginUnknown, .unknownEntry: LoginRefusalTexts.unknown
        case .loginUnavailable, .providerUnavailable, .coreUnavailable, .answerRefused, .damagedRecord:
            LoginRefusalTexts.unavailable
        }
    }
}

/// The words of these pages.
enum LoginRefusalTexts {
    static let otherBrowser = RefusalWords(
        title: Text(ja: "別のブラウザーで始めたログインです", en: "This login began in another browser"),
        why: Text(
            ja: "ログインは、始めたのと同じブラウザーでだけ完了できます。途中でもう一度ログインを始めたときも、この画面になります。",
            en: """
                A login can be finished only in the browser where it began. You also see this page if you began \
                another login in the meantime.
                """),
        next: Text(
            ja: "自分で始めたログインなら、このブラウザーで始めからやり直してください。心当たりのないリンクから来たときは、ログインせずに閉じてください。",
            en: """
                If you began it yourself, start again in this browser. If you came from a link that you did not \
                expect, do not log in and close this page.
                """))
    static let used = RefusalWords(
        title: Text(ja: "このログインはすでに使われています", en: "This login was used already"),
        why: Text(ja: "一度のカードの読み取りで、ログインは一度だけできます。", en: "One reading of your card logs you in once."),
        next: Text(
            ja: "ログインしていないときは、始めからやり直してください。", en: "If you are not logged in, start again."))
    static let expired = RefusalWords(
        title: Text(ja: "ログインの時間が過ぎました", en: "This login took too long"),
        why: Text(
            ja: "ログインは、始めてから5分以内に終える必要があります。", en: "A login must be finished within five minutes."),
        next: Text(
            ja: "カードと暗証番号を用意して、始めからやり直してください。", en: "Have your card and PIN ready, and start again."))
    static let refused = RefusalWords(
        title: Text(ja: "このカードではログインできませんでした", en: "You could not log in with this card"),
        why: Text(
            ja: """
                電子証明書が失効しているか、有効期限が過ぎているか、カードの署名を確かめられませんでした。カードの一時停止を届け出たときも、ログインできません。
                """,
            en: """
                Its certificate is revoked or out of date, or its signature could not be confirmed. A suspended card \
                cannot log in either.
                """),
        next: Text(
            ja: "カードの有効期限を確かめてください。期限内なら、住んでいる市区町村の窓口で電子証明書の状態を確かめてください。",
            en: """
                Check when your card's certificate ends. If it is still valid, ask the counter of your municipality \
                about its state.
                """))
    static let unknown = RefusalWords(
        title: Text(ja: "このログインは見つかりません", en: "There is no such login"),
        why: Text(
            ja: "アドレスが途中で切れているか、ログインが完了していません。",
            en: "The address is incomplete, or the login was not finished."),
        next: Text(ja: "始めからやり直してください。", en: "Start again."))
    static let unavailable = RefusalWords(
        title: Text(ja: "現在ログインできません", en: "Logging in is not possible at the moment"),
        why: Text(
            ja: "カードを確かめるためのシステムから答えがありません。あなたのカードに問題があるわけではありません。",
            en: "A system that we need to check your card does not answer. Nothing is wrong with your card."),
        next: Text(ja: "数分おいて、もう一度お試しください。", en: "Try again in a few minutes."))
}
