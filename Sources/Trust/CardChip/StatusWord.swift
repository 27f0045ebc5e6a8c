/// The two bytes that end every answer of the chip (SW1 SW2).
///
/// Source: ISO/IEC 7816-4 table 5; facts on the card's own use of them: README, "Sources".
public struct StatusWord: Error, Hashable, Sendable, CustomStringConvertible {
    /// SW1 in the high byte, SW2 in the low byte.
    public let rawValue: UInt16

    /// Any two bytes are a status word.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    private init(_ rawValue: UInt16) { self.rawValue = rawValue }

    /// Done.
    public static let success = StatusWord(0x9000)
    /// VERIFY without a body against a key that has no limit of tries.
    public static let unlimitedTries = StatusWord(0x6300)
    /// Wrong length of the command, of its data or of what it expects.
    public static let wrongLength = StatusWord(0x6700)
    /// Secure messaging is not offered by this application.
    public static let noSecureMessaging = StatusWord(0x66F1)
    /// The objects of a secured command are missing.
    public static let missingSecureMessaging = StatusWord(0x6987)
    /// The objects of a secured command are wrong; the session is over.
    public static let wrongSecureMessaging = StatusWord(0x6988)
    /// A secured command came although no session key is set.
    public static let secureMessagingNotSet = StatusWord(0x69FC)
    /// The file is not of the kind that the command works on.
    public static let wrongFileStructure = StatusWord(0x6981)
    /// The PIN that opens this file or key has not been verified.
    public static let securityNotSatisfied = StatusWord(0x6982)
    /// VERIFY against a PIN whose tries are used up.
    public static let pinBlocked = StatusWord(0x6984)
    /// The command does not fit the state of the chip.
    public static let conditionsNotSatisfied = StatusWord(0x6985)
    /// The command needs a selected file, and none is.
    public static let noCurrentFile = StatusWord(0x6986)
    /// The data are not acceptable.
    public static let wrongData = StatusWord(0x6A80)
    /// The function is not supported.
    public static let functionNotSupported = StatusWord(0x6A81)
    /// No such file or application.
    public static let fileNotFound = StatusWord(0x6A82)
    /// No such record.
    public static let recordNotFound = StatusWord(0x6A83)
    /// Wrong P1 or P2.
    public static let wrongParameters = StatusWord(0x6A86)
    /// No such data object.
    public static let dataNotFound = StatusWord(0x6A88)
    /// The offset lies past the end of the file.
    public static let offsetPastEnd = StatusWord(0x6B00)
    /// Unknown instruction.
    public static let unknownInstruction = StatusWord(0x6D00)
    /// Unknown class.
    public static let unknownClass = StatusWord(0x6E00)
    /// The chip itself failed.
    public static let internalFailure = StatusWord(0x6F00)

    /// 63Cx: a wrong PIN, or the answer to a retry query; x tries are left (0...15).
    public static func triesLeft(_ count: Int) -> StatusWord {
        StatusWord(0x63C0 | UInt16(min(max(count, 0), 15)))
    }

    /// The tries left when this is 63Cx, otherwise nil.
    public var triesLeft: Int? {
        rawValue & 0xFFF0 == 0x63C0 ? Int(rawValue & 0x000F) : nil
    }

    /// SW1, SW2.
    public var bytes: [UInt8] { [UInt8(rawValue >> 8), UInt8(rawValue & 0xFF)] }

    /// Four hexadecimal digits.
    public var description: String {
        let digits = String(rawValue, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
