package import Foundation
package import SwiftASN1

/// Writes DER elements as byte arrays: small functions that nest as the ASN.1 does (X.690).
package enum DEREncoding {
    /// One element: identifier octet, definite length, contents.
    package static func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        [tag] + length(contents.count) + contents
    }

    /// SEQUENCE of the given elements.
    package static func sequence(_ elements: [UInt8]...) -> [UInt8] { element(0x30, elements.flatMap { $0 }) }

    /// SEQUENCE OF the given elements.
    package static func sequence(of elements: [[UInt8]]) -> [UInt8] { element(0x30, elements.flatMap { $0 }) }

    /// SET of one element.
    package static func set(_ contents: [UInt8]) -> [UInt8] { element(0x31, contents) }

    /// Constructed context-specific element `[number]`.
    package static func tagged(_ number: UInt8, _ contents: [UInt8]...) -> [UInt8] {
        element(0xA0 | number, contents.flatMap { $0 })
    }

    /// Primitive context-specific element `[number] IMPLICIT`.
    package static func implicit(_ number: UInt8, _ contents: [UInt8]) -> [UInt8] { element(0x80 | number, contents) }

    /// INTEGER with the given big-endian magnitude (not negative).
    package static func integer(_ magnitude: [UInt8]) -> [UInt8] {
        let digits = Array(magnitude.drop { $0 == 0 })
        guard let first = digits.first else { return element(0x02, [0]) }
        return element(0x02, first < 0x80 ? digits : [0] + digits)
    }

    /// INTEGER with a small value.
    package static func integer(_ value: UInt64) -> [UInt8] { integer(bigEndian(value)) }

    /// ENUMERATED with a small value.
    package static func enumerated(_ value: UInt8) -> [UInt8] { element(0x0A, [value]) }

    /// BOOLEAN TRUE.
    package static let yes = element(0x01, [0xFF])

    /// NULL.
    package static let null = element(0x05, [])

    /// OCTET STRING.
    package static func octets(_ bytes: [UInt8]) -> [UInt8] { element(0x04, bytes) }

    /// BIT STRING whose bits fill whole octets.
    package static func bits(_ bytes: [UInt8]) -> [UInt8] { element(0x03, [0] + bytes) }

    /// UTF8String.
    package static func utf8(_ text: String) -> [UInt8] { element(0x0C, Array(text.utf8)) }

    /// OBJECT IDENTIFIER.
    package static func identifier(_ oid: ASN1ObjectIdentifier) throws(PKIError) -> [UInt8] {
        try reading("an object identifier cannot be encoded") {
            var serializer = DER.Serializer()
            try serializer.serialize(oid)
            return serializer.serializedBytes
        }
    }

    /// OBJECT IDENTIFIER from its dotted text, which comes from configuration.
    package static func identifier(dotted: String) throws(PKIError) -> [UInt8] {
        try identifier(reading("not an object identifier") { try ASN1ObjectIdentifier(dotRepresentation: dotted) })
    }

    /// The Time of RFC 5280 §4.1.2.5: UTCTime before 2050, GeneralizedTime from then on; whole seconds.
    package static func time(_ date: Date) throws(PKIError) -> [UInt8] {
        let year = try CivilSeconds(date).year
        return (1950..<2050).contains(year)
            ? element(0x17, Array(try CivilSeconds(date).digits.dropFirst(2).utf8)) : try generalizedTime(date)
    }

    /// GeneralizedTime in UTC, whole seconds (RFC 6960 §4.2.2.1).
    package static func generalizedTime(_ date: Date) throws(PKIError) -> [UInt8] {
        element(0x18, Array(try CivilSeconds(date).digits.utf8))
    }

    /// The 8 octets of a number, most significant first.
    package static func bigEndian(_ value: UInt64) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }

    private static func length(_ count: Int) -> [UInt8] {
        guard count >= 0x80 else { return [UInt8(count)] }
        let digits = Array(bigEndian(UInt64(count)).drop { $0 == 0 })
        return [0x80 | UInt8(digits.count)] + digits
    }
}

/// A moment cut into the digits of ASN.1 time (proleptic Gregorian calendar, UTC).
struct CivilSeconds {
    let year: Int
    let digits: String

    /// Throws `invalidTime` outside the years 1950 to 9999.
    init(_ date: Date) throws(PKIError) {
        let seconds = date.timeIntervalSince1970.rounded(.down)
        guard seconds >= -631_152_000, seconds < 253_402_300_800 else {
            throw PKIError(.invalidTime, "outside 1950 to 9999")
        }
        let total = Int(seconds)
        let days = Int((seconds / 86400).rounded(.down))
        let clock = total - days * 86400
        let (year, month, day) = Self.civil(days: days)
        self.year = year
        digits =
            Self.pad(year, 4) + Self.pad(month, 2) + Self.pad(day, 2)
            + Self.pad(clock / 3600, 2) + Self.pad(clock / 60 % 60, 2) + Self.pad(clock % 60, 2) + "Z"
    }

    /// Seconds since 1970-01-01T00:00:00Z of a civil time.
    static func epoch(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) -> Int {
        // Years begin in March, so that the leap day is the last; 400 years have 146,097 days.
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
        return days * 86400 + hour * 3600 + minute * 60 + second
    }

    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let count = days + 719_468
        let era = count / 146_097
        let dayOfEra = count - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func pad(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
