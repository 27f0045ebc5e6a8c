public import Wire

/// Why the number authority does not do what it was asked.
public enum AuthorityError: String, ProblemConvertible, Equatable {
    case malformedNumber = "malformed-number"
    case unknownNumber = "unknown-number"
    case certificateTaken = "certificate-taken"
    case unknownCertificate = "unknown-certificate"
    case loginRefused = "login-refused"
    case loginUsed = "login-used"
    case numbersExhausted = "numbers-exhausted"
    case damagedRecord = "damaged-record"

    /// The code is the raw value.
    public var problem: Problem { Problem(rawValue, status: status, title: title) }

    private var status: Int {
        switch self {
        case .malformedNumber: 422
        case .unknownNumber: 404
        case .certificateTaken, .loginUsed: 409
        case .unknownCertificate, .loginRefused: 403
        case .numbersExhausted: 503
        case .damagedRecord: 500
        }
    }

    private var title: String {
        switch self {
        case .malformedNumber: "A number or a resident code is not one."
        case .unknownNumber: "No resident has this number."
        case .certificateTaken: "This certificate belongs to somebody else."
        case .unknownCertificate: "No resident is known for this certificate."
        case .loginRefused: "The login's evidence does not hold."
        case .loginUsed: "This login was presented before."
        case .numbersExhausted: "No free number was found."
        case .damagedRecord: "A record does not hold what it should."
        }
    }
}
