import Foundation

/// The one place where written variants of the same text are made alike.
///
/// Sources: Unicode Standard Annex 15 (normalisation forms); Unicode Technical Standard 37 (ideographic variation
/// sequences); the variants are those that Japanese keyboards and registers produce.
public enum TextNormalization {
    /// A number as people type it, made ASCII: full-width digits become ASCII, spaces and hyphens of any kind go.
    /// Every other character stays, so that the caller can refuse it.
    public static func digits(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !isSpace(scalar) && !isHyphen(scalar) {
            result.append(asciiDigit(fullWidth: scalar) ?? scalar)
        }
        return String(result)
    }

    /// Normalisation form C that keeps variation selectors and the CJK compatibility ideographs, which the plain form
    /// would replace by another shape of the character (a name in the register keeps its shape).
    public static func register(_ text: String) -> String {
        var result = ""
        var run = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isCompatibilityIdeograph(scalar) {
                result.unicodeScalars += String(run).precomposedStringWithCanonicalMapping.unicodeScalars
                result.unicodeScalars.append(scalar)
                run = String.UnicodeScalarView()
            } else {
                run.append(scalar)
            }
        }
        result.unicodeScalars += String(run).precomposedStringWithCanonicalMapping.unicodeScalars
        return result
    }

    /// What two spellings are compared by, never stored or shown: form KC (one width, unified ideographs), lower case,
    /// without spaces and variation selectors.
    public static func comparisonKey(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
        where !isSpace(scalar) && !scalar.properties.isVariationSelector {
            result.append(scalar)
        }
        return String(result)
    }

    /// Full-width katakana of hiragana, half-width or full-width kana; other characters stay.
    public static func katakana(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCompatibilityMapping.unicodeScalars {
            result.append(katakana(hiragana: scalar) ?? scalar)
        }
        return String(result)
    }

    /// The text without spaces at its ends.
    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    /// Whether a character steers a terminal or the direction of text, or ends a line or a string.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .format, .surrogate: true
        default: false
        }
    }

    /// Whether a character is a space: ASCII, no-break, ideographic and the like. Line ends and tabs count too.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

    /// Whether a character is written for a hyphen: dashes, minus signs and their full-width and small forms.
    static func isHyphen(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .dashPunctuation || scalar == "\u{2212}"
    }

    private static func asciiDigit(fullWidth scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard (0xFF10...0xFF19).contains(scalar.value) else { return nil }
        return Unicode.Scalar(scalar.value - 0xFF10 + 0x30)
    }

    private static func katakana(hiragana scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard (0x3041...0x3096).contains(scalar.value) else { return nil }
        return Unicode.Scalar(scalar.value + 0x60)
    }

    private static func isCompatibilityIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        (0xF900...0xFAFF).contains(scalar.value) || (0x2F800...0x2FA1F).contains(scalar.value)
    }
}

extension TextNormalization {
    /// The decimal digits of a number as typed, each 0 to 9. Throws `wrongLength` unless there are `count` characters
    /// after normalisation, `wrongCharacter` if one is no digit.
    public static func digitValues(_ text: String, count: Int) throws(ValueError) -> [UInt8] {
        let bytes = Array(digits(text).utf8)
        guard bytes.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw ValueError(.wrongCharacter, "only digits may stand here")
        }
        guard bytes.count == count else { throw ValueError(.wrongLength, "there must be \(count) digits") }
        return bytes.map { $0 - 0x30 }
    }

    /// The ASCII text of digits, each 0 to 9.
    public static func text(ofDigits digits: [UInt8]) -> String {
        String(decoding: digits.map { 0x30 + $0 % 10 }, as: UTF8.self)
    }
}
