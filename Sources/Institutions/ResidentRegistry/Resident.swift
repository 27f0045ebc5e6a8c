public import NumberValues
public import Values

/// Phantom of a resident's id.
public enum ResidentKind {}
/// The registry's own id of a resident.
public typealias ResidentID = Identifier<ResidentKind>
/// Phantom of a household's id.
public enum HouseholdKind {}
/// The registry's own id of a household (世帯).
public typealias HouseholdID = Identifier<HouseholdKind>

/// How a resident stands to the head of the household (続柄; 住民基本台帳法7条4号).
public enum Relationship: String, Codable, Sendable, CaseIterable {
    /// 世帯主.
    case head
    /// 夫・妻.
    case spouse
    /// 子.
    case child
    /// 父・母.
    case parent
    /// 祖父・祖母.
    case grandparent
    /// 同居人.
    case cohabitant
}

/// Which residents' matters the record follows (住民基本台帳法30条の45).
public enum Citizenship: String, Codable, Sendable, CaseIterable {
    /// 日本人住民.
    case japanese
    /// 外国人住民.
    case foreign
}

/// A resident as the register holds her (住民票; 住民基本台帳法7条).
public struct Resident: Sendable, Redacting {
    /// The registry's own id.
    public let id: ResidentID
    /// The household to which the resident belongs.
    public let household: HouseholdID
    /// 住民票コード.
    public let code: ResidentCode
    /// Absent until the number authority has assigned it.
    public let number: IndividualNumber?
    /// Name, address, birth date and sex (基本4情報).
    public let items: FourItems
    /// 続柄 to the household's head.
    public let relationship: Relationship
    /// 日本人住民 or 外国人住民.
    public let citizenship: Citizenship
    /// 住民となった年月日.
    public let residentSince: CivilDate
}

/// A person who is to be entered.
public struct NewResident: Sendable, Redacting {
    /// 氏名.
    public let name: PersonName
    /// 生年月日.
    public let birthDate: CivilDate
    /// 性別.
    public let sex: Sex
    /// 続柄 to the household's head.
    public let relationship: Relationship
    /// 日本人住民 or 外国人住民.
    public let citizenship: Citizenship
    /// The code that the person has from an earlier municipality (転出証明書), if she has one.
    public let code: ResidentCode?

    /// A person with a code, or without one: then the registry draws it.
    public init(
        name: PersonName, birthDate: CivilDate, sex: Sex, relationship: Relationship,
        citizenship: Citizenship = .japanese, code: ResidentCode? = nil
    ) {
        self.name = name
        self.birthDate = birthDate
        self.sex = sex
        self.relationship = relationship
        self.citizenship = citizenship
        self.code = code
    }

    func items(at address: Address) -> FourItems {
        FourItems(name: name, address: address, birthDate: birthDate, sex: sex)
    }
}

/// A household that moves in (転入; 住民基本台帳法22条).
public struct MoveIn: Sendable {
    /// Where the household lives from now on.
    public let address: Address
    /// Its members, exactly one of them the head.
    public let members: [NewResident]
    /// 転入をした年月日.
    public let movedOn: CivilDate

    /// That household.
    public init(address: Address, members: [NewResident], movedOn: CivilDate) {
        self.address = address
        self.members = members
        self.movedOn = movedOn
    }
}

/// A child born into a household (出生; 戸籍法49条, 住民基本台帳法8条).
public struct Birth: Sendable {
    /// The household into which the child is born.
    public let household: HouseholdID
    /// The child; has no code yet.
    public let child: NewResident

    /// That child in that household.
    public init(household: HouseholdID, child: NewResident) {
        self.household = household
        self.child = child
    }
}

/// What happened to a resident's record (異動事由).
public enum RegistryEvent: String, Sendable {
    case birth
    case moveIn = "move-in"
    /// The number authority answered.
    case numberAssigned = "number-assigned"
}
