import HTTPTypes
import Web

/// Why it does not go on, what was not done, and what to do (ui rule U11).
struct ProblemView {
    private let error: AgentError

    init(_ error: AgentError) { self.error = error }

    var page: Page {
        let (title, sentences) = words
        return Page.refusal(title, status: status) {
            for sentence in sentences { el(.p) { sentence } }
        }
    }

    private var status: HTTPResponse.Status {
        switch error {
        case .malformedAddress: .badRequest
        case .originNotAllowed, .notARequest, .unknownParty, .unknownPurpose, .otherOrigin, .otherAgent: .forbidden
        case .otherAudiences, .malformedNonce, .notFromHere: .forbidden
        case .expired, .loginOver, .replaced: .gone
        case .answered, .cancelled: .ok
        case .busy, .portalUnreachable, .evidenceRefused, .callbackFailed: .serviceUnavailable
        case .walletUnreadable, .keysMissing, .keysRefused, .malformedClock: .serviceUnavailable
        }
    }

    private var words: (Text, [Text]) {
        switch error {
        case .malformedAddress: (ProblemWords.brokenLink, [ProblemWords.beginAgain])
        case .originNotAllowed, .notARequest, .unknownParty, .unknownPurpose, .otherOrigin, .otherAudiences,
            .malformedNonce:
            (ProblemWords.notTrusted, [reason, ProblemWords.nothingGiven, ProblemWords.checkSite])
        case .otherAgent: (ProblemWords.otherAgent, [ProblemWords.otherAgentHow, ProblemWords.nothingGiven])
        case .expired, .loginOver: (ProblemWords.over, [ProblemWords.notLoggedIn, ProblemWords.beginAgain])
        case .busy, .portalUnreachable:
            (ProblemWords.unreachable, [ProblemWords.notLoggedIn, ProblemWords.later])
        case .replaced: (ProblemWords.replaced, [ProblemWords.replacedWhy, ProblemWords.replacedHow])
        case .cancelled: (ProblemWords.cancelled, [ProblemWords.notLoggedIn, ProblemWords.close])
        case .answered: (ProblemWords.answered, [ProblemWords.answeredHow, ProblemWords.close])
        case .notFromHere: (ProblemWords.notFromHere, [ProblemWords.notFromHereHow, ProblemWords.nothingGiven])
        case .evidenceRefused: (ProblemWords.refused, [ProblemWords.refusedHow, ProblemWords.refusedWhere])
        case .callbackFailed: (ProblemWords.failed, [ProblemWords.failedHow, ProblemWords.beginAgain])
        case .walletUnreadable, .keysMissing, .keysRefused, .malformedClock:
            (ProblemWords.noWallet, [ProblemWords.noWalletHow])
        }
    }

    /// What was found about a request that is not shown.
    private var reason: Text {
        switch error {
        case .originNotAllowed: ProblemWords.originNotAllowed
        case .unknownParty: ProblemWords.unknownParty
        case .otherOrigin: ProblemWords.otherOrigin
        case .unknownPurpose, .otherAudiences: ProblemWords.unknownPurpose
        default: ProblemWords.notARequest
        }
    }
}

