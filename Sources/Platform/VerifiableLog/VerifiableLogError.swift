/// What this room refuses. Equality is the code; the reason never repeats an entry's contents.
public struct VerifiableLogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of refusal.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// A hash, a random value or a key has the wrong length.
        case wrongLength
        /// A text is not in the one form that its specification allows.
        case malformed
        /// An index or a tree size is negative, too large, or outside the tree.
        case outOfRange
        /// A proof does not connect what it claims to connect.
        case proofRefused
        /// A note has no valid signature by the key that was asked for.
        case signatureRefused
        /// A checkpoint belongs to another log.
        case wrongOrigin
        /// The store lacks a row that the size of the tree says it has.
        case storeIncomplete
        /// The tree no longer contains what a published checkpoint promised.
        case inconsistentWithCheckpoint
    }

    /// Which refusal this is.
    public let code: Code
    /// One sentence for an operator, without data.
    public let reason: String
    /// Where it was thrown, `file:line`.
    public let site: String

    init(_ code: Code, _ reason: String, file: StaticString = #fileID, line: UInt = #line) {
        self.code = code
        self.reason = reason
        self.site = "\(file):\(line)"
    }

    public static func == (left: VerifiableLogError, right: VerifiableLogError) -> Bool { left.code == right.code }
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
    public var description: String { "\(code.rawValue): \(reason)" }
}
