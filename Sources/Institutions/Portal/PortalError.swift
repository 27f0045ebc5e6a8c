public import Wire

/// Why the portal says no.
public enum PortalError: String, ProblemConvertible, Equatable {
    /// No such login, or not signed yet.
    case loginUnknown = "login-unknown"
    case loginUsed = "login-used"
    case loginExpired = "login-expired"
    /// The handle came in another browser than the one that began: somebody else's login is never taken over.
    case otherBrowser = "login-other-browser"
    case evidenceRefused = "login-evidence-refused"
    /// A neighbour that the login needs does not answer.
    case loginUnavailable = "login-unavailable"
    /// The citizen's presence is over: she logs in again.
    case presenceOver = "presence-over"
    /// The provider does not answer, or not in time.
    case providerUnavailable = "provider-unavailable"
    /// The core does not answer, or cannot write its log.
    case coreUnavailable = "core-unavailable"
    /// The core refused the request.
    case requestRefused = "request-refused"
    /// What came back was not what was asked for; nothing of it is shown.
    case answerRefused = "answer-refused"
    case unknownEntry = "unknown-entry"
    case damagedRecord = "damaged-record"

    /// The code is the raw value.
    public var problem: Problem { Problem(rawValue, status: status, title: title) }

    private var status: Int {
        switch self {
        case .loginUnknown, .unknownEntry: 404
        case .loginUsed: 409
        case .loginExpired: 410
        case .otherBrowser, .evidenceRefused, .presenceOver, .requestRefused: 403
        case .loginUnavailable, .providerUnavailable, .coreUnavailable: 503
        case .answerRefused: 502
        case .damagedRecord: 500
        }
    }

    private var title: String {
        switch self {
        case .loginUnknown: "There is no such login."
        case .loginUsed: "This login was used already."
        case .loginExpired: "This login has expired."
        case .otherBrowser: "This login began in another browser."
        case .evidenceRefused: "The card's signature or certificate was not accepted."
        case .loginUnavailable: "Logging in is not possible now."
        case .presenceOver: "The login is over."
        case .providerUnavailable: "The agency does not answer."
        case .coreUnavailable: "The network does not answer."
        case .requestRefused: "The network refused the request."
        case .answerRefused: "The answer was not what was asked for."
        case .unknownEntry: "There is no such entry."
        case .damagedRecord: "A record does not hold what it should."
        }
    }
}
