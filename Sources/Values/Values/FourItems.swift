/// 基本4情報: name, address, birth date and sex, by which the register knows a person.
///
/// Personal data: shown only through its fields.
public struct FourItems: Hashable, Sendable, Codable, Redacting {
    /// 氏名.
    public let name: PersonName
    /// 住所.
    public let address: Address
    /// 生年月日.
    public let birthDate: CivilDate
    /// 性別.
    public let sex: Sex

    /// The four items of one person.
    public init(name: PersonName, address: Address, birthDate: CivilDate, sex: Sex) {
        self.name = name
        self.address = address
        self.birthDate = birthDate
        self.sex = sex
    }

    /// One of the four.
    public enum Item: String, Hashable, Sendable, Codable, CaseIterable {
        case name
        case address
        case birthDate = "birth-date"
        case sex
    }

    /// Which items differ, spellings set aside (`PersonName.matches`, `Address.matches`). Any item that differs ends a
    /// signing certificate (公的個人認証法 art. 13).
    public func differences(from other: FourItems) -> Set<Item> {
        var items: Set<Item> = []
        if !name.matches(other.name) { items.insert(.name) }
        if !address.matches(other.address) { items.insert(.address) }
        if birthDate != other.birthDate { items.insert(.birthDate) }
        if sex != other.sex { items.insert(.sex) }
        return items
    }
}
