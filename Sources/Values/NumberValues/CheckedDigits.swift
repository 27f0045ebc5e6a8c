import Values

/// Digits whose last one checks the others by the modulus 11 of the Individual Number.
///
/// P(n) is the n-th digit of the body counted from the right, Q(n) is n + 1 up to n = 6 and n - 5 from n = 7 on.
/// With r the remainder of ΣP(n)·Q(n) by 11, the check digit is 0 for r ≤ 1 and 11 - r otherwise.
/// Source: 平成26年総務省令第85号 art. 5.
enum CheckedDigits {
    /// The ASCII digits of a text as typed, once length and check digit are right.
    static func parse(_ text: String, count: Int) throws(NumberError) -> String {
        let digits = try digitValues(text, count: count)
        guard digits.last == checkDigit(of: digits.dropLast()) else {
            throw NumberError(.wrongCheckDigit, "the check digit is wrong")
        }
        return TextNormalization.text(ofDigits: digits)
    }

    /// Digits as typed, each 0 to 9.
    static func digitValues(_ text: String, count: Int) throws(NumberError) -> [UInt8] {
        do {
            return try TextNormalization.digitValues(text, count: count)
        } catch {
            throw NumberError(error.code == .wrongLength ? .wrongLength : .wrongCharacter, error.reason)
        }
    }

    /// Random digits and the check digit behind them.
    static func random(bodyCount: Int, using generator: inout some RandomNumberGenerator) -> String {
        let body = (0..<bodyCount).map { _ in UInt8.random(in: 0...9, using: &generator) }
        return TextNormalization.text(ofDigits: body + [checkDigit(of: body[...])])
    }

    /// The digit that belongs behind a body of digits.
    static func checkDigit(of body: ArraySlice<UInt8>) -> UInt8 {
        let sum = body.reversed().enumerated().reduce(0) { $0 + Int($1.element) * ($1.offset % 6 + 2) }
        let remainder = sum % 11
        return remainder <= 1 ? 0 : UInt8(11 - remainder)
    }
}
