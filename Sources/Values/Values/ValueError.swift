/// Why a text, number or row is not a value of this module.
///
/// Two errors are equal when their codes are. The reason is one fixed sentence and never repeats what was refused,
/// because that may be personal data.
public struct ValueError: Error, Sendable {
    /// What is wrong, for programs.
    public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        case wrongLength = "wrong-length"
        case wrongCharacter = "wrong-character"
        case wrongCheckDigit = "wrong-check-digit"
        case notADate = "not-a-date"
        case notAnInstant = "not-an-instant"
        case outOfRange = "out-of-range"
        case unknownCode = "unknown-code"
        case wrongRow = "wrong-row"
    }

    /// What is wrong, for programs.
    public let code: Code

    /// What is wrong, in one English sentence without the refused text.
    public let reason: String

    /// An error with its code and a sentence that holds no refused text.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

extension ValueError: Hashable {
    public static func == (left: ValueError, right: ValueError) -> Bool { left.code == right.code }
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension ValueError: CustomStringConvertible {
    public var description: String { "\(code.rawValue): \(reason)" }
}
