public import Wire

/// Why the number authority does not do what it was asked.
public enum AuthorityError: String, ProblemConvertible, Equatable {
    /// A registry speaks for its own municipality only.
    case otherMunicipality = "other-municipality"
    case malformedNumber = "malformed-number"
    case unknownNumber = "unknown-number"
    case certificateTaken = "certificate-taken"
    case unknownCertificate = "unknown-certificate"
    case loginRefused = "login-refused"
    case loginUsed = "login-used"
    /// The certificate's status could not be had; nothing was concluded.
    case statusUnavailable = "status-unavailable"
    case numbersExhausted = "numbers-exhausted"
    case damagedRecord = "damaged-record"

    /// The code is the raw value.
    public var problem: Problem { Problem(rawValue, status: status, title: title) }

    private var status: Int {
        switch self {
        case .malformedNumber: 422
        case .unknownNumber: 404
        case .certificateTaken, .loginUsed: 409
        case .unknownCertificate, .loginRefused, .otherMunicipality: 403
        case .numbersExhausted, .statusUnavailable: 503
        case .damagedRecord: 500
        }
    }

    private var title: String {
        switch self {
        case .otherMunicipality: "The registry of another municipality."
        case .statusUnavailable: "The certificate's status is not known now."
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
