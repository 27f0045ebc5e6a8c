import Values
import Web

/// The words of the agent's pages.
enum AgentTexts {
    static let serviceName = Text(ja: "カードによるログイン", en: "Card login")
    static let tagline = Text(ja: "あなたのパソコンの中で動いているプログラムです", en: "A program that runs on your own computer")
    static let footerNote = Text(
        ja: "暗証番号は、このプログラムとカードのほかには渡りません。", en: "Your PIN goes to this program and your card, and nowhere else.")

    // MARK: Home

    static let homeTitle = Text(ja: "カードによるログインの準備ができています", en: "Ready for logging in with a card")
    static let homeLead = Text(
        ja: "行政のサイトで「ログイン」を選ぶと、このプログラムの画面が開きます。ここで相手を確かめ、カードを選び、暗証番号を入力します。",
        en: "When you choose to log in at a government site, a page of this program opens. There you see who asks, "
            + "choose a card and enter its PIN.")
    static let homeSafety = Text(
        ja: "暗証番号は、ほかのサイトやメールから求められても入力しないでください。",
        en: "Never enter the PIN anywhere else, whichever site or message asks for it.")
    static let yourCards = Text(ja: "あなたのカード", en: "Your cards")
    static let noCards = Text(
        ja: "カードがありません。カードを登録してから、この画面を開き直してください。",
        en: "There is no card. Add a card, then open this page again.")
    static let card = Text(ja: "カード", en: "Card")
    static let cardState = Text(ja: "利用者証明用電子証明書の状態", en: "State of the authentication certificate")

    // MARK: Choosing a card

    static func requestTitle(_ name: Text) -> Text { Text(ja: "\(name.ja)へのログイン", en: "Log in to \(name.en)") }
    static func requestLead(_ name: Text) -> Text {
        Text(
            ja: "\(name.ja)が、マイナンバーカードによるログインを求めています。",
            en: "\(name.en) asks you to log in with your Individual Number Card.")
    }
    static let party = Text(ja: "求めている相手", en: "Who asks")
    static let origin = Text(ja: "相手のアドレス", en: "Its address")
    static let purpose = Text(ja: "目的", en: "Why")
    static let purposeLogin = Text(ja: "ログイン（本人であることの確認）", en: "Login (to make sure that it is you)")
    static let given = Text(ja: "相手に渡るもの", en: "What it receives")
    static let givenLogin = Text(
        ja: "カードの電子署名と利用者証明用電子証明書。氏名、住所、個人番号、暗証番号は渡りません。",
        en: "Your card's signature and its authentication certificate. Not your name, address, number or PIN.")
    static let until = Text(ja: "有効期限", en: "Valid until")
    static func time(_ instant: Instant) -> Text {
        Text(ja: "\(instant.japanStandardTime)（日本時間）", en: "\(instant.japanStandardTime) (Japan time)")
    }
    static let whichCard = Text(ja: "使うカードを選んでください", en: "Choose a card")
    static let chooseCard = Text(ja: "使うカードを選んでください。", en: "Choose the card that you want to use.")
    static let otherCards = Text(ja: "いま使えないカード", en: "Cards that cannot be used now")
    static let noUsableCard = Text(ja: "使えるカードがありません", en: "No card can be used")
    static let next = Text(ja: "次へ進む", en: "Continue")
    static let cancel = Text(ja: "ログインを取りやめる", en: "Cancel the login")

    // MARK: The state of a card

    static func triesLeft(_ tries: Int) -> Text {
        Text(
            ja: "暗証番号は、あと\(tries)回まで試せます。",
            en: tries == 1 ? "1 try of the PIN is left." : "\(tries) tries of the PIN are left.")
    }
    static let locked = Text(
        ja: "暗証番号がロックされています。住民票のある市区町村の窓口で再設定できます。",
        en: "The PIN is locked. The counter of your municipality can set a new one.")
    static let noCertificate = Text(
        ja: "利用者証明用電子証明書が入っていません。住民票のある市区町村の窓口で発行を受けられます。",
        en: "The card holds no authentication certificate. The counter of your municipality can issue one.")
    static let cardBusy = Text(
        ja: "ほかのプログラムが使っています。そのプログラムを閉じてから、もう一度お試しください。",
        en: "Another program uses it. Close that program and try again.")
    static let cardUnreadable = Text(
        ja: "カードを読み取れません。カードを置き直すか、ファイルの状態を確かめてください。",
        en: "The card cannot be read. Put it on again, or check its file.")

    // MARK: The PIN

    static let pinLabel = Text(
        ja: "4桁の暗証番号を入力してください", en: "Enter the PIN of your card (4 digits)")
    static func pinSupport(_ tries: Int) -> Text {
        Text(
            ja: "利用者証明用電子証明書の暗証番号です。続けて\(tries)回まちがえるとロックされます。",
            en: "It is the PIN of the authentication certificate. "
                + (tries == 1 ? "One more wrong PIN locks it." : "\(tries) wrong PINs in a row lock it."))
    }
    static let login = Text(ja: "ログインする", en: "Log in")
    static let chosenCard = Text(ja: "使うカード", en: "Card")
    static let pinMalformed = Text(ja: "暗証番号は数字4桁で入力してください。", en: "Enter the PIN as 4 digits.")
    static func pinWrong(_ tries: Int) -> Text {
        Text(
            ja: "暗証番号がちがいます。あと\(tries)回まちがえるとロックされます。",
            en: "The PIN is wrong. "
                + (tries == 1 ? "One more wrong PIN locks it." : "\(tries) more wrong PINs lock it."))
    }
    static let pinCardFailed = Text(
        ja: "カードを使えませんでした。少し待ってから、もう一度入力してください。",
        en: "The card could not be used. Wait a moment and enter the PIN again.")

    // MARK: What stands in the way

    static let lockedTitle = Text(ja: "このカードの暗証番号はロックされています", en: "The PIN of this card is locked")
    static let lockedWhy = Text(
        ja: "暗証番号を3回続けてまちがえたため、ロックされました。正しい暗証番号を入力しても使えません。",
        en: "A wrong PIN was entered three times in a row. Even the right one does not work now.")
    static let lockedHow = Text(
        ja: "カードを持って、住民票のある市区町村の窓口で、利用者証明用電子証明書の暗証番号の再設定を申し出てください。",
        en: "Take the card to the counter of the municipality where you live and ask for a new PIN of the "
            + "authentication certificate (利用者証明用電子証明書の暗証番号の再設定).")
    static let noCertificateTitle = Text(
        ja: "このカードには利用者証明用電子証明書が入っていません", en: "This card holds no authentication certificate")
    static let noCertificateHow = Text(
        ja: "ログインには利用者証明用電子証明書が必要です。カードを持って、住民票のある市区町村の窓口で発行を申し出てください。",
        en: "Logging in needs it. Take the card to the counter of the municipality where you live and ask for an "
            + "authentication certificate (利用者証明用電子証明書).")
    static let unavailableTitle = Text(ja: "このカードはいま使えません", en: "This card cannot be used now")
    static let otherCard = Text(ja: "別のカードを選ぶ", en: "Choose another card")
    static let tryAgain = Text(ja: "もう一度試す", en: "Try again")
    static let checkingTitle = Text(ja: "暗証番号を確かめています", en: "The PIN is being checked")
    static let checkingLead = Text(
        ja: "数秒かかることがあります。続きは下のリンクから開いてください。", en: "This can take a few seconds. Then go on with the link below.")
    static let goOn = Text(ja: "続きを開く", en: "Go on")
}
