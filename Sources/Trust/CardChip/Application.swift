/// An application (AP) on the chip: a folder with its own files, keys and PINs.
///
/// Source: README.md, Sources (commands).
public enum Application: UInt8, CaseIterable, Hashable, Sendable {
    /// 公的個人認証AP: the two certificates and their keys.
    case jpki = 1
    /// 券面事項入力補助AP: number and four items as text.
    case inputAssistance = 2
    /// 券面事項確認AP: the face of the card as pictures.
    case faceConfirmation = 3
    /// 住基AP: the resident register's own keys.
    case residentRegister = 4
    /// 共通カードAP: the card's own serial number, municipality and key.
    case common = 5

    /// The ten bytes by which SELECT names it.
    public var identifier: [UInt8] {
        switch self {
        case .jpki: [0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01]
        case .inputAssistance: [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08]
        case .faceConfirmation: [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02]
        case .residentRegister: [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01]
        case .common: [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00]
        }
    }

    /// The card manager: what is selected at power-on.
    public static let cardManagerIdentifier: [UInt8] = [0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00]
}

/// The two-byte name of a file (EF) inside an application.
public struct FileID: Hashable, Comparable, Sendable {
    /// The name as one number, high byte first.
    public let rawValue: UInt16

    /// Any two bytes name a file.
    public init(_ rawValue: UInt16) { self.rawValue = rawValue }

    /// The name under which the image keeps the text application's key for secure messaging. What the card itself calls
    /// that file is not known; no command can select this one.
    static let sessionKey = FileID(0x0000)

    public static func < (one: FileID, other: FileID) -> Bool { one.rawValue < other.rawValue }
}

/// A file named from outside its application.
public struct FileAddress: Hashable, Comparable, Sendable {
    /// The application that the file lies in.
    public let application: Application
    /// The file.
    public let file: FileID

    /// The file with that name in that application.
    public init(_ application: Application, _ file: UInt16) {
        self.application = application
        self.file = FileID(file)
    }

    init(_ application: Application, _ file: FileID) {
        self.application = application
        self.file = file
    }

    public static func < (one: FileAddress, other: FileAddress) -> Bool {
        (one.application.rawValue, one.file) < (other.application.rawValue, other.file)
    }
}
