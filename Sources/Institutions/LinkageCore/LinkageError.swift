import Contracts
public import Wire

/// Why the core refuses. Two errors are equal when their codes are; nothing of a person stands in one.
public struct LinkageError: Error, Sendable, CustomStringConvertible {
    /// The refusals. Those of ``isLogged`` also stand as the reason of a log entry.
    public enum Code: String, Sendable, CaseIterable {
        case acquisitionNotAllowed = "acquisition-not-allowed"
        case acquisitionGone = "acquisition-gone"
        case acquisitionNotCompleted = "acquisition-not-completed"
        case sessionMalformed = "session-malformed"

        case presenceNotOurs = "presence-not-ours"
        case presenceUnknown = "presence-unknown"
        case presenceEnded = "presence-ended"
        case presenceExpired = "presence-expired"
        case presenceOfAnother = "presence-of-another"

        case requestNotSigned = "request-not-signed-by-caller"
        case citationMalformed = "citation-malformed"
        case requestNotCurrent = "request-not-current"
        case basisNotAllowed = "basis-not-allowed"
        case providerUnknown = "provider-unknown"
        case clauseUnknown = "clause-unknown"
        case clauseNotInForce = "clause-not-in-force"
        case clauseDoesNotCover = "clause-does-not-cover"
        case exchangeReused = "exchange-reused"
        case permitOver = "permit-over"

        case logUnavailable = "log-unavailable"
        case logDamaged = "log-damaged"
        case entryUnknown = "entry-unknown"
        case leafUnknown = "leaf-unknown"
        case limitOutOfRange = "limit-out-of-range"
    }

    /// Which refusal this is.
    public let code: Code
    /// Where it was thrown, `file:line`.
    public let site: String

    init(_ code: Code, file: StaticString = #fileID, line: UInt = #line) {
        self.code = code
        site = "\(file):\(line)"
    }

    public var description: String { "\(code.rawValue) at \(site)" }
}

extension LinkageError: Equatable {
    public static func == (left: LinkageError, right: LinkageError) -> Bool { left.code == right.code }
}

extension LinkageError: ProblemConvertible {
    /// What the caller sees: the code, and one constant sentence.
    public var problem: Problem {
        code == .acquisitionGone ? .acquisitionGone : Problem(code.rawValue, status: code.status, title: code.title)
    }
}

extension LinkageError.Code {
    /// Whether a request that is refused so stands in the citizen's log (番号法23条3項).
    public var isLogged: Bool {
        switch self {
        case .presenceNotOurs, .presenceUnknown, .presenceEnded, .presenceExpired, .presenceOfAnother,
            .requestNotCurrent, .basisNotAllowed, .providerUnknown, .clauseUnknown, .clauseNotInForce,
            .clauseDoesNotCover:
            true
        default: false
        }
    }

    var status: Int {
        switch self {
        case .sessionMalformed, .citationMalformed, .limitOutOfRange: 400
        case .providerUnknown, .entryUnknown, .leafUnknown: 404
        case .acquisitionNotCompleted, .requestNotCurrent, .exchangeReused, .permitOver: 409
        case .acquisitionGone: 410
        case .logDamaged: 500
        case .logUnavailable: 503
        default: 403
        }
    }

    var title: String {
        switch self {
        case .acquisitionNotAllowed: "This caller may not acquire a code for this purpose."
        case .acquisitionGone: "The acquisition is unknown, used or expired."
        case .acquisitionNotCompleted: "The person point has not come yet."
        case .sessionMalformed: "A session is named by 32 bytes, its purpose by 1 to 40 characters."
        case .presenceNotOurs: "The presence is not signed by this core."
        case .presenceUnknown: "There is no such presence."
        case .presenceEnded: "The citizen has logged out."
        case .presenceExpired: "The login is too old."
        case .presenceOfAnother: "The presence is not that of this code and session."
        case .requestNotSigned: "The request is not signed by its caller."
        case .citationMalformed: "A citation's fields have 1 to 500 bytes each."
        case .requestNotCurrent: "The request was not made just now."
        case .basisNotAllowed: "This asker may not ask on this basis."
        case .providerUnknown: "There is no such provider."
        case .clauseUnknown: "There is no such permission clause."
        case .clauseNotInForce: "The permission clause is not in force."
        case .clauseDoesNotCover: "The permission clause does not cover this request."
        case .exchangeReused: "This exchange id was used for another request."
        case .permitOver: "The permit for this request is over."
        case .logUnavailable: "The log cannot be written; no permit is given."
        case .logDamaged: "The log's record does not agree with its commitment."
        case .entryUnknown: "The citizen has no such entry."
        case .leafUnknown: "The log has no such leaf."
        case .limitOutOfRange: "A page has 1 to 100 entries."
        }
    }
}
