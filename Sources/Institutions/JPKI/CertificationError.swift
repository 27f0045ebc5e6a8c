public import Wire

/// Why the certification service does not do what it was asked.
public enum CertificationError: String, ProblemConvertible, Equatable {
    case unknownMunicipality = "unknown-municipality"
    case keyRefused = "key-refused"
    case cardExpired = "card-expired"
    case tooYoung = "too-young-for-signing"
    case itemsMissing = "items-missing"
    case unknownCertificate = "unknown-certificate"
    case serialsExhausted = "serials-exhausted"
    case damagedRecord = "damaged-record"

    /// The code is the raw value.
    public var problem: Problem {
        Problem(rawValue, status: status, title: title)
    }

    private var status: Int {
        switch self {
        case .unknownCertificate: 404
        case .serialsExhausted: 503
        case .damagedRecord: 500
        default: 422
        }
    }

    private var title: String {
        switch self {
        case .unknownMunicipality: "No revocation list is configured for this municipality."
        case .keyRefused: "The key is not one that a card makes, or has a certificate already."
        case .cardExpired: "The card's validity is over."
        case .tooYoung: "No certificate for signing is issued under the age of \(CertificateLife.signingAge)."
        case .itemsMissing: "A certificate for signing states the four items, another one does not."
        case .unknownCertificate: "No such certificate was issued."
        case .serialsExhausted: "No free serial was found."
        case .damagedRecord: "A record does not hold what it should."
        }
    }
}
