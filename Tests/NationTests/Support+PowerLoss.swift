import Foundation

/// Loss of power at a process that runs with `Tests/PowerLoss/powerloss.c` preloaded.
struct PowerLoss {
    struct Malformed: Error {}

    private let library: URL
    private let journal: URL
    /// Whether syncs are kept from the process, as with a disk that lies or `PRAGMA synchronous = OFF`.
    let ignoresSync: Bool

    /// Compiles the library into a folder. Throws when there is no C compiler.
    init(in folder: URL, ignoresSync: Bool) throws {
        self.ignoresSync = ignoresSync
        library = folder.appending(path: "powerloss.so")
        journal = folder.appending(path: "powerloss.journal")
        let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "PowerLoss/powerloss.c")
        _ = try Tool.run(
            "/usr/bin/env", ["cc", "-shared", "-fPIC", "-O1", "-o", library.path, source.path])
    }

    /// What a process is started with.
    var environment: [String: String] {
        var environment = ["LD_PRELOAD": library.path, "POWERLOSS_JOURNAL": journal.path]
        if ignoresSync { environment["POWERLOSS_IGNORE_SYNC"] = "1" }
        return environment
    }

    /// Puts back what was not yet synced when the process was killed; gives how many syncs and lost writes there were.
    func strike() throws -> (syncs: Int, lost: Int) {
        let records = try Self.records(of: Array(Data(contentsOf: journal)))
        var open: [String: [Record]] = [:]
        for record in records {
            if record.kind == .synced { open[record.path] = [] } else { open[record.path, default: []].append(record) }
        }
        for (path, writes) in open { try Self.undo(writes, of: path) }
        try FileManager.default.removeItem(at: journal)
        return (records.count { $0.kind == .synced }, open.values.reduce(0) { $0 + $1.count })
    }

    private static func undo(_ writes: [Record], of path: String) throws {
        guard !writes.isEmpty, FileManager.default.fileExists(atPath: path) else { return }
        let file = try FileHandle(forUpdating: URL(filePath: path))
        for write in writes.reversed() {
            try file.seek(toOffset: write.offset)
            try file.write(contentsOf: write.before)
            try file.truncate(atOffset: write.sizeBefore)
        }
        try file.close()
    }

    private enum Kind: UInt32 {
        case written = 1, cut, synced
    }

    private struct Record {
        let kind: Kind
        let offset: UInt64
        let sizeBefore: UInt64
        let path: String
        let before: Data
    }

    /// The journal's records; a last one that is not whole was about a write that did not happen.
    private static func records(of bytes: [UInt8]) throws -> [Record] {
        var (records, rest): ([Record], ArraySlice<UInt8>) = ([], bytes[...])
        func number(_ offset: Int, _ count: Int) -> UInt64 {
            (0..<count).reversed().reduce(0) { $0 << 8 | UInt64(rest[rest.startIndex + offset + $1]) }
        }
        while rest.count >= 32 {
            guard number(0, 4) == 0x504F_5752, let kind = Kind(rawValue: UInt32(number(4, 4))) else {
                throw Malformed()
            }
            let (pathCount, bytesCount) = (Int(number(24, 4)), Int(number(28, 4)))
            guard rest.count >= 32 + pathCount + bytesCount else { break }
            let body = rest.dropFirst(32)
            records.append(
                Record(
                    kind: kind, offset: number(8, 8), sizeBefore: number(16, 8),
                    path: String(decoding: body.prefix(pathCount), as: UTF8.self),
                    before: Data(body.dropFirst(pathCount).prefix(bytesCount))))
            rest = body.dropFirst(pathCount + bytesCount)
        }
        return records
    }
}
