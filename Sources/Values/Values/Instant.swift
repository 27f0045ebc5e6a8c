/// A point in time: microseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Always within the years 1 to 9999 of the Gregorian calendar; what would lie outside becomes the nearest end.
/// The text is RFC 3339 in UTC with six decimals, `2026-11-21T09:05:33.000000Z`.
public struct Instant: TextValue {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    /// The start of the year 1, the earliest instant.
    public static let earliest = Instant(microseconds: .min)

    /// The last microsecond of the year 9999, the latest instant.
    public static let latest = Instant(microseconds: .max)

    private static let range: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_799_999_999

    /// The instant so many microseconds after 1970, brought into the years 1 to 9999.
    public init(microseconds: Int64) {
        self.microseconds = min(max(microseconds, Self.range.lowerBound), Self.range.upperBound)
    }

    /// The instant so many seconds after 1970 (as in the `exp` of a JWT), brought into the years 1 to 9999.
    public init(unixSeconds: Int64) {
        let (product, overflow) = unixSeconds.multipliedReportingOverflow(by: 1_000_000)
        self.init(microseconds: overflow ? (unixSeconds < 0 ? .min : .max) : product)
    }

    /// The instant of an RFC 3339 text in UTC: `T` and `Z` in upper case, at most six decimals, no leap second.
    /// Throws `notAnInstant`.
    public init(_ text: String) throws(ValueError) {
        guard let instant = Self.parse(Array(text.utf8)) else {
            throw ValueError(.notAnInstant, "a time is written like 2026-11-21T09:05:33.000000Z")
        }
        self = instant
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded towards the past.
    public var unixSeconds: Int64 { microseconds.flooredQuotient(by: 1_000_000) }

    /// The RFC 3339 text in UTC with six decimals.
    public var rfc3339: String {
        let parts = clockParts(offsetSeconds: 0)
        return "\(parts.date.text)T\(parts.time).\(padded(parts.microsecond, 6))Z"
    }

    /// The same as `rfc3339`.
    public var text: String { rfc3339 }

    /// 日本標準時: date and time in Japan for pages, `2026-11-21 18:05:33`; microseconds are dropped.
    public var japanStandardTime: String {
        let parts = clockParts(offsetSeconds: Self.japanOffsetSeconds)
        return "\(parts.date.text) \(parts.time)"
    }

    /// The date in Japan (Asia/Tokyo) at this instant.
    public var civilDate: CivilDate { clockParts(offsetSeconds: Self.japanOffsetSeconds).date }

    /// Japan Standard Time is nine hours ahead of UTC all year. The summer times of 1948 to 1951 are not applied.
    static let japanOffsetSeconds: Int64 = 32_400
}

// MARK: - Arithmetic

extension Instant: Comparable {
    public static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }

    /// The instant later by a duration; what is smaller than a microsecond is dropped.
    public static func + (instant: Instant, duration: Duration) -> Instant {
        let (sum, overflow) = instant.microseconds.addingReportingOverflow(duration.wholeMicroseconds)
        return Instant(microseconds: overflow ? (duration < .zero ? .min : .max) : sum)
    }

    /// The instant earlier by a duration; what is smaller than a microsecond is dropped.
    public static func - (instant: Instant, duration: Duration) -> Instant {
        let (sum, overflow) = instant.microseconds.subtractingReportingOverflow(duration.wholeMicroseconds)
        return Instant(microseconds: overflow ? (duration < .zero ? .max : .min) : sum)
    }

    /// The time from the second instant to the first; negative when the first is earlier.
    public static func - (later: Instant, earlier: Instant) -> Duration {
        .microseconds(later.microseconds - earlier.microseconds)
    }

    /// Moves the instant later by a duration.
    public static func += (instant: inout Instant, duration: Duration) { instant = instant + duration }

    /// Moves the instant earlier by a duration.
    public static func -= (instant: inout Instant, duration: Duration) { instant = instant - duration }
}

extension Duration {
    /// Whole microseconds, rounded towards zero, held at the ends of `Int64`.
    fileprivate var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, beyond) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        return beyond ? (seconds < 0 ? .min : .max) : sum
    }
}

// MARK: - Text

extension Instant {
    private func clockParts(offsetSeconds: Int64) -> (date: CivilDate, time: String, microsecond: Int) {
        let seconds = unixSeconds + offsetSeconds
        let day = seconds.flooredQuotient(by: 86_400)
        let second = Int(seconds - day * 86_400)
        let time = "\(padded(second / 3_600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        let microsecond = Int(microseconds - unixSeconds * 1_000_000)
        return (CivilDate(clampingDayNumber: Int(day)), time, microsecond)
    }

    private static func parse(_ bytes: [UInt8]) -> Instant? {
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let date = try? CivilDate(String(decoding: bytes[..<10], as: UTF8.self)),
            let hour = decimal(bytes[11..<13]), hour < 24,
            let minute = decimal(bytes[14..<16]), minute < 60,
            let second = decimal(bytes[17..<19]), second < 60,
            let fraction = fraction(bytes[19..<(bytes.count - 1)])
        else { return nil }
        let seconds = date.dayNumber * 86_400 + hour * 3_600 + minute * 60 + second
        return Instant(microseconds: Int64(seconds) * 1_000_000 + Int64(fraction))
    }

    /// Microseconds of nothing or of a point and one to six digits.
    private static func fraction(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let point = bytes.first else { return 0 }
        let digits = bytes.dropFirst()
        guard point == UInt8(ascii: "."), (1...6).contains(digits.count) else { return nil }
        return decimal(digits).map { value in (digits.count..<6).reduce(value) { scaled, _ in scaled * 10 } }
    }
}
