/// What an offline check of a proof found, check by check.
public struct ProofReport: Hashable, Sendable {
    /// The checks, in the order in which they are made.
    public enum CheckName: String, Hashable, Sendable, CaseIterable, Codable {
        /// The checkpoint is a signed note with three lines.
        case checkpointForm
        /// The checkpoint is signed by the given key.
        case checkpointSignature
        /// The checkpoint's first line is the given log's.
        case checkpointOrigin
        /// Domain, random bytes and entry give the stated commitment.
        case commitment
        /// The stated commitment is in the checkpoint's tree at the stated index.
        case inclusion
    }

    /// How one check ended.
    public enum Outcome: Hashable, Sendable {
        /// It holds.
        case passed
        /// It does not hold, in one sentence.
        case failed(String)
        /// It could not be made because an earlier one failed.
        case notReached
    }

    /// One check and how it ended.
    public struct Check: Hashable, Sendable {
        /// Which check.
        public let name: CheckName
        /// How it ended.
        public let outcome: Outcome
    }

    /// Every check of `CheckName`, in its order.
    public let checks: [Check]

    /// True when every check passed: the entry was in that log when the checkpoint was signed.
    public var isValid: Bool { checks.allSatisfy { $0.outcome == .passed } }
    /// The first check that did not hold, or nil.
    public var firstFailure: Check? { checks.first { $0.outcome != .passed } }
    /// The outcome of one check; `notReached` for none.
    public func outcome(of name: CheckName) -> Outcome {
        checks.first { $0.name == name }?.outcome ?? .notReached
    }
}

extension ProofReport: CustomStringConvertible {
    /// One line per check, for a terminal.
    public var description: String {
        checks.map { "\($0.name.rawValue): \($0.outcome)" }.joined(separator: "\n")
    }
}

extension ProofReport.Outcome: CustomStringConvertible {
    public var description: String {
        switch self {
        case .passed: "passed"
        case .failed(let reason): "FAILED, \(reason)"
        case .notReached: "not reached"
        }
    }
}
