public import Values

/// A secret that opens something on the card (暗証番号, 照合番号).
///
/// Source: README.md, Sources (commands).
public enum PinPurpose: String, CaseIterable, Hashable, Sendable {
    /// 利用者証明用電子証明書の暗証番号: 4 digits, 3 tries.
    case authentication
    /// 署名用電子証明書の暗証番号: 6 to 16 capital letters and digits, 5 tries.
    case signature
    /// 券面事項入力補助用の暗証番号: 4 digits, 3 tries.
    case inputAssistance
    /// 住民基本台帳用の暗証番号: 4 digits, 3 tries; kept by two applications.
    case residentRegister
    /// 照合番号A: the Individual Number, 12 digits, 10 tries.
    case checkNumberA
    /// 照合番号B: birth date, year of expiry and security code, 14 digits, 10 tries.
    case checkNumberB
    /// 生年月日: birth date in the Japanese calendar, YYMMDD, 10 tries.
    case birthDate

    /// How many wrong tries in a row lock it.
    public var tries: Int {
        switch self {
        case .authentication, .inputAssistance, .residentRegister: 3
        case .signature: 5
        case .checkNumberA, .checkNumberB, .birthDate: 10
        }
    }

    /// How many characters it has.
    public var lengths: ClosedRange<Int> {
        switch self {
        case .authentication, .inputAssistance, .residentRegister: 4...4
        case .signature: 6...16
        case .checkNumberA: 12...12
        case .checkNumberB: 14...14
        case .birthDate: 6...6
        }
    }

    /// Whether these bytes have the shape of such a secret.
    func accepts(_ bytes: [UInt8]) -> Bool {
        lengths.contains(bytes.count)
            && bytes.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (self == .signature && (0x41...0x5A).contains(byte))
            }
    }
}

/// What a person types to open something on the card. It never shows itself.
public struct Pin: Sendable, Hashable, Redacting {
    /// What it opens.
    public let purpose: PinPurpose
    private let characters: [UInt8]

    /// Reads what was typed: full-width letters and digits become ASCII, spaces around it go away, and letters of the
    /// signature password become capitals (the card compares capitals). Throws when the shape is wrong.
    public init(_ text: String, for purpose: PinPurpose) throws(ChipError) {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars where !Self.spaces.contains(scalar) {
            guard let byte = Self.ascii(scalar) else { throw ChipError(.pinFormat) }
            bytes.append((0x61...0x7A).contains(byte) ? byte - 0x20 : byte)
        }
        guard purpose.accepts(bytes) else { throw ChipError(.pinFormat) }
        self.purpose = purpose
        self.characters = bytes
    }

    private static let spaces: Set<Unicode.Scalar> = [" ", "\u{3000}", "\t", "\r", "\n"]

    private static func ascii(_ scalar: Unicode.Scalar) -> UInt8? {
        let value = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
        return value < 0x7F ? UInt8(value) : nil
    }

    /// The characters, for a VERIFY command or for writing them to the chip; never for a log or a page.
    public var disclosed: [UInt8] { characters }

    /// Whether it may be set as a new secret: a signature password holds letters and digits both.
    public var mayBeSet: Bool {
        guard purpose == .signature else { return true }
        return characters.contains { $0 >= 0x41 } && characters.contains { $0 < 0x41 }
    }
}
