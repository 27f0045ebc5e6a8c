/// A string literal as written, with the line where it begins.
struct StringLiteral: Sendable {
    let line: Int
    let text: String
    let isInterpolated: Bool
}

/// A Swift file in three views of equal length, so that a rule about code is not misled by comments or strings.
struct SwiftSource: Sendable {
    /// Relative to the root of the repository.
    let path: String
    let text: String
    /// Comments and the contents of strings are blanks (what stands in an interpolation stays).
    let code: String
    /// Comments are blanks.
    let uncommented: String
    let literals: [StringLiteral]

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    var codeLines: [Substring] { code.split(separator: "\n", omittingEmptySubsequences: false) }

    init(path: String, text: String) {
        var scanner = SwiftScanner(text)
        scanner.scan()
        self.path = path
        self.text = text
        code = String(decoding: scanner.code, as: UTF8.self)
        uncommented = String(decoding: scanner.uncommented, as: UTF8.self)
        literals = scanner.literals
    }

    init(_ file: TextFile) { self.init(path: file.path, text: file.text) }
}

/// Walks over a Swift file and blanks comments and strings: enough of the lexical grammar for that, no more.
struct SwiftScanner {
    private let bytes: [UInt8]
    private var position = 0
    private(set) var code: [UInt8]
    private(set) var uncommented: [UInt8]
    private(set) var literals: [StringLiteral] = []
    private var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
        code = bytes
        uncommented = bytes
    }

    mutating func scan() { scanCode(untilParenthesis: false) }

    private mutating func scanCode(untilParenthesis: Bool) {
        var depth = 0
        while position < bytes.count {
            let byte = bytes[position]
            if "/\"#".utf8.contains(byte), scanComment() || scanString() || scanRegex() { continue }
            advance(1)
            guard untilParenthesis else { continue }
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") {
                if depth == 0 { return }
                depth -= 1
            }
        }
    }

    // MARK: Comments

    private mutating func scanComment() -> Bool {
        if starts("//") {
            while position < bytes.count, bytes[position] != 10 { blank(1, inStringsToo: true) }
            return true
        }
        guard starts("/*") else { return false }
        var depth = 0
        repeat {
            if starts("/*") {
                depth += 1
                blank(2, inStringsToo: true)
            } else if starts("*/") {
                depth -= 1
                blank(2, inStringsToo: true)
            } else {
                blank(1, inStringsToo: true)
            }
        } while depth > 0 && position < bytes.count
        return true
    }

    // MARK: Strings

    private mutating func scanString() -> Bool {
        let hashes = count(of: "#", at: position)
        guard byte(at: position + hashes) == UInt8(ascii: "\"") else { return false }
        let begin = position
        let beginLine = line
        let fence = String(repeating: "#", count: hashes)
        let quote = starts("\"\"\"", at: position + hashes) ? "\"\"\"" : "\""
        advance(hashes + quote.utf8.count)
        var isInterpolated = false
        while position < bytes.count, !starts(quote + fence) {
            if quote == "\"", bytes[position] == 10 { break }
            if starts("\\" + fence + "(") {
                isInterpolated = true
                advance(2 + hashes)
                scanCode(untilParenthesis: true)
            } else if starts("\\" + fence) {
                blank(2 + hashes)
            } else {
                blank(1)
            }
        }
        advance(quote.utf8.count + hashes)
        let text = String(decoding: bytes[begin..<min(position, bytes.count)], as: UTF8.self)
        literals.append(StringLiteral(line: beginLine, text: text, isInterpolated: isInterpolated))
        return true
    }

    // MARK: Regex literals

    private mutating func scanRegex() -> Bool {
        let hashes = count(of: "#", at: position)
        guard byte(at: position + hashes) == UInt8(ascii: "/"), hashes > 0 || looksLikeRegex() else { return false }
        let close = "/" + String(repeating: "#", count: hashes)
        blank(hashes + 1)
        while position < bytes.count, !starts(close) {
            if hashes == 0, bytes[position] == 10 { return true }
            blank(bytes[position] == UInt8(ascii: "\\") ? 2 : 1)
        }
        blank(close.utf8.count)
        return true
    }

    /// A `/` that may begin an operand, with its partner on the same line.
    private func looksLikeRegex() -> Bool {
        var before = position - 1
        while before >= 0, bytes[before] == 32 { before -= 1 }
        guard before < 0 || "=(,:[{".utf8.contains(bytes[before]) else { return false }
        guard let next = byte(at: position + 1), next != 32, next != 10 else { return false }
        return bytes[(position + 1)...].prefix { $0 != 10 }.contains(UInt8(ascii: "/"))
    }

    // MARK: Steps

    private func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

    private func starts(_ word: String, at index: Int? = nil) -> Bool {
        bytes.dropFirst(index ?? position).starts(with: word.utf8)
    }

    private func count(of character: Unicode.Scalar, at index: Int) -> Int {
        bytes.dropFirst(index).prefix { $0 == UInt8(ascii: character) }.count
    }

    private mutating func advance(_ count: Int) {
        for _ in 0..<count where position < bytes.count {
            if bytes[position] == 10 { line += 1 }
            position += 1
        }
    }

    private mutating func blank(_ count: Int, inStringsToo: Bool = false) {
        for _ in 0..<count where position < bytes.count {
            if bytes[position] != 10 {
                code[position] = 32
                if inStringsToo { uncommented[position] = 32 }
            }
            advance(1)
        }
    }
}
