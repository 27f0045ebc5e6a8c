import Testing
import Values

@Suite("Civil dates")
struct CivilDateTests {
    @Test(
        "days that the calendar does not have are refused",
        arguments: [
            "2023-02-29", "1500-02-29", "1900-02-29", "2100-02-29", "2024-02-30", "2024-04-31", "2024-00-10",
            "2024-13-01",
            "2024-01-00",
            "2024-01-32", "0000-01-01", "2024-1-1", "24-01-01", "2024/01/01", "2024-01-01T", " 2024-01-01",
            "2024-01-0１",
            "+024-01-01", "-001-01-01", "20240101", "", "10000-01-01", "２０２４-01-01", "2024-01-01\n",
        ])
    func refused(text: String) throws {
        #expect(throws: ValueError(.notADate, "")) { try CivilDate(text) }
        #expect(try refusal([CivilDate].self, json([text])) != nil)
    }

    @Test("leap days are accepted", arguments: ["2024-02-29", "2000-02-29", "2400-02-29", "1904-02-29", "0004-02-29"])
    func leapDays(text: String) throws {
        #expect(try CivilDate(text).text == text)
    }

    @Test(
        "day numbers agree with known days",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("1873-01-01", -35_428),
            ("0001-01-01", -719_162),
            ("9999-12-31", 2_932_896),
        ])
    func dayNumbers(text: String, number: Int) throws {
        #expect(try CivilDate(text).dayNumber == number)
        #expect(try CivilDate(clampingDayNumber: number) == CivilDate(text))
    }

    @Test("arithmetic stops at the ends of the calendar instead of failing")
    func ends() throws {
        #expect(CivilDate.latest.adding(days: 1) == .latest)
        #expect(CivilDate.latest.adding(days: .max) == .latest)
        #expect(CivilDate.earliest.adding(days: .min) == .earliest)
        #expect(CivilDate.latest.text == "9999-12-31")
        #expect(CivilDate.earliest.text == "0001-01-01")
        #expect(CivilDate.latest.birthday(number: .max, after: .latest) == .latest)
        #expect(CivilDate.latest.birthday(in: .min).year == 1)
    }

    @Test(
        "the days of the week are right",
        arguments: [("2026-11-21", 6), ("1970-01-01", 4), ("1873-01-01", 3), ("0001-01-01", 1)])
    func weekdays(text: String, weekday: Int) throws {
        #expect(try CivilDate(text).weekday == weekday)
    }

    @Test(
        "compact dates have eight digits",
        arguments: ["2024229", "202402299", "20230229", "2024-2-9", "２０２４０２２９", "        "])
    func compactRefused(text: String) {
        #expect(throws: ValueError(.notADate, "")) { try CivilDate(compact: text) }
    }

    @Test("who is born on 29 February has a birthday on 28 February of a common year")
    func leapBirthday() throws {
        let birth = try CivilDate("2004-02-29")
        #expect(birth.birthday(in: 2023).text == "2023-02-28")
        #expect(birth.birthday(in: 2024).text == "2024-02-29")
        #expect(birth.birthday(in: 2100).text == "2100-02-28")
        #expect(birth.birthday(number: 1, after: try CivilDate("2023-02-28")).text == "2024-02-29")
        #expect(birth.birthday(number: 10, after: try CivilDate("2026-11-21")).text == "2036-02-29")
    }

    @Test(
        "the tenth birthday after issue is the tenth that comes, the issue day not counted",
        arguments: [
            ("1989-03-31", "2014-10-05", 10, "2024-03-31"), ("1989-03-31", "2015-03-31", 10, "2025-03-31"),
            ("1989-03-31", "2015-03-30", 10, "2024-03-31"), ("1989-03-31", "2015-04-01", 5, "2020-03-31"),
        ])
    func birthdays(birth: String, issued: String, count: Int, expected: String) throws {
        #expect(try CivilDate(birth).birthday(number: count, after: CivilDate(issued)).text == expected)
    }

    @Test(
        "age grows on the birthday, and on 1 March for who is born on 29 February",
        arguments: [
            ("2000-05-10", "2026-05-09", 25), ("2000-05-10", "2026-05-10", 26), ("2000-05-10", "1999-01-01", 0),
            ("2004-02-29", "2022-02-28", 17), ("2004-02-29", "2022-03-01", 18), ("2004-02-29", "2024-02-29", 20),
            ("2004-02-29", "2024-02-28", 19), ("2004-02-29", "2004-02-29", 0),
        ])
    func ages(birth: String, day: String, age: Int) throws {
        #expect(try CivilDate(birth).age(on: CivilDate(day)) == age)
    }

    @Test("a day in Japan runs from 15:00 of the day before in UTC")
    func dayInJapan() throws {
        let date = try CivilDate("2024-12-07")
        #expect(date.firstInstant.rfc3339 == "2024-12-06T15:00:00.000000Z")
        #expect(date.lastSecond.rfc3339 == "2024-12-07T14:59:59.000000Z")
        #expect(date.lastInstant.rfc3339 == "2024-12-07T14:59:59.999999Z")
        #expect(date.firstInstant.civilDate == date)
        #expect(date.lastInstant.civilDate == date)
        #expect((date.lastInstant + .microseconds(1)).civilDate == date.adding(days: 1))
        #expect((date.firstInstant - .microseconds(1)).civilDate == date.adding(days: -1))
    }
}

