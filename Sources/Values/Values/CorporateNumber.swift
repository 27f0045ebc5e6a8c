/// 法人番号: the public number of a corporation, thirteen digits of which the first is a check digit.
///
/// The check digit is 9 - (S mod 9), where S adds the twelve digits after it times 2, 1, 2, 1 … from the left.
/// Source: 法人番号の指定等に関する省令 art. 2.
public struct CorporateNumber: TextValue {
    private let number: UInt64

    /// The number of thirteen digits as typed. Throws `wrongLength`, `wrongCharacter`, `wrongCheckDigit`.
    public init(_ text: String) throws(ValueError) {
        let digits = try TextNormalization.digitValues(text, count: 13)
        guard digits[0] == Self.checkDigit(of: digits.dropFirst()) else {
            throw ValueError(.wrongCheckDigit, "the check digit of the corporate number is wrong")
        }
        number = digits.reduce(0) { $0 * 10 + UInt64($1) }
    }

    /// Thirteen digits; the first is never zero.
    public var text: String { String(number) }

    private static func checkDigit(of body: ArraySlice<UInt8>) -> UInt8 {
        let sum = body.enumerated().reduce(0) { $0 + Int($1.element) * ($1.offset.isMultiple(of: 2) ? 2 : 1) }
        return UInt8(9 - sum % 9)
    }
}
