public import NumberValues
public import Values

/// セキュリティコード: the four digits printed on the face, part of 照合番号B.
public struct SecurityCode: Hashable, Sendable, Redacting {
    let digits: String

    /// Four ASCII digits. Throws `securityCodeFormat`.
    public init(_ text: String) throws(ChipError) {
        guard text.utf8.count == 4, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw ChipError(.securityCodeFormat)
        }
        digits = text
    }

    /// A random one.
    public static func random(using generator: inout some RandomNumberGenerator) -> SecurityCode {
        let number = Int.random(in: 0...9999, using: &generator)
        let digits = String(number)
        return SecurityCode(checked: String(repeating: "0", count: 4 - digits.count) + digits)
    }

    private init(checked digits: String) { self.digits = digits }

    /// The four digits, for the face of the card.
    public var disclosed: String { digits }
}

/// The pictures that the face application carries (券面の画像). The chip does not look into them.
public struct FacePictures: Hashable, Sendable, Redacting {
    /// 氏名, PNG with one bit per pixel.
    public let name: [UInt8]
    /// 住所, PNG with one bit per pixel.
    public let address: [UInt8]
    /// 個人番号, PNG with one bit per pixel.
    public let number: [UInt8]
    /// セキュリティコード, PNG with one bit per pixel.
    public let securityCode: [UInt8]
    /// 顔写真, JPEG 2000, grey; empty on a card without one.
    public let portrait: [UInt8]

    /// The pictures; together they must fit the file (32,767 bytes with the rest of it).
    public init(name: [UInt8], address: [UInt8], number: [UInt8], securityCode: [UInt8], portrait: [UInt8]) {
        self.name = name
        self.address = address
        self.number = number
        self.securityCode = securityCode
        self.portrait = portrait
    }
}

/// 券面記載事項: what is printed on a card and held in its applications for number, four items and face.
public struct CardInformation: Hashable, Sendable, Redacting {
    /// 個人番号.
    public let number: IndividualNumber
    /// 基本4情報.
    public let fourItems: FourItems
    /// The municipality that delivers the card.
    public let municipality: MunicipalityCode
    /// 有効期限 of the card.
    public let expiry: CivilDate
    /// セキュリティコード.
    public let securityCode: SecurityCode
    /// The pictures of the face.
    public let pictures: FacePictures

    /// The parts of one card.
    public init(
        number: IndividualNumber, fourItems: FourItems, municipality: MunicipalityCode, expiry: CivilDate,
        securityCode: SecurityCode, pictures: FacePictures
    ) {
        self.number = number
        self.fourItems = fourItems
        self.municipality = municipality
        self.expiry = expiry
        self.securityCode = securityCode
        self.pictures = pictures
    }

    /// 照合番号A: the Individual Number.
    public var checkNumberA: Pin {
        get throws(ChipError) { try Pin(number.disclosed(for: .cardChip), for: .checkNumberA) }
    }

    /// 照合番号B: birth date YYMMDD in the Japanese calendar, year of expiry, security code.
    public var checkNumberB: Pin {
        get throws(ChipError) {
            try Pin(
                fourItems.birthDate.eraDigits + String(expiry.compact.prefix(4)) + securityCode.digits,
                for: .checkNumberB)
        }
    }

    /// 生年月日: birth date YYMMDD in the Japanese calendar.
    public var birthDatePin: Pin {
        get throws(ChipError) { try Pin(fourItems.birthDate.eraDigits, for: .birthDate) }
    }
}

extension CivilDate {
    /// YYMMDD with the year of the era (Gregorian year's last two digits before 1873).
    fileprivate var eraDigits: String {
        let eraYear = JapaneseEra(of: self).map { year - $0.firstYear + 1 } ?? year % 100
        return [eraYear, month, day].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
    }
}