@Suite("Japanese eras")
struct JapaneseEraTests {
    @Test(
        "an era begins on its day and not the day before",
        arguments: [
            ("1912-07-30", "明治45年7月29日", "大正元年7月30日"), ("1926-12-25", "大正15年12月24日", "昭和元年12月25日"),
            ("1989-01-08", "昭和64年1月7日", "平成元年1月8日"), ("2019-05-01", "平成31年4月30日", "令和元年5月1日"),
            ("1873-01-01", "1872年12月31日", "明治6年1月1日"),
        ])
    func borders(first: String, before: String, after: String) throws {
        let date = try CivilDate(first)
        #expect(date.japanese == after)
        #expect(date.adding(days: -1).japanese == before)
        #expect(JapaneseEra(of: date) != JapaneseEra(of: date.adding(days: -1)))
    }

    @Test(
        "a day outside its era is refused",
        arguments: [
            "明治45年7月30日", "大正元年7月29日", "大正15年12月25日", "昭和元年12月24日", "昭和64年1月8日", "平成元年1月7日",
            "平成31年5月1日", "令和元年4月30日", "明治5年12月31日", "明治元年1月25日", "平成99年1月1日",
        ])
    func outside(text: String) {
        #expect(throws: ValueError(.notADate, "")) { try CivilDate(japanese: text) }
    }

    @Test(
        "texts that are no date with an era are refused",
        arguments: [
            "", "令和", "令和年1月1日", "令和0年1月1日", "令和8年2月29日", "令和8年13月1日", "令和8年11月21", "令8年11月21日",
            "8年11月21日", "令和8年11月21日日", "令和八年十一月二十一日", "令和8月11年21日", "令和元元年1月1日", "令和100年1月1日",
            "令和8年年11月21日", "2026年11月21日", "R8.11.21",
        ])
    func malformed(text: String) {
        #expect(throws: ValueError(.notADate, "")) { try CivilDate(japanese: text) }
    }

    @Test(
        "spellings that people type are read",
        arguments: [
            "令和8年11月21日", "令和８年１１月２１日", "令和 8年 11月 21日", "令和08年11月21日", "令和\u{3000}8年11月21日",
        ])
    func spellings(text: String) throws {
        #expect(try CivilDate(japanese: text).text == "2026-11-21")
    }

    @Test("the first year is read as 元年 and as 1年")
    func firstYear() throws {
        #expect(try CivilDate(japanese: "令和元年5月1日") == CivilDate(japanese: "令和1年5月1日"))
    }

    @Test("every day from 1873 to 2100 comes back from each of its forms, one day after the other")
    func everyDay() throws {
        let last = try CivilDate("2100-12-31")
        var date = try CivilDate("1873-01-01")
        var (count, years) = (0, Set<String>())
        while date <= last {
            let roundTrips =
                try CivilDate(date.text) == date && CivilDate(japanese: date.japanese) == date
                && CivilDate(compact: date.compact) == date && CivilDate(jpkiBirthDate: date.jpkiBirthDate) == date
                && CivilDate(clampingDayNumber: date.dayNumber) == date
                && CivilDate(year: date.year, month: date.month, day: date.day) == date
            #expect(roundTrips, "\(date)")
            let next = date.adding(days: 1)
            if next.dayNumber != date.dayNumber + 1 || next <= date { Issue.record("\(date) is followed by \(next)") }
            years.insert(String(date.japanese.prefix { $0 != "年" }))
            (date, count) = (next, count + 1)
        }
        #expect(count == 83_275)
        #expect(years.count == 228 + 4)  // the four years of a change count twice
    }

    @Test(
        "era codes of certificates stand before the Gregorian date",
        arguments: [
            ("1989-01-07", "319890107"), ("1989-01-08", "419890108"), ("2019-05-01", "520190501"),
            ("1912-07-29", "119120729"),
            ("1912-07-30", "219120730"), ("1850-01-01", "018500101"),
        ])
    func birthDateCodes(text: String, code: String) throws {
        #expect(try CivilDate(text).jpkiBirthDate == code)
        #expect(try CivilDate(jpkiBirthDate: code).text == text)
    }

    @Test("a birth date under another era's code is refused, under 0 it is read")
    func wrongEraCode() throws {
        #expect(throws: ValueError(.notADate, "")) { try CivilDate(jpkiBirthDate: "419890107") }
        #expect(throws: ValueError(.notADate, "")) { try CivilDate(jpkiBirthDate: "X19890107") }
        #expect(throws: ValueError(.notADate, "")) { try CivilDate(jpkiBirthDate: "19890107") }
        #expect(throws: ValueError(.notADate, "")) { try CivilDate(jpkiBirthDate: "") }
        #expect(try CivilDate(jpkiBirthDate: "019890107").text == "1989-01-07")
    }
}
