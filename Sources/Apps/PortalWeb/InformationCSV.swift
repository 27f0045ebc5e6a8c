import Contracts
import Web

/// わたしの情報 as a CSV file: title, kind, an empty line, then item and content per line.
///
/// With several records, a line of one column (the form's id) opens a group whose first item begins each record again.
/// UTF-8 with a byte order mark and CR LF, so that spreadsheets read it. Source: the layout of マイナポータル's own
/// downloads; RFC 4180.
struct InformationCSV: Sendable {
    let name: String
    let bytes: [UInt8]

    init(_ kind: InformationKind, _ documents: [InformationDocument]) {
        name = "watashi-no-joho-\(kind.number).csv"
        var lines: [[String]] = [["わたしの情報"], [KindTitle.of(kind).ja], [], ["項目名", "内容"]]
        var group = documents.count > 1 ? "" : documents.first?.form
        for document in documents {
            if document.form != group { lines.append([document.form]) }
            group = document.form
            lines += document.items.map { [$0.nameJapanese, $0.value] }
        }
        let text = lines.map { $0.map(Self.cell).joined(separator: ",") + "\r\n" }.joined()
        bytes = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    }

    /// A cell, quoted where it must be. What a spreadsheet would take for a formula gets an apostrophe before it.
    static func cell(_ value: String) -> String {
        let text = startsFormula(value) ? "'" + value : value
        guard text.unicodeScalars.contains(where: { [",", "\"", "\r", "\n"].contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// Spreadsheets look past spaces; the full-width signs count too where the reader's language is Japanese.
    private static func startsFormula(_ value: String) -> Bool {
        let scalars = value.unicodeScalars.drop { $0 == " " || $0 == "\u{3000}" }
        guard let first = scalars.first else { return false }
        if ["\t", "\r", "\n"].contains(first) { return true }
        return ["=", "+", "-", "@", "＝", "＋", "－", "＠"].contains(first) && !isAmount(value)
    }

    /// A negative amount, `-1,200`, is no formula.
    private static func isAmount(_ value: String) -> Bool {
        let digits = value.utf8.dropFirst()
        return value.hasPrefix("-") && !digits.isEmpty
            && digits.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ",") }
    }
}
