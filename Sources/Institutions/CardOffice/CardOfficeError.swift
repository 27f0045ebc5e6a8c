public import Wire

/// Why the card office delivers no card.
public enum CardOfficeError: String, ProblemConvertible, Equatable {
    case holderUnknown = "holder-unknown"
    case signaturePinMissing = "signature-pin-missing"
    case pinRefused = "pin-refused"
    case hasCard = "has-card"
    case damagedRecord = "damaged-record"

    /// 422 for what the counter can mend, 500 for a damaged record.
    public var problem: Problem {
        Problem(rawValue, status: self == .damagedRecord ? 500 : 422, title: title)
    }

    private var title: String {
        switch self {
        case .holderUnknown: "Nobody has this number."
        case .signaturePinMissing: "The holder gets a certificate for signing and has set no password for it."
        case .pinRefused: "The PIN may not be set: another form, or too simple."
        case .hasCard: "The holder has a card already."
        case .damagedRecord: "A record does not hold what it should."
        }
    }
}
