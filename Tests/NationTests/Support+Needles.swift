import Crypto
import Foundation
import Values

/// What of a person may not lie where it does not belong.
enum NeedleKind: String, Sendable, CaseIterable {
    case number, residentCode, name, address, birthDate
}

/// A person's values as they are looked for.
struct NeedlePerson: Sendable {
    let slug: String
    let municipality: MunicipalityCode
    let number: String
    let residentCode: String
    let names: [String]
    /// Family and given name and their readings alone, of two characters or more.
    let nameParts: [String]
    let addresses: [String]
    let birthDates: [String]
}

/// One form of one value of one person.
struct Needle: Sendable {
    let kind: NeedleKind
    let person: String
    let encoding: String
    let bytes: [UInt8]
}

extension NeedlePerson {
    var needles: [Needle] {
        func make(_ kind: NeedleKind, _ forms: [(String, [UInt8])]) -> [Needle] {
            forms.map { Needle(kind: kind, person: slug, encoding: $0.0, bytes: $0.1) }
        }
        let all =
            make(.number, Forms.digits(number) + Forms.digests(of: number))
            + make(.residentCode, Forms.digits(residentCode) + Forms.digests(of: residentCode))
            + names.flatMap { make(.name, Forms.text($0)) } + nameParts.flatMap { make(.name, Forms.part($0)) }
            + addresses.flatMap { make(.address, Forms.text($0)) }
            + birthDates.flatMap { make(.birthDate, Forms.text($0)) }
        return all.filter { $0.bytes.count >= 6 }
    }
}

/// The forms in which a text can hide.
enum Forms {
    static func text(_ text: String) -> [(String, [UInt8])] {
        let utf8 = Array(text.utf8)
        return part(text) + [
            ("utf-16le", Array(text.utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
            ("utf-16be", Array(text.utf16).flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }),
        ] + hex(utf8) + base64(utf8)
    }

    /// The forms that are long enough also for a text of two characters.
    static func part(_ text: String) -> [(String, [UInt8])] {
        let utf8 = Array(text.utf8)
        guard utf8.contains(where: { $0 >= 0x80 }) else { return [("utf-8", utf8)] }
        let units = Array(text.utf16)
        let percent = utf8.map { "%" + [$0].hex }.joined()
        return [
            ("utf-8", utf8),
            ("json-escaped", Array(units.map { "\\u" + padded($0) }.joined().utf8)),
            ("json-escaped upper", Array(units.map { "\\u" + padded($0).uppercased() }.joined().utf8)),
            ("percent-encoded", Array(percent.uppercased().utf8)), ("percent-encoded lower", Array(percent.utf8)),
        ]
    }

    static func digits(_ digits: String) -> [(String, [UInt8])] {
        let wide = String(
            String.UnicodeScalarView(digits.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }))
        let value = UInt64(digits) ?? 0
        let bigEndian = withUnsafeBytes(of: value.bigEndian) { Array($0) }
        let packed = (try? [UInt8](hex: digits.count % 2 == 0 ? digits : "0" + digits)) ?? []
        return text(digits) + text(wide).map { ("full-width " + $0.0, $0.1) } + [
            ("grouped", Array(grouped(digits, " ").utf8)), ("grouped by hyphens", Array(grouped(digits, "-").utf8)),
            ("integer", Array(bigEndian.suffix(6))), ("integer little-endian", bigEndian.reversed()),
            ("packed", packed),
        ]
    }

    static func digests(of digits: String) -> [(String, [UInt8])] {
        let data = Data(digits.utf8)
        let digests: [(String, [UInt8])] = [
            ("sha-256", Array(SHA256.hash(data: data))), ("sha-1", Array(Insecure.SHA1.hash(data: data))),
            ("md5", Array(Insecure.MD5.hash(data: data))), ("sha-512", Array(SHA512.hash(data: data))),
        ]
        return digests.flatMap { name, bytes in
            [(name, bytes)] + (hex(bytes) + base64(bytes)).map { (name + " " + $0.0, $0.1) }
        }
    }

    static func hex(_ bytes: [UInt8]) -> [(String, [UInt8])] {
        [("hex", Array(bytes.hex.utf8)), ("hex upper", Array(bytes.hex.uppercased().utf8))]
    }

    /// The characters that are certain whatever stands around the bytes, for each place in a group of three.
    static func base64(_ bytes: [UInt8]) -> [(String, [UInt8])] {
        (0..<3).flatMap { offset in
            let whole = Data([UInt8](repeating: 0, count: offset) + bytes).base64EncodedString()
            let certain = (offset + bytes.count) * 8 / 6
            let text = String(whole.prefix(certain).dropFirst([0, 2, 3][offset]))
            let url = text.replacing("+", with: "-").replacing("/", with: "_")
            guard text.utf8.count >= 8 else { return [(String, [UInt8])]() }
            return [("base64/\(offset)", Array(text.utf8))]
                + (url == text ? [] : [("base64url/\(offset)", Array(url.utf8))])
        }
    }

    private static func grouped(_ digits: String, _ separator: String) -> String {
        stride(from: 0, to: digits.count, by: 4).map { String(digits.dropFirst($0).prefix(4)) }
            .joined(separator: separator)
    }

    private static func padded(_ unit: UInt16) -> String { [UInt8(unit >> 8), UInt8(unit & 255)].hex }
}
