public import NumberValues
public import Values

public enum ResidentKind {}
/// The registry's own id of a resident.
public typealias ResidentID = Identifier<ResidentKind>
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
    public let id: ResidentID
    public let household: HouseholdID
    public let code: ResidentCode
    /// Absent until the number authority has assigned it.
    public let number: IndividualNumber?
    public let items: FourItems
    public let relationship: Relationship
    public let citizenship: Citizenship
    /// 住民となった年月日.
    public let residentSince: CivilDate
}

/// A person who is to be entered.
public struct NewResident: Sendable, Redacting {
    public let name: PersonName
    public let birthDate: CivilDate
    public let sex: Sex
    public let relationship: Relationship
    public let citizenship: Citizenship
    /// The code that the person has from an earlier municipality (転出証明書), if she has one.
    public let code: ResidentCode?

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
    public let address: Address
    public let members: [NewResident]
    /// 転入をした年月日.
    public let movedOn: CivilDate

    public init(address: Address, members: [NewResident], movedOn: CivilDate) {
        self.address = address
        self.members = members
        self.movedOn = movedOn
    }
}

/// A child born into a household (出生; 戸籍法49条, 住民基本台帳法8条).
public struct Birth: Sendable {
    public let household: HouseholdID
    public let child: NewResident

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
