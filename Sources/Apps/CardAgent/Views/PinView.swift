import Web

/// The PIN of the chosen card, or why it cannot be typed.
struct PinView {
    static let pinField = "pin"
    static let numberField = "form"

    private let open: OpenRequest
    private let card: WalletCard
    private let notice: PinNotice?
    private let language: Language

    init(_ open: OpenRequest, card: WalletCard, notice: PinNotice?, language: Language) {
        self.open = open
        self.card = card
        self.notice = notice
        self.language = language
    }

    var page: Page {
        switch card.state {
        case .ready(let triesLeft): form(triesLeft)
        case .locked: obstacle(AgentTexts.lockedTitle, [AgentTexts.lockedWhy, AgentTexts.lockedHow])
        case .noCertificate: obstacle(AgentTexts.noCertificateTitle, [AgentTexts.noCertificateHow])
        case .unavailable: obstacle(AgentTexts.unavailableTitle, [card.stateWords], mayTryAgain: true)
        }
    }

    private func form(_ triesLeft: Int) -> Page {
        Page(
            title: AgentTexts.pinLabel, back: requestPath,
            errors: error.map { [FieldError(Self.pinField, $0)] } ?? [], formTargets: [open.request.origin]
        ) {
            PostForm(to: pinPath) {
                HiddenField(Self.numberField, value: "\(open.form)")
                TextField(
                    Self.pinField, label: AgentTexts.pinLabel, need: .unmarked,
                    support: AgentTexts.pinSupport(triesLeft), kind: .secretDigits, width: .characters4, error: error,
                    role: .pageHeading)
                SummaryList([
                    .init(AgentTexts.chosenCard, card.label), .init(AgentTexts.party, open.request.name),
                    .init(AgentTexts.origin, open.request.origin.description),
                ])
                SubmitButton(AgentTexts.login)
            }
            CancelForm(open.id, language: language)
        }
    }

    private var error: Text? {
        switch notice {
        case .malformed: AgentTexts.pinMalformed
        case .wrong(let triesLeft): AgentTexts.pinWrong(triesLeft)
        case .cardFailed: AgentTexts.pinCardFailed
        case nil: nil
        }
    }

    private func obstacle(_ title: Text, _ words: [Text], mayTryAgain: Bool = false) -> Page {
        Page(title: title) {
            el(.h1) { title }
            SummaryList([.init(AgentTexts.chosenCard, card.label)])
            for sentence in words { el(.p) { sentence } }
            el(.div, .class("actions")) {
                if mayTryAgain { LinkButton(AgentTexts.tryAgain, target: pinPath) }
                LinkButton(AgentTexts.otherCard, target: requestPath, look: mayTryAgain ? .outlined : .filled)
            }
            CancelForm(open.id, language: language)
        }
    }

    private var pinPath: String { Address.inLanguage(Address.pin.path(open.id), language) }
    private var requestPath: String { Address.inLanguage(Address.request.path(open.id), language) }
}

/// While a PIN is with the card: only who opens the page a second time sees it.
struct CheckingView {
    private let id: RequestID
    private let language: Language

    init(_ id: RequestID, language: Language) {
        self.id = id
        self.language = language
    }

    var page: Page {
        Page(title: AgentTexts.checkingTitle) {
            el(.h1) { AgentTexts.checkingTitle }
            el(.p) { AgentTexts.checkingLead }
            LinkButton(AgentTexts.goOn, target: Address.inLanguage(Address.pin.path(id), language))
        }
    }
}
