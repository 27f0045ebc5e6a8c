import Crypto

/// A text with signature lines, read but not yet believed.
///
/// Source: C2SP signed-note (c2sp.org/signed-note), Ed25519 signatures (type 0x01).
public struct SignedNote: Hashable, Sendable {
    /// The largest note that is read, in UTF-8 bytes.
    public static let maximumByteCount = 64 * 1024
    /// The most signature lines that are read; the specification asks for at least 16.
    public static let maximumSignatureCount = 32

    /// One signature line.
    public struct Signature: Hashable, Sendable {
        /// The signer's name.
        public let name: String
        /// The first 4 bytes of the SHA-256 that names the key, big-endian.
        public let keyID: UInt32
        /// The signature's bytes; 64 for Ed25519.
        public let bytes: [UInt8]
    }

    /// What was signed, with its last newline.
    public let text: String
    /// The signature lines in their order.
    public let signatures: [Signature]

    init(text: String, signatures: [Signature]) {
        self.text = text
        self.signatures = signatures
    }

    /// Reads a note. Throws `malformed` for anything that the specification does not allow.
    public init(_ note: String) throws(VerifiableLogError) {
        guard note.utf8.count <= Self.maximumByteCount else {
            throw VerifiableLogError(.malformed, "a note is larger than 64 KiB")
        }
        let scalars = Array(note.unicodeScalars)
        guard !scalars.contains(where: { $0.value < 0x20 && $0 != "\n" }), scalars.last == "\n" else {
            throw VerifiableLogError(.malformed, "a note has control characters or no last newline")
        }
        let lines = scalars.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(Self.text)
        guard let blank = lines.lastIndex(of: ""), blank > 0 else {
            throw VerifiableLogError(.malformed, "a note has no blank line between text and signatures")
        }
        let signatureLines = lines[(blank + 1)...]
        guard (1...Self.maximumSignatureCount).contains(signatureLines.count) else {
            throw VerifiableLogError(.malformed, "a note has no signature, or more than 32")
        }
        self.text = lines[..<blank].map { $0 + "\n" }.joined()
        var signatures: [Signature] = []
        for line in signatureLines { signatures.append(try Self.signature(line)) }
        self.signatures = signatures
    }

    /// The note as it is written, one text for one value.
    public var rendered: String {
        text + "\n" + signatures.map { $0.line + "\n" }.joined()
    }

    /// The same text with one more signature line after the others.
    public func adding(_ signature: Signature) -> SignedNote {
        SignedNote(text: text, signatures: signatures + [signature])
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func signature(_ line: String) throws(VerifiableLogError) -> Signature {
        let parts = line.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 3, parts[0].unicodeScalars.elementsEqual("\u{2014}".unicodeScalars) else {
            throw VerifiableLogError(.malformed, "a signature line does not have three parts")
        }
        try NoteKeyName.check(parts[1])
        let bytes = try Base64.decode(parts[2])
        guard bytes.count > 4 else { throw VerifiableLogError(.malformed, "a signature is too short") }
        let keyID = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Signature(name: parts[1], keyID: keyID, bytes: [UInt8](bytes.dropFirst(4)))
    }
}

extension SignedNote.Signature {
    var line: String { "\u{2014} \(name) \(Base64.encode(BigEndian.bytes(keyID) + bytes))" }
}

/// The rule for names of keys.
enum NoteKeyName {
    /// The longest name that is accepted, in UTF-8 bytes.
    static let maximumByteCount = 255

    /// Throws `malformed` for an empty name or one with spaces, plus signs or control characters.
    static func check(_ name: String) throws(VerifiableLogError) {
        let isBad = name.unicodeScalars.contains { $0.properties.isWhitespace || $0 == "+" || $0.value < 0x20 }
        guard !name.isEmpty, name.utf8.count <= maximumByteCount, !isBad else {
            throw VerifiableLogError(.malformed, "a key's name is empty or has spaces or plus signs")
        }
    }
}
