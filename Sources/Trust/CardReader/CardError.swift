public import CardChip

/// Why a conversation with a card did not come about, with a hint for the person in front of the reader.
public struct CardError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// Another program, or another part of this one, holds the card.
        case busy
        /// No card where one was expected.
        case noCard
        /// The card file may be read by others than its owner.
        case permissions
        /// The card file is damaged, edited, or of another version.
        case damaged
        /// The card file could not be read or written.
        case storage
        /// An earlier write failed: the card does not answer until it is opened again.
        case stopped
        /// The card is of another kind: it has no such application.
        case otherCard
        /// The card has no such certificate.
        case noCertificate
        /// The card refused the command.
        case refused
        /// The PIN must be verified first.
        case pinNeeded
        /// The answer does not have the form that it must have.
        case malformedAnswer
        /// The reader or the connection to it failed.
        case reader
    }

    /// The kind of failure; equality is by it.
    public let code: Code
    /// What happened, in words, without personal data.
    public let reason: String
    /// The card's own word, where it gave one.
    public let statusWord: StatusWord?

    init(_ code: Code, _ detail: String? = nil, statusWord: StatusWord? = nil) {
        self.code = code
        self.statusWord = statusWord
        self.reason = detail ?? Self.words(code)
    }

    /// What happened and what helps, in two sentences.
    public var description: String { reason + " " + hint }

    public static func == (one: CardError, other: CardError) -> Bool { one.code == other.code }

    public func hash(into hasher: inout Hasher) { hasher.combine(code) }

    /// What the person can do.
    public var hint: String {
        switch code {
        case .busy: "Close the other program that uses the card and try again."
        case .noCard: "Put the card on the reader, or check the name of the card file."
        case .permissions: "Give the card file to its owner alone (chmod 600)."
        case .damaged: "Restore the card file from a copy, or have a new card issued."
        case .storage: "Check that the folder exists, belongs to you, and has room."
        case .stopped: "Check the disk, then open the card again."
        case .otherCard: "Use an Individual Number Card."
        case .noCertificate: "Ask at the municipality's counter for the certificate."
        case .refused: "Take the card off, put it on again, and try once more."
        case .pinNeeded: "Enter the PIN of this certificate first."
        case .malformedAnswer: "Take the card off, put it on again, and try once more."
        case .reader: "Check the reader's plug and its service (pcscd)."
        }
    }

    private static func words(_ code: Code) -> String {
        switch code {
        case .busy: "The card is in use."
        case .noCard: "There is no card."
        case .permissions: "The card file can be read by others than its owner."
        case .damaged: "The card file is damaged."
        case .storage: "The card file could not be read or written."
        case .stopped: "The card stopped after a failed write."
        case .otherCard: "The card does not have this application."
        case .noCertificate: "The card does not hold this certificate."
        case .refused: "The card refused the command."
        case .pinNeeded: "The PIN has not been verified."
        case .malformedAnswer: "The card's answer cannot be understood."
        case .reader: "The reader failed."
        }
    }
}
