import Foundation
import Testing

/// One place that breaks a rule.
struct Finding: Hashable, CustomStringConvertible {
    let path: String
    /// Counted from 1; 0 speaks of the file as a whole.
    let line: Int
    let what: String

    var description: String { line == 0 ? "\(path): \(what)" : "\(path):\(line): \(what)" }
}

/// A file as text.
struct TextFile: Sendable {
    /// Relative to the root of the repository.
    let path: String
    let text: String
}

/// The working tree, without what is built or made by running the programs.
enum Repository {
    /// `Tests/Tidy/Repository.swift` lies two folders below the root.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every text file of the tree, by path.
    static let textFiles: [TextFile] = paths().compactMap { path in
        guard let data = try? Data(contentsOf: root.appendingPathComponent(path)), data.count < 2_000_000,
            let text = String(data: data, encoding: .utf8)
        else { return nil }
        return TextFile(path: path, text: text)
    }

    /// Every Swift file under `Sources` and `Tests`, scanned once.
    static let swiftFiles: [SwiftSource] =
        textFiles
        .filter { $0.path.hasSuffix(".swift") && ($0.path.hasPrefix("Sources/") || $0.path.hasPrefix("Tests/")) }
        .map(SwiftSource.init)

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }

    static func text(_ path: String) -> String? { textFiles.first { $0.path == path }?.text }

    /// Not part of the project: the version control's own folder, what the build and the demo nation leave.
    private static func isLeftOut(_ name: String) -> Bool {
        name == ".git" || name == "nation" || name == "__pycache__" || name.hasPrefix(".build")
            || name == "Package.resolved"
    }

    private static func paths(in folder: String = "") -> [String] {
        let here = folder.isEmpty ? root : root.appendingPathComponent(folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: here.path)) ?? []
        return names.filter { !isLeftOut($0) }.sorted().flatMap { name -> [String] in
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            let full = root.appendingPathComponent(path).path
            guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder) else { return [] }
            return isFolder.boolValue ? paths(in: path) : [path]
        }
    }
}

/// A place where a pattern matches: the line, counted from 1, and the matched text with its groups.
struct Match {
    let line: Int
    let groups: [String]
    var text: String { groups[0] }
}

/// Each place where `pattern` (ICU syntax; `^` and `$` are a line's ends) matches in `text`.
func matches(of pattern: String, in text: String) throws -> [Match] {
    let expression = try NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines])
    let whole = text as NSString
    var line = 1
    var position = 0
    return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map { found in
        while position < found.range.location {
            if whole.character(at: position) == 10 { line += 1 }
            position += 1
        }
        let groups = (0..<found.numberOfRanges).map { group in
            let range = found.range(at: group)
            return range.location == NSNotFound ? "" : whole.substring(with: range)
        }
        return Match(line: line, groups: groups)
    }
}

/// Fails with the list of findings, cut after 80 lines.
func expectNone(_ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation) {
    guard !findings.isEmpty else { return }
    let shown = findings.prefix(80).map { "\n  \($0)" }.joined()
    Issue.record(
        "\(findings.count) found:\(shown)\(findings.count > 80 ? "\n  …" : "")", sourceLocation: sourceLocation)
}
