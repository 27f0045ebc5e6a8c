/// Why a text is not a number of this module. Two errors are equal when their codes are; none repeats the text.
public struct NumberError: Error, Sendable {
    /// What is wrong, for programs.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case wrongLength = "wrong-length"
        case wrongCharacter = "wrong-character"
        case wrongCheckDigit = "wrong-check-digit"
    }

    /// What is wrong, for programs.
    public let code: Code

    /// What is wrong, in one English sentence without the refused text.
    public let reason: String

    init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

extension NumberError: Hashable {
    public static func == (left: NumberError, right: NumberError) -> Bool { left.code == right.code }
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension NumberError: CustomStringConvertible {
    public var description: String { "\(code.rawValue): \(reason)" }
}
