import Contracts
import Values
import Web

/// An entry of the log with the names that a page shows.
struct ShownEntry: Sendable {
    let entry: ExchangeEntry
    let asker: Text
    let provider: Text

    init(_ entry: ExchangeEntry, name: (InstitutionID) -> Text) {
        self.entry = entry
        asker = name(entry.asker)
        provider = name(entry.provider)
    }

    var address: EntryName { EntryName(asker: entry.asker, exchange: entry.exchange) }
    var kind: InformationKind { InformationKind.of(entry.kind) }
    /// Whether the citizen herself asked, at a portal.
    var isOwn: Bool { entry.basis == Self.presence }

    static let presence = "presence"

    /// Who asked whom.
    var sentence: Text { isOwn ? HistoryTexts.own(provider) : HistoryTexts.asked(asker, provider) }

    var outcome: StatusLabel {
        switch entry.outcome {
        case .permitted: StatusLabel(HistoryTexts.permitted, tone: .success)
        case .refused: StatusLabel(HistoryTexts.refused, tone: .error)
        }
    }

    /// The law under which the entry stands, in plain words. A refused request only cited it.
    var basis: Text {
        if isOwn { return HistoryTexts.ownBasis }
        guard let law else { return HistoryTexts.unknownBasis }
        return entry.outcome == .permitted ? HistoryTexts.permittedBasis(law) : HistoryTexts.citedBasis(law)
    }

    /// The law whose table holds the clause, by the clause's id.
    private var law: Text? {
        if entry.basis.hasPrefix("table2/") { return HistoryTexts.table2 }
        return entry.basis.hasPrefix("order/") ? HistoryTexts.order : nil
    }

    /// Why the core refused, in plain words; nil where it permitted.
    var reason: Text? {
        guard entry.outcome == .refused else { return nil }
        if entry.reason.hasPrefix("presence") { return HistoryTexts.reasonPresence }
        return switch entry.reason {
        case "clause-unknown", "citation-malformed": HistoryTexts.reasonNoClause
        case "clause-not-in-force": HistoryTexts.reasonNotInForce
        case "clause-does-not-cover", "basis-not-allowed": HistoryTexts.reasonNotCovered
        case "provider-unknown": HistoryTexts.reasonNoProvider
        default: HistoryTexts.reasonOther
        }
    }
}
