/// What personalisation, PIN entry or reading a card image refuses.
public struct ChipError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of refusal.
    public enum Code: String, Hashable, Sendable {
        /// A PIN or password does not have the shape its purpose demands.
        case pinFormat
        /// A card serial number does not have the shape of one.
        case serialFormat
        /// The name of a key does not have the shape of one.
        case keyIdentifierFormat
        /// A security code is not four digits.
        case securityCodeFormat
        /// A certificate or a picture has a size that the card cannot hold.
        case size
        /// A key pair is asked for where one exists.
        case keyExists
        /// A certificate is installed where no key pair was made.
        case noKey
        /// A certificate holds another public key than the chip's.
        case otherKey
        /// The cryptographic library refused.
        case cryptography
        /// The image is cut short or has bytes left over.
        case imageLength
        /// The file is not a card image.
        case imageKind
        /// The image was written by another version of the format.
        case imageVersion
        /// The image's checksum does not fit: it was edited or damaged.
        case imageDamaged
        /// The image's checksum fits, but its contents are not those of a card.
        case imageContents
    }

    /// The kind of refusal; equality is by it.
    public let code: Code

    /// The reason in words, without personal data.
    public let reason: String

    init(_ code: Code, _ detail: String? = nil) {
        self.code = code
        self.reason = detail.map { "\(Self.words(code)) (\($0))" } ?? Self.words(code)
    }

    /// The reason in words.
    public var description: String { reason }

    public static func == (one: ChipError, other: ChipError) -> Bool { one.code == other.code }

    public func hash(into hasher: inout Hasher) { hasher.combine(code) }

    private static func words(_ code: Code) -> String {
        switch code {
        case .pinFormat: "The PIN does not have the length or the characters that this PIN must have."
        case .serialFormat: "A card serial number is 15 digits."
        case .keyIdentifierFormat: "The name of a card scheme's key is seven digits and a group of three."
        case .securityCodeFormat: "A security code is four digits."
        case .size: "The contents do not fit the card's file."
        case .keyExists: "The chip already holds a key pair for this certificate."
        case .noKey: "The chip holds no key pair for this certificate."
        case .otherKey: "The certificate holds another public key than the chip's."
        case .cryptography: "The key could not be used."
        case .imageLength: "The card image is cut short or has bytes left over."
        case .imageKind: "This is not a card image."
        case .imageVersion: "The card image is of another version of the format."
        case .imageDamaged: "The card image is damaged or was edited: its checksum does not fit."
        case .imageContents: "The card image does not describe a card."
        }
    }
}
