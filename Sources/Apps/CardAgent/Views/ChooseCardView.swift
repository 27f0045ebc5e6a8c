import Web

/// Who asks and why, and which card to use.
struct ChooseCardView {
    static let field = "card"

    private let open: OpenRequest
    private let ready: [WalletCard]
    private let others: [WalletCard]
    private let language: Language
    private let error: Text?

    /// The page of a request; `isUnanswered` after a form without a card.
    init(_ open: OpenRequest, cards: [WalletCard], language: Language, isUnanswered: Bool) {
        self.open = open
        ready = cards.filter(\.isReady)
        others = cards.filter { !$0.isReady }
        self.language = language
        error = isUnanswered ? AgentTexts.chooseCard : nil
    }

    var page: Page {
        Page(
            title: AgentTexts.requestTitle(open.request.name),
            errors: error.map { [FieldError(Self.field, $0)] } ?? []
        ) {
            el(.h1) { AgentTexts.requestTitle(open.request.name) }
            el(.p, .class("lead")) { AgentTexts.requestLead(open.request.name) }
            summary
            if ready.isEmpty { el(.h2) { AgentTexts.noUsableCard } } else { form }
            if !others.isEmpty { otherCards }
            CancelForm(open.id, language: language)
        }
    }

    private var summary: SummaryList {
        SummaryList([
            .init(AgentTexts.party, open.request.name),
            .init(AgentTexts.origin, open.request.origin.description),
            .init(AgentTexts.purpose, AgentTexts.purposeLogin),
            .init(AgentTexts.given, AgentTexts.givenLogin),
            .init(AgentTexts.until, AgentTexts.time(open.request.expiresAt)),
        ])
    }

    private var form: PostForm {
        PostForm(to: Address.inLanguage(Address.request.path(open.id), language)) {
            RadioGroup(
                Self.field, legend: AgentTexts.whichCard, need: .unmarked,
                choices: ready.map { Choice($0.name, Text(same: $0.label), support: $0.stateWords) }, error: error)
            SubmitButton(AgentTexts.next)
        }
    }

    private var otherCards: HTML {
        fragment {
            el(.h2) { AgentTexts.otherCards }
            el(.ul) {
                for card in others {
                    el(.li) {
                        el(.strong) { card.label }
                        el(.br)
                        card.stateWords
                    }
                }
            }
        }
    }
}

/// The quiet button that stops a request.
struct CancelForm: Component {
    private let id: RequestID
    private let language: Language

    init(_ id: RequestID, language: Language) {
        self.id = id
        self.language = language
    }

    var html: HTML {
        PostForm(to: Address.inLanguage(Address.cancel.path(id), language)) {
            SubmitButton(AgentTexts.cancel, look: .plain)
        }.html
    }
}