/// The words of the problem pages.
enum ProblemWords {
    static let nothingGiven = Text(
        ja: "カードは使われていません。相手には何も渡っていません。", en: "No card was used, and nothing was handed over.")
    static let notLoggedIn = Text(ja: "ログインはしていません。", en: "You are not logged in.")
    static let beginAgain = Text(
        ja: "もとのサイトに戻り、もう一度ログインを選んでください。", en: "Go back to the site and choose to log in once more.")
    static let close = Text(ja: "この画面は閉じてかまいません。", en: "You can close this page.")
    static let later = Text(
        ja: "しばらくしてから、もとのサイトでもう一度ログインを選んでください。", en: "Later, choose to log in at the site once more.")
    static let brokenLink = Text(ja: "ログインの案内が途中で切れています", en: "The link to this login is incomplete")
    static let notTrusted = Text(ja: "このログインの求めには応じられません", en: "This request for a login is not accepted")
    static let checkSite = Text(
        ja: "行政のサイトを自分で開き、そこからログインを選んでください。メールなどのリンクから来た場合は、偽のサイトのおそれがあります。",
        en: "Open the government's site yourself and choose to log in there. If you followed a link from a message, "
            + "the site may be a false one.")
    static let originNotAllowed = Text(
        ja: "求めている相手のアドレスが、安全に確かめられる形ではありません。",
        en: "The address of the site that asks cannot be checked safely.")
    static let unknownParty = Text(
        ja: "求めている相手が、登録された機関であると確かめられませんでした。",
        en: "The one who asks could not be confirmed as a registered institution.")
    static let otherOrigin = Text(
        ja: "求めの内容が、届いたアドレスのものと合っていません。", en: "The request does not belong to the address that it came from.")
    static let unknownPurpose = Text(
        ja: "求められている目的は、このプログラムが扱うものではありません。", en: "It asks for something that this program does not do.")
    static let notARequest = Text(
        ja: "届いたものを、ログインの求めとして読み取れませんでした。", en: "What came could not be read as a request for a login.")
    static let otherAgent = Text(
        ja: "このログインは、別のカードプログラムに向けられています", en: "This login is meant for another card program")
    static let otherAgentHow = Text(
        ja: "サイトとこのプログラムで、使う番号（ポート）の設定がちがいます。設定を合わせて、このプログラムを起動し直してください。",
        en: "The site and this program are set to different ports. Start this program again with the port that the "
            + "site uses.")
    static let over = Text(ja: "このログインの求めは期限が切れています", en: "This request for a login has ended")
    static let unreachable = Text(ja: "相手のサイトから応答がありません", en: "The site does not answer")
    static let replaced = Text(ja: "この画面は古くなっています", en: "This page is out of date")
    static let replacedWhy = Text(
        ja: "新しいログインの求めが届いたか、プログラムが起動し直されたため、この画面からは続けられません。暗証番号は使われていません。",
        en: "A newer request has taken its place, or the program was started again. The PIN was not used.")
    static let replacedHow = Text(
        ja: "新しいほうの画面で続けるか、もとのサイトでもう一度ログインを選んでください。",
        en: "Go on in the newer page, or choose to log in at the site once more.")
    static let cancelled = Text(ja: "ログインを取りやめました", en: "The login is cancelled")
    static let answered = Text(ja: "このログインの求めには回答済みです", en: "This request is answered already")
    static let answeredHow = Text(
        ja: "ログインは、もとのサイトの画面で続けてください。", en: "Go on in the page of the site.")
    static let notFromHere = Text(ja: "この開き方では表示できません", en: "This page cannot be opened in this way")
    static let notFromHereHow = Text(
        ja: "このプログラムの画面は、ブラウザーの画面全体でだけ開けます。ブラウザーが古い場合は、新しくしてからお試しください。",
        en: "The pages of this program open only as a whole page of a browser. If your browser is old, update it.")
    static let refused = Text(ja: "相手のサイトがカードを受け付けませんでした", en: "The site did not accept the card")
    static let refusedHow = Text(
        ja: "電子証明書の有効期限が切れているか、失効しているかもしれません。ログインはしていません。",
        en: "Its certificate may have expired or been revoked. You are not logged in.")
    static let refusedWhere = Text(
        ja: "住民票のある市区町村の窓口で、電子証明書の状態を確かめられます。",
        en: "The counter of the municipality where you live can tell you about your certificate.")
    static let failed = Text(ja: "相手のサイトがログインを受け取れませんでした", en: "The site could not take the login")
    static let failedHow = Text(
        ja: "応答がないか、応答を読み取れませんでした。ログインはしていません。",
        en: "It did not answer, or its answer was not readable. You are not logged in.")
    static let noWallet = Text(ja: "カードの置き場所を開けません", en: "The folder of cards cannot be opened")
    static let noWalletHow = Text(
        ja: "フォルダーがあり、自分のものであることを確かめてから、この画面を開き直してください。",
        en: "Check that the folder is there and belongs to you, then open this page again.")
}
