import Contracts
public import Wire

/// Why a gateway refuses. Two errors are equal when their codes are; nothing of a person stands in one.
public struct GatewayError: Error, Sendable, CustomStringConvertible {
    /// The refusals; the text is also the problem's code and what the gateway's own log says.
    public enum Code: String, Sendable, CaseIterable {
        case acquisitionGone = "acquisition-gone"
        case codeDiffers = "person-has-another-code"
        case codeOfAnother = "code-of-another-person"
        case copyTooLarge = "copy-too-large"
        case personHasNoCode = "person-has-no-code"

        case permitNotByCore = "permit-not-signed-by-core"
        case requestNotByCaller = "request-not-signed-by-caller"
        case permitOfAnotherAsker = "permit-of-another-asker"
        case permitOfAnotherProvider = "permit-of-another-provider"
        case permitNotCurrent = "permit-not-current"
        case askerKeysDiffer = "asker-keys-differ"
        case requestOfAnotherPermit = "request-of-another-permit"
        case requestDiffersFromPermit = "request-differs-from-permit"
        case sealedCodeUnreadable = "sealed-code-unreadable"
        case exchangeReused = "exchange-reused"
        case answerTooLarge = "answer-too-large"

        case permitNotAsAsked = "permit-not-as-asked"
        case answerNotSigned = "answer-not-signed"
        case answerNotAsAsked = "answer-not-as-asked"
        case answerUnreadable = "answer-unreadable"
        case noAnswer = "no-answer"
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

extension GatewayError: Equatable {
    public static func == (left: GatewayError, right: GatewayError) -> Bool { left.code == right.code }
}

extension GatewayError: ProblemConvertible {
    /// What the caller sees: the code, and one constant sentence.
    public var problem: Problem {
        code == .acquisitionGone ? .acquisitionGone : Problem(code.rawValue, status: code.status, title: code.title)
    }
}

extension GatewayError.Code {
    var status: Int {
        switch self {
        case .codeDiffers, .codeOfAnother, .personHasNoCode, .permitNotCurrent, .exchangeReused: 409
        case .acquisitionGone: 410
        case .copyTooLarge, .answerTooLarge: 413
        case .permitNotAsAsked, .answerNotSigned, .answerNotAsAsked, .answerUnreadable: 502
        case .noAnswer: 504
        default: 403
        }
    }

    var title: String {
        switch self {
        case .acquisitionGone: "The acquisition is unknown, used or expired."
        case .codeDiffers: "The person already has another code."
        case .codeOfAnother: "Another person of this agency already has this code."
        case .copyTooLarge: "A copy has at most 64 KiB."
        case .personHasNoCode: "The person's code has not been acquired."
        case .permitNotByCore: "The permit is not signed by the core."
        case .requestNotByCaller: "The request is not signed by its caller."
        case .permitOfAnotherAsker: "The permit was given to another asker."
        case .permitOfAnotherProvider: "The permit is for another provider."
        case .permitNotCurrent: "The permit is over, or not yet valid."
        case .askerKeysDiffer: "The permit names other keys of the asker."
        case .requestOfAnotherPermit: "The request names another permit."
        case .requestDiffersFromPermit: "The request asks for something else than the permit allows."
        case .sealedCodeUnreadable: "The code was not sealed for this provider and this permit."
        case .exchangeReused: "This exchange was answered to another request, or is over."
        case .answerTooLarge: "The answer is too large; ask for one year."
        case .permitNotAsAsked: "The core gave a permit for something else."
        case .answerNotSigned: "A permit or an answer is not signed by whom it should be."
        case .answerNotAsAsked: "The answer is to another exchange or request."
        case .answerUnreadable: "The answer was not sealed for this asker and this exchange."
        case .noAnswer: "The other institution gave no answer."
        }
    }
}
