public import Wire

/// Why the register does not do what it was asked.
public enum RegisterError: String, ProblemConvertible, Equatable {
    case malformedNumber = "malformed-number"
    case unknownPerson = "unknown-person"
    case damagedRecord = "damaged-record"

    /// The code is the raw value.
    public var problem: Problem {
        switch self {
        case .malformedNumber: Problem(rawValue, status: 422, title: "The number is not an Individual Number.")
        case .unknownPerson: Problem(rawValue, status: 404, title: "The register does not know this person.")
        case .damagedRecord: Problem(rawValue, status: 500, title: "A record does not hold what it should.")
        }
    }
}
