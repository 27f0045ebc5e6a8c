public import HTTPTypes

/// How an error is answered (エラー画面): always a page in words, never the error itself.
public enum PageAnswer: Sendable {
    /// There is nothing at this address, or nothing that this reader may know of: 404.
    case notFound
    /// The service cannot be used for the moment and nothing was changed: 503.
    case unavailable
    /// We failed: 500 with a reference number, which the log has too.
    case problem
    /// The reader must go elsewhere first (sign in): 303.
    case seeOther(String)
    /// A page of the app's own.
    case page(Page)
}

/// An error that knows its page.
public protocol PageError: Error {
    /// How it is answered.
    var pageAnswer: PageAnswer { get }
}

extension Page {
    /// "You cannot" as a page (ui rule U11): why, and what to do instead.
    public static func refusal(
        _ title: Text, status: HTTPResponse.Status, back: String? = nil, @HTMLBuilder content: () -> [HTML]
    ) -> Page {
        Page(title: title, status: status, back: back) {
            el(.h1) { title }
            content()
        }
    }

    static let notFound = refusal(ProblemTexts.notFoundTitle, status: .notFound) {
        el(.p) { ProblemTexts.notFoundTyped }
        el(.p) { ProblemTexts.notFoundCopied }
    }

    static let unavailable = refusal(ProblemTexts.unavailableTitle, status: .serviceUnavailable) {
        el(.p) { ProblemTexts.unavailableLater }
        el(.p) { ProblemTexts.answersNotSaved }
    }

    static func problem(reference: String) -> Page {
        refusal(ProblemTexts.problemTitle, status: .internalServerError) {
            el(.p) { ProblemTexts.problemLater }
            el(.p) { ProblemTexts.answersNotSaved }
            el(.p) {
                ProblemTexts.reference
                el(.strong, .class("reference")) { reference }
            }
        }
    }
}

extension WebError: PageError {
    /// Each refusal of this room as a page.
    public var pageAnswer: PageAnswer {
        switch code {
        case .unknownAddress: .notFound
        case .malformedOrigin: .problem
        case .foreignHost: explained(ProblemTexts.foreignHostTitle, ProblemTexts.foreignHost, .misdirectedRequest)
        case .foreignForm: explained(ProblemTexts.foreignFormTitle, ProblemTexts.foreignForm, .forbidden)
        case .staleForm: explained(ProblemTexts.staleFormTitle, ProblemTexts.staleForm, .forbidden)
        case .malformedForm: explained(ProblemTexts.unreadableTitle, ProblemTexts.unreadable, .badRequest)
        case .unsupportedForm: explained(ProblemTexts.unreadableTitle, ProblemTexts.unreadable, .unsupportedMediaType)
        case .formTooLong: explained(ProblemTexts.tooLongTitle, ProblemTexts.tooLong, .contentTooLarge)
        case .unknownMethod: explained(ProblemTexts.unreadableTitle, ProblemTexts.unreadable, .notImplemented)
        }
    }

    private func explained(_ title: Text, _ words: Text, _ status: HTTPResponse.Status) -> PageAnswer {
        .page(.refusal(title, status: status) { el(.p) { words } })
    }
}

/// The words of the problem pages.
enum ProblemTexts {
    static let notFoundTitle = Text(ja: "ページが見つかりません", en: "Page not found")
    static let notFoundTyped = Text(
        ja: "アドレスを入力した場合は、正しいか確認してください。", en: "If you typed the web address, check it is correct.")
    static let notFoundCopied = Text(
        ja: "アドレスを貼り付けた場合は、全体をコピーしたか確認してください。",
        en: "If you pasted the web address, check you copied the whole of it.")
    static let unavailableTitle = Text(ja: "現在ご利用いただけません", en: "The service is unavailable at the moment")
    static let unavailableLater = Text(
        ja: "しばらくしてから、もう一度お試しください。", en: "You will be able to use it again later.")
    static let problemTitle = Text(ja: "処理を完了できませんでした", en: "There is a problem with the service")
    static let problemLater = Text(ja: "しばらくしてから、もう一度お試しください。", en: "Try again later.")
    static let answersNotSaved = Text(
        ja: "このページで入力した内容は保存されていません。", en: "What you entered on this page was not saved.")
    static let reference = Text(ja: "お問い合わせの際は、この番号をお知らせください：", en: "If you contact us, give this reference: ")
    static let foreignHostTitle = Text(ja: "このアドレスでは提供していません", en: "This address is not served here")
    static let foreignHost = Text(
        ja: "案内されたアドレスから開き直してください。", en: "Open the service again from the address you were given.")
    static let foreignFormTitle = Text(ja: "別のサイトから送信されました", en: "This was sent from another site")
    static let foreignForm = Text(
        ja: "安全のため受け付けませんでした。このサービスの画面を開き、もう一度入力してください。",
        en: "To protect you we did not accept it. Open this service's own page and enter it again.")
    static let staleFormTitle = Text(ja: "画面の有効期限が切れています", en: "This page is out of date")
    static let staleForm = Text(
        ja: "送信した内容は受け付けていません。前の画面を開き直し、もう一度入力してください。",
        en: "What you sent was not accepted. Open the previous page again and enter it once more.")
    static let unreadableTitle = Text(ja: "送信内容を読み取れませんでした", en: "We could not read what was sent")
    static let unreadable = Text(
        ja: "送信した内容は受け付けていません。前の画面を開き直し、もう一度入力してください。",
        en: "What you sent was not accepted. Open the previous page again and enter it once more.")
    static let tooLongTitle = Text(ja: "送信内容が長すぎます", en: "What you sent is too long")
    static let tooLong = Text(
        ja: "送信した内容は受け付けていません。短くして、もう一度送信してください。",
        en: "What you sent was not accepted. Make it shorter and send it again.")
}
