/// Bytes as text: hexadecimal (RFC 4648 section 8, lower case) and base64url without padding (RFC 4648 section 5).
extension Array where Element == UInt8 {
    /// Two lower-case hexadecimal digits per byte.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        var result: [UInt8] = []
        result.reserveCapacity(count * 2)
        for byte in self { result += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: result, as: UTF8.self)
    }

    /// The bytes of hexadecimal text, either case. Throws `wrongLength` for an odd number of digits and
    /// `wrongCharacter` for anything that is no digit.
    public init(hex text: String) throws(ValueError) {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else {
            throw ValueError(.wrongLength, "hexadecimal text has two digits for each byte")
        }
        self = []
        reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = hexValue(digits[index]), let low = hexValue(digits[index + 1]) else {
                throw ValueError(.wrongCharacter, "only hexadecimal digits may stand here")
            }
            append(high << 4 | low)
        }
    }

    /// The base64url text without padding.
    public var base64URL: String {
        let digits = Array(base64URLAlphabet.utf8)
        var result: [UInt8] = []
        result.reserveCapacity((count * 4 + 2) / 3)
        var bits = 0
        var pending: UInt32 = 0
        for byte in self {
            pending = pending << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                result.append(digits[Int(pending >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { result.append(digits[Int(pending << UInt32(6 - bits) & 63)]) }
        return String(decoding: result, as: UTF8.self)
    }

    /// The bytes of base64url text. Strict: padding, spaces, the characters `+` and `/`, an impossible length and
    /// left-over bits that are not zero are refused, so that each byte string has one text.
    public init(base64URL text: String) throws(ValueError) {
        let digits = Array(text.utf8)
        guard digits.count % 4 != 1 else { throw ValueError(.wrongLength, "base64url text of an impossible length") }
        self = []
        reserveCapacity(digits.count * 3 / 4)
        var bits = 0
        var pending: UInt32 = 0
        for digit in digits {
            guard let value = base64URLValue(digit) else {
                throw ValueError(.wrongCharacter, "a character that base64url does not have")
            }
            pending = pending << 6 | UInt32(value)
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
        }
        guard pending & ((1 << UInt32(bits)) - 1) == 0 else {
            throw ValueError(.wrongCharacter, "base64url text with left-over bits")
        }
    }
}

private let base64URLAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

private func base64URLValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x41...0x5A: digit - 0x41
    case 0x61...0x7A: digit - 0x61 + 26
    case 0x30...0x39: digit - 0x30 + 52
    case 0x2D: 62
    case 0x5F: 63
    default: nil
    }
}

private func hexValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    case 0x41...0x46: digit - 0x41 + 10
    default: nil
    }
}
