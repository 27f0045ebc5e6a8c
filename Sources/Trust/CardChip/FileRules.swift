/// Who may read a file.
enum ReadRule: Hashable, Sendable {
    /// Anyone who holds the card.
    case free
    /// Nobody that we know a way for.
    case never
    /// Whoever has verified one of these PIN files of the same application.
    case afterAny(of: Set<FileID>)

    static func after(_ files: UInt16...) -> ReadRule { .afterAny(of: Set(files.map(FileID.init))) }
}

/// How a PIN is replaced on the chip.
enum PinChange: Hashable, Sendable {
    /// CHANGE REFERENCE DATA, `00 24 01 80`.
    case referenceData
    /// JICSAP CHANGE KEY, `80 32 00 80`.
    case changeKey
    /// Not by a command.
    case never
}

/// Which command uses a private key.
enum KeyUse: Hashable, Sendable {
    /// COMPUTE DIGITAL SIGNATURE after this PIN of the same application.
    case signature(after: FileID)
    /// COMPUTE DIGITAL SIGNATURE with P2=00, no PIN: proves that the card is present (内部認証).
    case presence
    /// INTERNAL AUTHENTICATE, no PIN.
    case internalAuthentication
    /// SET SESSION KEY.
    case sessionKey
}

/// What kind of file lies under a name.
enum FileKind: Hashable, Sendable {
    /// Bytes, read by READ BINARY.
    case transparent(ReadRule)
    /// Records, read by READ RECORD.
    case records(ReadRule)
    /// A PIN with its counter.
    case pin(PinPurpose, PinChange)
    /// A reference that is blocked on every card.
    case blockedPin
    /// A private key.
    case key(KeyUse)
    /// A key that terminals use and this chip keeps for itself.
    case hiddenKey
}

/// One line of an application's table of files.
struct FileRule: Sendable {
    let file: FileID
    let kind: FileKind
    let note: String

    init(_ file: UInt16, _ kind: FileKind, _ note: String) {
        self.file = FileID(file)
        self.kind = kind
        self.note = note
    }
}

extension Application {
    /// Every file of the application. Source: README.md, Sources.
    var fileRules: [FileRule] {
        switch self {
        case .jpki: Self.jpkiFiles
        case .inputAssistance: Self.inputAssistanceFiles
        case .faceConfirmation: Self.faceConfirmationFiles
        case .residentRegister: Self.residentRegisterFiles
        case .common: Self.commonFiles
        }
    }

    /// Whether a command can select the file.
    func canSelect(_ file: FileID) -> Bool { file != .sessionKey && kind(of: file) != nil }

    /// The kind of a file, nil when the application has none of that name.
    func kind(of file: FileID) -> FileKind? {
        fileRules.first { $0.file == file }?.kind
    }

    private static let jpkiFiles = [
        FileRule(0x0001, .transparent(.after(0x001B)), "署名用電子証明書"),
        FileRule(0x0002, .transparent(.free), "署名用CA証明書"),
        FileRule(0x0006, .transparent(.free), "token information"),
        FileRule(0x0008, .transparent(.free), "which certificates are there"),
        FileRule(0x0009, .transparent(.never), "unknown, 16 bytes FF"),
        FileRule(0x000A, .transparent(.free), "利用者証明用電子証明書"),
        FileRule(0x000B, .transparent(.free), "利用者証明用CA証明書"),
        FileRule(0x0016, .hiddenKey, "key of the terminals' CA"),
        FileRule(0x0017, .key(.signature(after: FileID(0x0018))), "利用者証明用秘密鍵"),
        FileRule(0x0018, .pin(.authentication, .referenceData), "利用者証明用暗証番号"),
        FileRule(0x001A, .key(.signature(after: FileID(0x001B))), "署名用秘密鍵"),
        FileRule(0x001B, .pin(.signature, .referenceData), "署名用暗証番号"),
    ]

    private static let inputAssistanceFiles = [
        FileRule(0x0001, .transparent(.after(0x0011, 0x0014)), "個人番号"),
        FileRule(0x0002, .transparent(.after(0x0011, 0x0015)), "基本4情報"),
        FileRule(0x0003, .transparent(.after(0x0011, 0x0014, 0x0015)), "hashes of both, signed"),
        FileRule(0x0004, .transparent(.free), "certificate of the key that signed them"),
        FileRule(0x0005, .transparent(.free), "application information"),
        FileRule(0x0006, .transparent(.after(0x0011, 0x0014, 0x0015)), "public key for secure messaging"),
        FileRule(0x0007, .transparent(.after(0x0011, 0x0014, 0x0015)), "public key of the card, signed"),
        FileRule(0x0008, .transparent(.never), "unknown, 16 bytes FF"),
        FileRule(0x0011, .pin(.inputAssistance, .referenceData), "券面事項入力補助用暗証番号"),
        FileRule(0x0012, .blockedPin, "blocked on every card"),
        FileRule(0x0013, .key(.presence), "key of the card"),
        FileRule(0x0014, .pin(.checkNumberA, .never), "照合番号A"),
        FileRule(0x0015, .pin(.checkNumberB, .never), "照合番号B"),
        FileRule(FileID.sessionKey.rawValue, .key(.sessionKey), "key for secure messaging"),
    ]

    private static let faceConfirmationFiles = [
        FileRule(0x0001, .transparent(.after(0x0011)), "生年月日"),
        FileRule(0x0002, .transparent(.after(0x0012, 0x0013)), "券面"),
        FileRule(0x0003, .transparent(.free), "application information"),
        FileRule(0x0004, .transparent(.free), "certificate of the key that signed them"),
        FileRule(0x0005, .transparent(.after(0x0013)), "個人番号 as a picture"),
        FileRule(0x0006, .transparent(.after(0x0012, 0x0013)), "unknown"),
        FileRule(0x0011, .pin(.birthDate, .never), "生年月日"),
        FileRule(0x0012, .pin(.checkNumberB, .never), "照合番号B"),
        FileRule(0x0013, .pin(.checkNumberA, .never), "照合番号A"),
        FileRule(0x001A, .key(.presence), "key of the card"),
    ]

    private static let residentRegisterFiles = [
        FileRule(0x0002, .records(.free), "key reference"),
        FileRule(0x001C, .pin(.residentRegister, .changeKey), "住民基本台帳用暗証番号"),
    ]

    private static let commonFiles = [
        FileRule(0x0001, .records(.free), "serial number, municipality, expiry"),
        FileRule(0x0002, .records(.free), "key reference"),
        FileRule(0x0019, .key(.internalAuthentication), "key of the card"),
        FileRule(0x001C, .pin(.residentRegister, .changeKey), "住民基本台帳用暗証番号"),
    ]
}
