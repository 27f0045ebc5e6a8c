import Foundation

/// What two spellings of an address are compared by.
///
/// One width, one case, no spaces or variation selectors, kanji numbers before 丁目 as digits, and whatever parts two
/// numbers of a block (丁目, 番地, 番, 号, の, a hyphen of any kind, a space) as one hyphen. So 一丁目2番3号 is 1-2-3.
/// Differences of this kind kept machines from matching registers in 2021 to 2023. The key is never stored or shown.
enum AddressComparison {
    /// The key of an address.
    static func key(_ text: String) -> String {
        let folded = text.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
        return joined(withDigitsBeforeChome(folded.filter { !$0.properties.isVariationSelector }))
    }

    private static let chome: [Unicode.Scalar] = ["丁", "目"]
    private static let signs: [[Unicode.Scalar]] = [
        chome, ["番", "地"], ["番"], ["号", "室"], ["号"], ["の"], ["ー"],
    ]
    private static let kanjiDigits: [Unicode.Scalar] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"]

    /// Everything that stands after a number and parts it from the next becomes a hyphen, or nothing at the end.
    private static func joined(_ scalars: [Unicode.Scalar]) -> String {
        var result = String.UnicodeScalarView()
        var parted = false
        var index = 0
        while index < scalars.count {
            let afterNumber = parted || result.last.map(isDigit) == true
            if afterNumber, let length = signLength(scalars, at: index) {
                parted = true
                index += length
                continue
            }
            let scalar = scalars[index]
            index += 1
            if TextNormalization.isSpace(scalar) { continue }
            if parted && isDigit(scalar) { result.append("-") }
            parted = false
            result.append(TextNormalization.isHyphen(scalar) ? "-" : scalar)
        }
        return String(result)
    }

    private static func signLength(_ scalars: [Unicode.Scalar], at index: Int) -> Int? {
        if TextNormalization.isHyphen(scalars[index]) || TextNormalization.isSpace(scalars[index]) { return 1 }
        return signs.first { scalars[index...].starts(with: $0) }?.count
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

    /// 十一丁目 becomes 11丁目; a row of kanji that is no number up to 99 stays.
    private static func withDigitsBeforeChome(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        for (index, scalar) in scalars.enumerated() {
            if scalar == "丁", scalars[index...].starts(with: chome) {
                let numeral = result.suffix(while: { $0 == "十" || kanjiDigits.contains($0) })
                if let number = number(ofKanji: numeral) {
                    result.removeLast(numeral.count)
                    result += Array(String(number).unicodeScalars)
                }
            }
            result.append(scalar)
        }
        return result
    }

    /// 1 to 99 written with 十, nil for anything else.
    private static func number(ofKanji numeral: ArraySlice<Unicode.Scalar>) -> Int? {
        let parts = numeral.split(separator: "十", omittingEmptySubsequences: false)
        guard !numeral.isEmpty, parts.count <= 2, parts.allSatisfy({ $0.count <= 1 }) else { return nil }
        let values = parts.map { part in part.first.map { kanjiDigits.firstIndex(of: $0) ?? 0 } }
        if parts.count == 1 { return values[0] }
        return (values[0] ?? 1) * 10 + (values[1] ?? 0)
    }
}

extension Array {
    /// The longest end of the array whose elements all satisfy the condition.
    fileprivate func suffix(while condition: (Element) -> Bool) -> ArraySlice<Element> {
        self[(lastIndex { !condition($0) }.map { $0 + 1 } ?? startIndex)...]
    }
}
