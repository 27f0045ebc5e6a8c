import Foundation

extension ProofBundle {
    /// The members as they stand in the file.
    private struct File: Codable {
        static let members: Set<String> = [
            "format", "domain", "entry", "random", "commitment", "index", "path", "checkpoint",
        ]
        var format: String
        var domain: String
        var entry: String
        var random: String
        var commitment: String
        var index: Int64
        var path: [String]
        var checkpoint: String
    }

    /// Reads a file. Throws `malformed`, `wrongLength` or `outOfRange`; whether it proves anything, `verify` says.
    public init(json: [UInt8]) throws(VerifiableLogError) {
        guard json.count <= Self.maximumFileByteCount else {
            throw VerifiableLogError(.malformed, "a proof file is larger than 1 MiB")
        }
        guard let file = try? JSONDecoder().decode(File.self, from: Data(json)), Self.hasKnownMembersOnly(json) else {
            throw VerifiableLogError(.malformed, "not the members of a proof file")
        }
        guard file.format == Self.format, file.path.count <= InclusionProof.maximumPathLength else {
            throw VerifiableLogError(.malformed, "a proof file of another format")
        }
        var path: [LogHash] = []
        for hash in file.path { path.append(try LogHash(base64: hash)) }
        self.init(
            domain: file.domain, entry: try Base64.decode(file.entry),
            blinding: try Blinding(bytes: Base64.decode(file.random)),
            commitment: try Commitment(base64: file.commitment), index: try LeafIndex(file.index), path: path,
            checkpoint: file.checkpoint)
    }

    /// The file's bytes: members in alphabetical order, indented, UTF-8. Throws `malformed` if JSON cannot hold it.
    public func json() throws(VerifiableLogError) -> [UInt8] {
        let file = File(
            format: Self.format, domain: domain, entry: Base64.encode(entry), random: Base64.encode(blinding.bytes),
            commitment: commitment.base64, index: index.value, path: path.map(\.base64), checkpoint: checkpoint)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(file) else {
            throw VerifiableLogError(.malformed, "the proof file could not be written")
        }
        return [UInt8](data)
    }

    private static func hasKnownMembersOnly(_ json: [UInt8]) -> Bool {
        let object = try? JSONSerialization.jsonObject(with: Data(json)) as? [String: Any]
        return object.map { Set($0.keys) == File.members } ?? false
    }
}
