/// A date of the Gregorian calendar, without time or place; "today" is always that of Asia/Tokyo.
///
/// Years 1 to 9999. The text is `YYYY-MM-DD`.
public struct CivilDate: TextValue {
    /// The year, 1 to 9999.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, 1 to 31.
    public let day: Int

    /// The first date that can be written, 0001-01-01.
    public static let earliest = CivilDate(clampingDayNumber: .min)
    /// The last date that can be written, 9999-12-31.
    public static let latest = CivilDate(clampingDayNumber: .max)

    /// The date of a year, month and day. Throws `notADate` unless the Gregorian calendar has it.
    public init(year: Int, month: Int, day: Int) throws(ValueError) {
        guard (1...9_999).contains(year), (1...12).contains(month),
            (1...Self.days(inMonth: month, of: year)).contains(day)
        else { throw ValueError(.notADate, "the calendar has no such day") }
        self.init(trusted: (year, month, day))
    }

    /// The date of a text `YYYY-MM-DD`. Throws `notADate` for any other form.
    public init(_ text: String) throws(ValueError) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = decimal(bytes[..<4]), let month = decimal(bytes[5..<7]), let day = decimal(bytes[8...])
        else { throw ValueError(.notADate, "a date is written like 2026-11-21") }
        try self.init(year: year, month: month, day: day)
    }

    /// The date of eight digits `YYYYMMDD`, as on the chip and in certificates. Throws `notADate`.
    public init(compact: String) throws(ValueError) {
        let bytes = Array(compact.utf8)
        guard bytes.count == 8, let number = decimal(bytes) else {
            throw ValueError(.notADate, "a compact date has eight digits")
        }
        try self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    /// The date so many days after 1970-01-01, held within the years 1 to 9999.
    public init(clampingDayNumber number: Int) {
        self.init(trusted: Self.civil(ofDayNumber: min(max(number, -719_162), 2_932_896)))
    }

    private init(trusted parts: (year: Int, month: Int, day: Int)) {
        (year, month, day) = parts
    }

    /// `YYYY-MM-DD`.
    public var text: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

    /// `YYYYMMDD`, as on the chip and in certificates.
    public var compact: String { padded(year, 4) + padded(month, 2) + padded(day, 2) }
}

extension CivilDate: Comparable {
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

// MARK: - Days

extension CivilDate {
    /// Days since 1970-01-01, negative before.
    public var dayNumber: Int {
        let shifted = month > 2 ? year : year - 1
        let era = shifted.flooredQuotient(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The date so many days later (earlier when negative), held within the years 1 to 9999.
    public func adding(days: Int) -> CivilDate {
        let (sum, overflow) = dayNumber.addingReportingOverflow(days)
        return CivilDate(clampingDayNumber: overflow ? (days < 0 ? .min : .max) : sum)
    }

    /// Days from another date to this one; negative when this one is earlier.
    public func days(since other: CivilDate) -> Int { dayNumber - other.dayNumber }

    /// The day of the week, 0 for Sunday to 6 for Saturday.
    public var weekday: Int {
        let shifted = dayNumber + 4
        return shifted - shifted.flooredQuotient(by: 7) * 7
    }

    /// Whether the Gregorian calendar gives the year a 29 February.
    public static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Years are counted from 1 March in cycles of 400 (146,097 days), so that the leap day comes last.
    private static func civil(ofDayNumber number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = shifted.flooredQuotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

// MARK: - Birthdays

extension CivilDate {
    /// The birthday in a year of who was born on this date: 28 February stands for 29 February in a common year.
    /// Held within the years 1 to 9999.
    public func birthday(in year: Int) -> CivilDate {
        let held = min(max(year, 1), 9_999)
        return CivilDate(trusted: (held, month, min(day, Self.days(inMonth: month, of: held))))
    }

    /// The n-th birthday strictly after a date, for validity "until the tenth birthday after issue".
    /// `count` below 1 means 1.
    public func birthday(number count: Int, after date: CivilDate) -> CivilDate {
        let first = birthday(in: date.year) > date ? date.year : date.year + 1
        return birthday(in: min(first + min(max(count, 1), 9_999) - 1, 9_999))
    }

    /// Completed years of age on a date of who was born on this date; zero before birth.
    ///
    /// Who was born on 29 February completes the year at the end of 28 February, so is a year older on 1 March of a
    /// common year. Source: 年齢計算ニ関スル法律; 民法 art. 143(2).
    public func age(on date: CivilDate) -> Int {
        let passed = (date.month, date.day) >= (month, day)
        return max(0, date.year - year - (passed ? 0 : 1))
    }
}

// MARK: - The day in Japan

extension CivilDate {
    /// The first instant of the day in Japan, 00:00:00.000000.
    public var firstInstant: Instant {
        Instant(unixSeconds: Int64(dayNumber) * 86_400 - Instant.japanOffsetSeconds)
    }

    /// The last instant of the day in Japan, 23:59:59.999999.
    public var lastInstant: Instant { firstInstant + .seconds(86_400) - .microseconds(1) }

    /// The last whole second of the day in Japan, 23:59:59: the end of validity of cards and certificates.
    public var lastSecond: Instant { firstInstant + .seconds(86_399) }
}
