public import Values

/// 個人番号: a 12-digit Individual Number (My Number) whose check digit is right.
///
/// It shows itself to nobody, is not `Codable`, and leaves this type through `disclosed(for:)` only.
/// Source: 番号法 art. 2(5), 8; check digit 平成26年総務省令第85号 art. 5.
public struct IndividualNumber: Hashable, Sendable, Redacting {
    private let digits: String

    /// The number of twelve digits as typed: either width, spaces and hyphens allowed.
    /// Throws `wrongLength`, `wrongCharacter`, `wrongCheckDigit`.
    public init(_ text: String) throws(NumberError) {
        digits = try CheckedDigits.parse(text, count: 12)
    }

    private init(checked digits: String) { self.digits = digits }

    /// Eleven random digits and their check digit. Who assigns numbers must besides see that it is new.
    public static func random(using generator: inout some RandomNumberGenerator) -> IndividualNumber {
        IndividualNumber(checked: CheckedDigits.random(bodyCount: 11, using: &generator))
    }

    /// The check digit, 0 to 9, that belongs behind eleven digits. Throws `wrongLength`, `wrongCharacter`.
    public static func checkDigit(of body: String) throws(NumberError) -> Int {
        Int(CheckedDigits.checkDigit(of: try CheckedDigits.digitValues(body, count: 11)[...]))
    }

    /// The twelve ASCII digits, for a purpose that the caller writes to the audit log.
    public func disclosed(for purpose: DisclosurePurpose) -> String { digits }

    /// All but the last four digits hidden, `•••• •••• 1234`, for a page of the person concerned.
    public var masked: String { "•••• •••• \(digits.suffix(4))" }
}
