import HTTPTypes
import Portal
import Web
import Wire

/// The pages that say no behind login, and what to do instead.
enum RefusalPages {
    static let notSignedIn = login(RefusalTexts.notSignedInTitle, RefusalTexts.notSignedIn, button: CommonTexts.logIn)
    static let sessionOver = login(RefusalTexts.overTitle, RefusalTexts.over, button: CommonTexts.logInAgain)
    /// A form of a session that has ended, or of an earlier one.
    static let staleForm = login(RefusalTexts.staleTitle, RefusalTexts.stale, button: CommonTexts.logInAgain)

    private static func login(_ title: Text, _ words: Text, button: Text) -> Page {
        .refusal(title, status: .unauthorized) {
            el(.p) { words }
            el(.div, .class("actions")) { LinkButton(button, target: Address.login.path) }
        }
    }

    /// A refusal of the portal as a page.
    ///
    /// - Parameter retry: where the same thing may be tried again.
    static func page(for error: PortalError, retry: String?) -> Page {
        let words = words(for: error)
        return .refusal(words.title, status: .init(code: error.problem.status)) {
            el(.p) { words.why }
            el(.p) { words.next }
            if let retry {
                el(.div, .class("actions")) { LinkButton(CommonTexts.tryAgain, target: retry, look: .outlined) }
            }
        }
    }

    /// What happened, and what to do.
    private static func words(for error: PortalError) -> RefusalWords {
        switch error {
        case .providerUnavailable: RefusalTexts.providerUnavailable
        case .coreUnavailable, .loginUnavailable: RefusalTexts.coreUnavailable
        case .requestRefused: RefusalTexts.requestRefused
        case .answerRefused: RefusalTexts.answerRefused
        case .unknownEntry: RefusalTexts.unknownEntry
        case .damagedRecord: RefusalTexts.damagedRecord
        case .presenceOver, .loginUnknown, .loginUsed, .loginExpired, .otherBrowser, .evidenceRefused:
            RefusalTexts.loginNeeded
        }
    }
}

/// Why a refusal happened and what the reader can do.
struct RefusalWords {
    let title: Text
    let why: Text
    let next: Text
}

/// The words of the pages.
enum RefusalTexts {
    static let notSignedInTitle = Text(ja: "ログインが必要です", en: "You need to log in")
    static let notSignedIn = Text(
        ja: "このページは、ログインした本人だけが見られます。", en: "Only the person concerned sees this page, after logging in.")
    static let overTitle = Text(ja: "ログインの有効期限が切れました", en: "Your login has ended")
    static let over = Text(
        ja: "安全のため、ログインから30分、または15分間操作がないときに終了します。照会した情報は保存されていません。",
        en: """
            To protect you, a login ends after 30 minutes, or after 15 minutes without activity. What you had asked \
            for is not stored.
            """)
    static let staleTitle = Text(ja: "この画面の有効期限が切れています", en: "This page is out of date")
    static let stale = Text(
        ja: "ログインが終わったか、ログインし直した後の古い画面です。送信した内容は受け付けていません。ログインして、もう一度お試しください。",
        en: """
            Your login has ended, or the page is from before you last logged in. What you sent was not accepted. Log \
            in and try again.
            """)
    static let providerUnavailable = RefusalWords(
        title: Text(ja: "照会先の機関から答えがありません", en: "The body asked does not answer"),
        why: Text(
            ja: "照会先のシステムが止まっているか、混み合っています。あなたの情報が失われたわけではありません。",
            en: "Its system is down or busy. Nothing of your information is lost."),
        next: Text(
            ja: "数分おいて、もう一度お試しください。続くときは、照会先の機関にお問い合わせください。",
            en: "Try again in a few minutes. If it goes on, contact the body itself."))
    static let coreUnavailable = RefusalWords(
        title: Text(ja: "情報提供ネットワークにつながりません", en: "The information provision network does not answer"),
        why: Text(
            ja: "照会を記録できないときは、照会そのものを行いません。情報は取り寄せていません。",
            en: "When a request cannot be recorded, it is not made. Nothing was fetched."),
        next: Text(
            ja: "数分おいて、もう一度お試しください。", en: "Try again in a few minutes."))
    static let requestRefused = RefusalWords(
        title: Text(ja: "照会が認められませんでした", en: "The request was refused"),
        why: Text(
            ja: "情報提供ネットワークが、この照会を認めませんでした。情報は取り寄せていません。",
            en: "The information provision network did not permit this request. Nothing was fetched."),
        next: Text(
            ja: "照会先と年度を確かめてください。拒否された記録と理由は、やりとり履歴で見られます。",
            en: "Check the body and the fiscal year. The refusal and its reason stand in your history of exchanges."))
    static let answerRefused = RefusalWords(
        title: Text(ja: "届いた答えを表示できません", en: "The answer cannot be shown"),
        why: Text(
            ja: "答えの署名または内容が、照会したものと一致しませんでした。別の人の情報である恐れがあるため、表示しません。",
            en: """
                Its signature or content did not match what was asked. It might be about somebody else, so it is not \
                shown.
                """),
        next: Text(
            ja: "もう一度お試しください。続くときは、照会先の機関にお知らせください。",
            en: "Try again. If it goes on, tell the body that was asked."))
    static let unknownEntry = RefusalWords(
        title: Text(ja: "その記録は見つかりません", en: "There is no such record"),
        why: Text(
            ja: "あなたについての記録の中に、このアドレスの記録はありません。7年を過ぎた記録は削除されます。",
            en: "No record about you has this address. Records are deleted after seven years."),
        next: Text(
            ja: "やりとり履歴の一覧から選び直してください。", en: "Choose it again from your history of exchanges."))
    static let damagedRecord = RefusalWords(
        title: Text(ja: "処理を完了できませんでした", en: "There is a problem with the service"),
        why: Text(ja: "情報は取り寄せていません。", en: "Nothing was fetched."),
        next: Text(ja: "しばらくしてから、もう一度お試しください。", en: "Try again later."))
    static let loginNeeded = RefusalWords(
        title: overTitle, why: over, next: Text(ja: "もう一度ログインしてください。", en: "Log in again."))
}
