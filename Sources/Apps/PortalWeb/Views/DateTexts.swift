import Contracts
import Values
import Web

/// Dates and times for pages, in Japan's time.
enum DateTexts {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    static func day(_ date: CivilDate) -> Text {
        Text(
            ja: "\(date.year)年\(date.month)月\(date.day)日", en: "\(date.day) \(months[date.month - 1]) \(date.year)")
    }

    /// The time of day, `18:05`.
    static func time(_ instant: Instant) -> String { String(instant.japanStandardTime.dropFirst(11).prefix(5)) }

    static func moment(_ instant: Instant) -> Text {
        day(instant.civilDate) + Text(ja: " \(time(instant))", en: ", \(time(instant))")
    }

    /// A moment as machines and people read it.
    static func element(_ instant: Instant) -> HTML {
        el(.time, .datetime(instant.rfc3339)) { moment(instant) }
    }

    /// The same to the second.
    static func preciseElement(_ instant: Instant) -> HTML {
        let seconds = String(instant.japanStandardTime.suffix(3))
        return el(.time, .datetime(instant.rfc3339)) { moment(instant) + Text(same: seconds) }
    }

    static func loggedInUntil(_ end: Instant) -> Text {
        Text(ja: "ログイン中（\(time(end))まで）", en: "Logged in until \(time(end))")
    }

    static func period(_ period: InformationPeriod) -> Text {
        guard case .fiscalYear(let year) = period else { return Text(ja: "すべての年度", en: "All fiscal years") }
        guard let start = try? CivilDate(year: year, month: 4, day: 1), let era = JapaneseEra(of: start) else {
            return Text(ja: "\(year)年度", en: "Fiscal year \(year)")
        }
        let number = year - era.firstYear + 1
        return Text(
            ja: "\(era.name)\(number == 1 ? "元" : String(number))年度（\(year)年度）",
            en: "Fiscal year \(year) (\(era.latinName) \(number))")
    }

    /// The fiscal year from 1 April in which a day lies.
    static func fiscalYear(of day: CivilDate) -> Int { day.month >= 4 ? day.year : day.year - 1 }
}
