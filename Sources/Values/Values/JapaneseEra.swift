/// 元号: the five eras since Japan counts by the Gregorian calendar.
///
/// Raw values are the era codes before a birth date in a JPKI certificate (E of `EYYYYMMDD`, the otherName
/// 1.2.392.200149.8.5.5.4).
/// Source of the borders: the edicts and cabinet orders of each change (大正 1912, 昭和 1926, 平成 政令第1号 of 1989,
/// 令和 政令第143号 of 2019).
public enum JapaneseEra: Int, Hashable, Sendable, CaseIterable, Codable {
    /// 明治, here from 1873-01-01 (明治6年1月1日), when the Gregorian calendar began.
    case meiji = 1
    /// 大正, from 1912-07-30.
    case taisho = 2
    /// 昭和, from 1926-12-25.
    case showa = 3
    /// 平成, from 1989-01-08.
    case heisei = 4
    /// 令和, from 2019-05-01.
    case reiwa = 5

    /// The era of a date; nil before 1873-01-01.
    public init?(of date: CivilDate) {
        guard let era = Self.allCases.last(where: { $0.start <= (date.year, date.month, date.day) }) else { return nil }
        self = era
    }

    /// The name, as in 令和8年.
    public var name: String {
        switch self {
        case .meiji: "明治"
        case .taisho: "大正"
        case .showa: "昭和"
        case .heisei: "平成"
        case .reiwa: "令和"
        }
    }

    /// The name in Latin letters.
    public var latinName: String {
        switch self {
        case .meiji: "Meiji"
        case .taisho: "Taisho"
        case .showa: "Showa"
        case .heisei: "Heisei"
        case .reiwa: "Reiwa"
        }
    }

    /// The Gregorian year that is the era's year 1 (元年).
    public var firstYear: Int {
        switch self {
        case .meiji: 1868
        case .taisho: 1912
        case .showa: 1926
        case .heisei: 1989
        case .reiwa: 2019
        }
    }

    private var start: (Int, Int, Int) {
        switch self {
        case .meiji: (1873, 1, 1)
        case .taisho: (1912, 7, 30)
        case .showa: (1926, 12, 25)
        case .heisei: (1989, 1, 8)
        case .reiwa: (2019, 5, 1)
        }
    }
}

// MARK: - 和暦

extension CivilDate {
    /// 和暦: the date with its era, `令和8年11月21日`; the first year is 元年. Before 1873 the Gregorian year, `1872年12月31日`.
    public var japanese: String {
        guard let era = JapaneseEra(of: self) else { return "\(year)年\(month)月\(day)日" }
        let number = year - era.firstYear + 1
        return "\(era.name)\(number == 1 ? "元" : String(number))年\(month)月\(day)日"
    }

    /// The date of a text with its era: `令和8年11月21日`, with 元年 or 1年, digits of either width, spaces allowed.
    /// Throws `notADate` for a day that does not lie in the named era, however near.
    public init(japanese text: String) throws(ValueError) {
        let written = TextNormalization.digits(text)
        guard let era = JapaneseEra.allCases.first(where: { written.hasPrefix($0.name) }),
            let parts = Self.numbers(ofJapanese: written.dropFirst(era.name.count))
        else { throw ValueError(.notADate, "a date with its era is written like 令和8年11月21日") }
        try self.init(year: era.firstYear + parts.year - 1, month: parts.month, day: parts.day)
        guard JapaneseEra(of: self) == era else { throw ValueError(.notADate, "the era does not have that day") }
    }

    /// 生年月日 as in a JPKI certificate: the era code, then the Gregorian date, `EYYYYMMDD`; 0 where no era is known.
    public var jpkiBirthDate: String { "\(JapaneseEra(of: self)?.rawValue ?? 0)\(compact)" }

    /// The date of `EYYYYMMDD`. Throws `notADate` when the era code is another than the date's own or 0.
    public init(jpkiBirthDate text: String) throws(ValueError) {
        try self.init(compact: String(text.dropFirst()))
        guard let code = text.first, code == "0" || code == jpkiBirthDate.first else {
            throw ValueError(.notADate, "the era code does not belong to the date")
        }
    }

    private static func numbers(ofJapanese text: Substring) -> (year: Int, month: Int, day: Int)? {
        guard text.last == "日" else { return nil }
        let parts = text.dropLast().split(separator: "年", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let monthAndDay = parts[1].split(separator: "月", omittingEmptySubsequences: false)
        guard monthAndDay.count == 2, let year = parts[0] == "元" ? 1 : short(parts[0]), year > 0,
            let month = short(monthAndDay[0]), let day = short(monthAndDay[1])
        else { return nil }
        return (year, month, day)
    }

    private static func short(_ digits: Substring) -> Int? {
        digits.utf8.count <= 2 ? decimal(digits.utf8) : nil
    }
}
