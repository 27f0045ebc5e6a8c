/// 性別, coded as on the chip and in certificates.
///
/// Sources: JIS X 0303 (0, 1, 2, 9); the chip's four items and the certificate's third name (1, 2, others rare).
public enum Sex: String, TextValue, CaseIterable {
    /// 不明: not known.
    case unknown = "0"
    /// 男.
    case male = "1"
    /// 女.
    case female = "2"
    /// 適用不能: not applicable.
    case notApplicable = "9"

    /// The sex of a code of one digit. `3`, which some certificates carry for "not known", is read as `unknown`.
    /// Throws `unknownCode`.
    public init(_ text: String) throws(ValueError) {
        guard let sex = Sex(rawValue: text == "3" ? "0" : text) else {
            throw ValueError(.unknownCode, "the code of a sex is 0, 1, 2, 3 or 9")
        }
        self = sex
    }

    // Written out, because an enumeration with raw values would otherwise get an object per case.
    public init(from decoder: any Decoder) throws { self = try Self.decoded(by: decoder) }
    public func encode(to encoder: any Encoder) throws { try encodeText(to: encoder) }

    /// The code of one digit.
    public var text: String { rawValue }

    /// The word on Japanese pages and papers; "－" for the two that have none.
    public var japanese: String {
        switch self {
        case .male: "男"
        case .female: "女"
        case .unknown, .notApplicable: "－"
        }
    }
}
