import Values

/// Whether a household or a child may be entered. Pure: knows what it is given, nothing else.
enum EntryDecision {
    /// The largest household that is entered at once.
    static let householdMembers = 50

    /// What speaks against a household's move-in, or nil.
    static func refusal(of moveIn: MoveIn, in municipality: MunicipalityCode, on today: CivilDate) -> RegistryError? {
        if moveIn.address.municipality != municipality { return .addressElsewhere }
        if moveIn.members.isEmpty || moveIn.members.count > householdMembers { return .householdSize }
        if moveIn.members.filter({ $0.relationship == .head }).count != 1 { return .headOfHousehold }
        if moveIn.movedOn > today { return .dateInFuture }
        if moveIn.members.contains(where: { $0.birthDate > moveIn.movedOn }) { return .bornAfterEvent }
        let codes = moveIn.members.compactMap(\.code)
        return Set(codes).count == codes.count ? nil : .codeTwice
    }

    /// What speaks against a child's entry, or nil. `household` is nil when the registry does not know it.
    static func refusal(of birth: Birth, household: Household?, on today: CivilDate) -> RegistryError? {
        if household == nil { return .unknownHousehold }
        if birth.child.relationship == .head { return .headOfHousehold }
        if birth.child.birthDate > today { return .dateInFuture }
        return birth.child.code == nil ? nil : .codeTwice
    }
}

/// A household's place.
struct Household {
    let id: HouseholdID
    let address: Address
}
