public import ResidentRegistry
public import Values

/// One of the demo nation's invented persons, with a fate that does not change.
public struct Persona: Sendable {
    /// The name of her card file, lower-case ASCII.
    public let slug: String
    /// 氏名, as the register holds it.
    public let name: PersonName
    /// The name in Latin letters.
    public let latinName: String
    /// 生年月日, counted from the first day.
    public let birthDate: CivilDate
    /// 性別.
    public let sex: Sex
    /// 続柄.
    public let relationship: Relationship
    /// Japanese or foreign resident.
    public let citizenship: Citizenship
    /// Annual salary that her local tax follows, in yen; nil for one without a tax record.
    public let salary: Int?
    /// What has happened to her on the first day.
    public let fate: Fate
    /// One line for who looks for somebody to try, in both languages.
    public let storyJapanese: String
    /// The same line in English.
    public let storyEnglish: String
}

/// What has happened to a persona on the nation's first day.
public enum Fate: String, Sendable, Codable {
    case ordinary
    /// Enters the register by birth a few days before the first day; no card yet.
    case newborn
    /// Her card's 4-digit PIN was typed wrongly three times.
    case pinLocked
    /// His certificate's last day is tomorrow.
    case certificateExpiresTomorrow
    /// Under a protection measure (支援措置): her copies are not shown (不開示).
    case notDisclosed
}

/// Persons who live together at one address.
public struct DemoHousehold: Sendable {
    /// Where the household lives.
    public let municipality: MunicipalityCode
    /// 住所.
    public let address: String
    /// The head first.
    public let members: [Persona]
    /// How many days before the nation's first day they moved in.
    public let movedInDaysBefore: Int
}
