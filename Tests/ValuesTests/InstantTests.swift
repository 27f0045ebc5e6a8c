import Foundation
import Testing
import Values

@Suite("Instants")
struct InstantTests {
    @Test(
        "RFC 3339 in UTC is read and written with six decimals",
        arguments: [
            ("2026-11-21T09:05:33Z", "2026-11-21T09:05:33.000000Z"),
            ("2026-11-21T09:05:33.5Z", "2026-11-21T09:05:33.500000Z"),
            ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"),
            ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
        ])
    func read(text: String, written: String) throws {
        let instant = try Instant(text)
        #expect(instant.rfc3339 == written)
        #expect(try json([instant]) == "[\"\(written)\"]")
        #expect(try decoded([Instant].self, json([instant])) == [instant])
    }

    @Test(
        "any other form is refused",
        arguments: [
            "", "2026-11-21", "2026-11-21T09:05:33", "2026-11-21t09:05:33z", "2026-11-21 09:05:33Z",
            "2026-11-21T09:05Z",
            "2026-11-21T24:00:00Z", "2026-11-21T09:60:00Z", "2016-12-31T23:59:60Z", "2026-02-29T00:00:00Z",
            "2026-11-21T09:05:33.Z", "2026-11-21T09:05:33.1234567Z", "2026-11-21T09:05:33,5Z",
            "2026-11-21T09:05:33+09:00",
            "2026-11-21T09:05:33.-5Z", "2026-11-21T9:05:33.00Z", "2026-11-21T09:05:33Z ", "1795251933",
            "20261121T090533.0000Z",
            "2026-11-21T09：05：33Z",
        ])
    func refused(text: String) throws {
        #expect(throws: ValueError(.notAnInstant, "")) { try Instant(text) }
        #expect(try refusal([Instant].self, json([text])) != nil)
    }

    @Test(
        "microseconds and civil time agree, before 1970 too",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
            (1_795_251_933_000_001, "2026-11-21T09:05:33.000001Z"),
            (-62_135_596_800_000_000, "0001-01-01T00:00:00.000000Z"),
        ] as [(Int64, String)])
    func microseconds(count: Int64, text: String) throws {
        #expect(Instant(microseconds: count).rfc3339 == text)
        #expect(try Instant(text).microseconds == count)
    }

    @Test("random instants come back from their text")
    func randomRoundTrip() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let range = Instant.earliest.microseconds...Instant.latest.microseconds
            let instant = Instant(microseconds: .random(in: range, using: &generator))
            #expect(try Instant(instant.text) == instant, "seed \(seed)")
        }
    }

    @Test("what lies beyond the years 1 to 9999 becomes the nearest end")
    func ends() {
        #expect(Instant(microseconds: .max).text == "9999-12-31T23:59:59.999999Z")
        #expect(Instant(microseconds: .min).text == "0001-01-01T00:00:00.000000Z")
        #expect(Instant(unixSeconds: .max) == .latest)
        #expect(Instant(unixSeconds: .min) == .earliest)
        #expect(Instant.latest + .seconds(Int64.max) == .latest)
        #expect(Instant.latest - .seconds(Int64.min) == .latest)
        #expect(Instant.earliest - .seconds(Int64.max) == .earliest)
        #expect(Instant.earliest + .seconds(Int64.min) == .earliest)
        #expect(Instant.latest - Instant.earliest == .seconds(9_999 * 365 * 86_400 + 2_424 * 86_400) - .microseconds(1))
        #expect(Instant.latest.civilDate == .latest)
    }

    @Test("durations add and subtract")
    func arithmetic() throws {
        let start = try Instant("2026-11-21T09:05:33Z")
        #expect((start + .seconds(60)) - start == .seconds(60))
        #expect(start - (start + .microseconds(1)) == .microseconds(-1))
        #expect(start + .nanoseconds(1_999) == start + .microseconds(1))
        #expect(start < start + .microseconds(1))
        #expect(Instant(unixSeconds: start.unixSeconds) == start)
        #expect(Instant(microseconds: -1).unixSeconds == -1)
    }

    @Test("pages show Japan's time, nine hours ahead, and its date")
    func japan() throws {
        let instant = try Instant("2026-11-21T15:00:00.999999Z")
        #expect(instant.japanStandardTime == "2026-11-22 00:00:00")
        #expect(instant.civilDate.text == "2026-11-22")
        #expect(try Instant("2026-11-21T09:05:33Z").japanStandardTime == "2026-11-21 18:05:33")
    }

    @Test("a fixed clock stands still, the wall clock is the system's")
    func clocks() {
        let fixed = FixedClock(Instant(microseconds: 5))
        #expect(fixed.now() == fixed.now())
        let (before, now) = (Date().timeIntervalSince1970, WallClock().now())
        #expect(abs(Double(now.microseconds) / 1e6 - before) < 5)
    }
}
