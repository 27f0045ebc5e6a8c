public import Wire

/// Why the registry does not enter somebody.
public enum RegistryError: String, ProblemConvertible, Equatable {
    case addressElsewhere = "address-elsewhere"
    case householdSize = "household-size"
    case headOfHousehold = "head-of-household"
    case dateInFuture = "date-in-future"
    case bornAfterEvent = "born-after-event"
    case codeTwice = "resident-code-twice"
    case unknownHousehold = "unknown-household"
    /// A row does not hold what it should.
    case damagedRecord = "damaged-record"

    /// 422 for what the counter can mend, 500 for a damaged record.
    public var problem: Problem {
        Problem(rawValue, status: self == .damagedRecord ? 500 : 422, title: title)
    }

    private var title: String {
        switch self {
        case .addressElsewhere: "The address is not in this municipality."
        case .householdSize: "A household has between 1 and \(EntryDecision.householdMembers) members."
        case .headOfHousehold: "A household has exactly one head, and a newborn is not it."
        case .dateInFuture: "The date is in the future."
        case .bornAfterEvent: "A member was born after the move."
        case .codeTwice: "The resident code is already in use."
        case .unknownHousehold: "The registry does not know this household."
        case .damagedRecord: "A record does not hold what it should."
        }
    }
}
