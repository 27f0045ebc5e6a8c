public import Values

/// 住民票コード: the 11-digit code of a resident's record, random but for its check digit.
///
/// It shows itself to nobody, is not `Codable`, and leaves this type through `disclosed(for:)` only.
/// Source: 住民基本台帳法 art. 7(13), 30-3. The check digit is set by a notice that is not published; the modulus 11
/// of the Individual Number over ten digits is assumed, which the one public example pair satisfies.
public struct ResidentCode: Hashable, Sendable, Redacting {
    private let digits: String

    /// The code of eleven digits as typed: either width, spaces and hyphens allowed.
    /// Throws `wrongLength`, `wrongCharacter`, `wrongCheckDigit`.
    public init(_ text: String) throws(NumberError) {
        digits = try CheckedDigits.parse(text, count: 11)
    }

    private init(checked digits: String) { self.digits = digits }

    /// Ten random digits and their check digit. Who assigns codes must besides see that it is new.
    public static func random(using generator: inout some RandomNumberGenerator) -> ResidentCode {
        ResidentCode(checked: CheckedDigits.random(bodyCount: 10, using: &generator))
    }

    /// The check digit, 0 to 9, that belongs behind ten digits. Throws `wrongLength`, `wrongCharacter`.
    public static func checkDigit(of body: String) throws(NumberError) -> Int {
        Int(CheckedDigits.checkDigit(of: try CheckedDigits.digitValues(body, count: 10)[...]))
    }

    /// The eleven ASCII digits, for a purpose that the caller writes to the audit log.
    public func disclosed(for purpose: DisclosurePurpose) -> String { digits }
}
