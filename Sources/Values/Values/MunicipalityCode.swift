/// 全国地方公共団体コード: the code of a municipality or prefecture, six digits of which the last is a check digit.
///
/// Two digits prefecture (JIS X 0401: 01 to 47; 99 for fictional ones), three digits municipality (JIS X 0402).
/// S is the sum of the five digits times 6, 5, 4, 3, 2. The check digit is 11 - S for S below 11, and otherwise the
/// last digit of 11 - (S mod 11).
public struct MunicipalityCode: TextValue {
    private let number: UInt32

    /// The code of six digits as typed. Throws `wrongLength`, `wrongCharacter`, `wrongCheckDigit`, `unknownCode`.
    public init(_ text: String) throws(ValueError) {
        let digits = try TextNormalization.digitValues(text, count: 6)
        try self.init(body: digits.dropLast(), check: digits[5])
    }

    /// The code of five digits without their check digit, which is computed. Throws as `init(_:)` does.
    public init(fiveDigits text: String) throws(ValueError) {
        let digits = try TextNormalization.digitValues(text, count: 5)
        try self.init(body: digits[...], check: Self.checkDigit(of: digits[...]))
    }

    private init(body: ArraySlice<UInt8>, check: UInt8) throws(ValueError) {
        guard check == Self.checkDigit(of: body) else {
            throw ValueError(.wrongCheckDigit, "the check digit of the municipality code is wrong")
        }
        number = body.reduce(0) { $0 * 10 + UInt32($1) } * 10 + UInt32(check)
        guard (1...47).contains(number / 10_000) || number / 10_000 == 99 else {
            throw ValueError(.unknownCode, "there is no such prefecture")
        }
    }

    /// Six digits.
    public var text: String { padded(Int(number), 6) }

    /// Five digits, without the check digit (as in the subject of an authentication certificate).
    public var fiveDigits: String { String(text.dropLast()) }

    /// Two digits of the prefecture, `01` to `47`, or `99` for a fictional one.
    public var prefecture: String { String(text.prefix(2)) }

    private static func checkDigit(of body: ArraySlice<UInt8>) -> UInt8 {
        let sum = zip(body, [6, 5, 4, 3, 2]).reduce(0) { $0 + Int($1.0) * $1.1 }
        return UInt8((11 - (sum < 11 ? sum : sum % 11)) % 10)
    }
}

extension MunicipalityCode: Comparable {
    public static func < (left: MunicipalityCode, right: MunicipalityCode) -> Bool { left.number < right.number }
}
