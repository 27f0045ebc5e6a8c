import CardReader
import Web

/// What this program is, and the cards that it has.
struct HomeView {
    let cards: [WalletCard]

    var page: Page {
        Page(title: AgentTexts.homeTitle) {
            el(.h1) { AgentTexts.homeTitle }
            el(.p, .class("lead")) { AgentTexts.homeLead }
            el(.p) { AgentTexts.homeSafety }
            if cards.isEmpty {
                el(.h2) { AgentTexts.yourCards }
                el(.p) { AgentTexts.noCards }
            } else {
                DataTable(
                    AgentTexts.yourCards,
                    columns: [DataTable.Column(AgentTexts.card), DataTable.Column(AgentTexts.cardState)],
                    rows: cards.map { [.text($0.label), .bilingual($0.stateWords)] })
            }
        }
    }
}

extension WalletCard {
    /// The card's state in words.
    var stateWords: Text {
        switch state {
        case .ready(let triesLeft): AgentTexts.triesLeft(triesLeft)
        case .locked: AgentTexts.locked
        case .noCertificate: AgentTexts.noCertificate
        case .unavailable(.busy): AgentTexts.cardBusy
        case .unavailable: AgentTexts.cardUnreadable
        }
    }

    /// Whether it can be chosen.
    var isReady: Bool { if case .ready = state { true } else { false } }
}
