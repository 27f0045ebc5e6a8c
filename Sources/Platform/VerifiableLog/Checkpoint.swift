/// What a checkpoint says: whose tree, how large, with which root. Said, not yet believed.
///
/// Source: C2SP tlog-checkpoint (c2sp.org/tlog-checkpoint). Extension lines are refused: no monitor could check them.
public struct CheckpointText: Hashable, Sendable {
    /// The longest origin that is accepted, in UTF-8 bytes.
    public static let maximumOriginByteCount = 255
    /// The log's identity, the first line.
    public let origin: String
    /// The tree's size and root.
    public let head: TreeHead

    /// Puts a text together. Throws `malformed` for an origin that is empty, too long, or has control characters.
    public init(origin: String, head: TreeHead) throws(VerifiableLogError) {
        guard !origin.isEmpty, origin.utf8.count <= Self.maximumOriginByteCount,
            !origin.unicodeScalars.contains(where: { $0.value < 0x20 })
        else {
            throw VerifiableLogError(.malformed, "an origin is one line of 1 to 255 bytes")
        }
        self.origin = origin
        self.head = head
    }

    /// Reads a note's text: exactly three lines. Throws `malformed` for any other form.
    public init(_ text: String) throws(VerifiableLogError) {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        guard lines.count == 4, lines[3].isEmpty else {
            throw VerifiableLogError(.malformed, "a checkpoint has three lines")
        }
        guard let size = Int64(lines[1]), String(size) == lines[1] else {
            throw VerifiableLogError(.malformed, "a tree size is a decimal number without leading zeros")
        }
        try self.init(origin: lines[0], head: TreeHead(size: size, root: LogHash(base64: lines[2])))
    }

    /// The three lines, each with its newline.
    public var rendered: String { "\(origin)\n\(head.size)\n\(head.root.base64)\n" }
}

/// A log's signed statement of its tree's size and root, after its signature and origin were checked.
public struct Checkpoint: Hashable, Sendable {
    /// The log's identity.
    public let origin: String
    /// The tree's size and root.
    public let head: TreeHead
    /// The whole signed note, to be shown and kept as it is.
    public let note: SignedNote

    /// Signs a head. The key's name should be the origin. Throws `malformed` for an origin that no note can hold.
    public init(signing head: TreeHead, origin: String, by key: LogKey) throws(VerifiableLogError) {
        let text = try CheckpointText(origin: origin, head: head)
        self.note = try key.sign(text.rendered)
        self.origin = origin
        self.head = head
    }

    /// Checks a note that came from outside.
    ///
    /// Throws `signatureRefused` without a right signature of the key, `malformed` when the signed text is no
    /// checkpoint, `wrongOrigin` when it is another log's.
    public init(verifying note: SignedNote, by key: NoteVerifier, origin: String) throws(VerifiableLogError) {
        try key.verify(note)
        let text = try CheckpointText(note.text)
        guard text.origin == origin else {
            throw VerifiableLogError(.wrongOrigin, "the checkpoint belongs to another log")
        }
        self.note = note
        self.origin = text.origin
        self.head = text.head
    }

    /// Checks a note's text; see `init(verifying:by:origin:)`.
    public init(verifying note: String, by key: NoteVerifier, origin: String) throws(VerifiableLogError) {
        try self.init(verifying: SignedNote(note), by: key, origin: origin)
    }
}
