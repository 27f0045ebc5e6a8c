import ResidentRegistry
import Values

/// The demo nation's households. Invented; any likeness to living persons is chance.
enum DemoPersonas {
    /// The PIN and the password of every demo card, as every test card has had.
    static let pin = "1234"
    static let password = "ABC123"

    /// The households on a nation whose first day is `day`: ages are counted from it, so fates stay what they are.
    static func households(on day: CivilDate) throws -> [DemoHousehold] {
        try [madono(day), kuzuki(day), shioiri(day), kirishima(day), smith(day), misaki(day)]
    }

    private static func madono(_ day: CivilDate) throws -> DemoHousehold {
        try DemoHousehold(
            municipality: DemoConfiguration.shiomi, address: "窓口県汐見市窓辺一丁目2番3号",
            members: [
                Builder("taro", "窓野", "太郎", "マドノ", "タロウ", "MADONO TARO").born(46, day).of(.male).as(.head)
                    .earning(6_200_000).told("会社員。花子の夫", "An employee; Hanako's husband").persona(),
                Builder("hanako", "窓野", "花子", "マドノ", "ハナコ", "MADONO HANAKO").born(42, day).of(.female)
                    .as(.spouse).earning(4_150_000).told("最初に試す人", "The one to try first").persona(),
                Builder("hikari", "窓野", "ひかり", "マドノ", "ヒカリ", "MADONO HIKARI").born(17, day).of(.female)
                    .as(.child).told("高校生。税の記録はない", "A student; no tax record").persona(),
                Builder("tsumugi", "窓野", "つむぎ", "マドノ", "ツムギ", "MADONO TSUMUGI").born(daysOld: 9, day)
                    .of(.female).as(.child).fated(.newborn)
                    .told("先週生まれた。カードはまだない", "Born last week; no card yet").persona(),
            ], movedInDaysBefore: 30)
    }

    private static func kuzuki(_ day: CivilDate) throws -> DemoHousehold {
        // 葛 with the selector of the Moji_Joho collection, as government fonts have it.
        try DemoHousehold(
            municipality: DemoConfiguration.shiomi, address: "窓口県汐見市灯台四丁目10番1-502号",
            members: [
                Builder("makoto", "葛\u{E0102}木", "誠", "クズキ", "マコト", "KUZUKI MAKOTO")
                    .bornWithBirthdayTomorrow(38, day).of(.male).as(.head).earning(5_480_000)
                    .fated(.certificateExpiresTomorrow)
                    .told("証明書は明日まで。氏に異体字", "Certificate ends tomorrow; a variant character in the name")
                    .persona()
            ], movedInDaysBefore: DemoNation.daysSinceFirstCard)
    }

    private static func shioiri(_ day: CivilDate) throws -> DemoHousehold {
        try DemoHousehold(
            municipality: DemoConfiguration.shiomi, address: "窓口県汐見市浜通5番地",
            members: [
                Builder("shizuka", "汐入", "静", "シオイリ", "シズカ", "SHIOIRI SHIZUKA").born(77, day).of(.female)
                    .as(.head).earning(0).fated(.pinLocked)
                    .told("夫を亡くした。暗証番号がロックされている", "A widow; her PIN is locked").persona(),
                Builder("tome", "百瀬", "トメ", "モモセ", "トメ", "MOMOSE TOME").born(101, day).of(.female).as(.parent)
                    .told("百一歳。静の母", "A hundred and one; Shizuka's mother").persona(),
            ], movedInDaysBefore: 30)
    }

    private static func kirishima(_ day: CivilDate) throws -> DemoHousehold {
        try DemoHousehold(
            municipality: DemoConfiguration.shiomi, address: "窓口県汐見市岬町9番地2",
            members: [
                Builder("haruka", "霧島", "遥", "キリシマ", "ハルカ", "KIRISHIMA HARUKA").born(34, day).of(.female)
                    .as(.head).earning(3_300_000).fated(.notDisclosed)
                    .told("支援措置を受けている。情報は不開示", "Under protection; nothing is disclosed").persona()
            ], movedInDaysBefore: 30)
    }

    private static func smith(_ day: CivilDate) throws -> DemoHousehold {
        try DemoHousehold(
            municipality: DemoConfiguration.kasumino, address: "窓口県霞野町大字原21番地",
            members: [
                Builder("alex", "スミス", "アレックス", "スミス", "アレックス", "SMITH ALEX").born(29, day).of(.male)
                    .as(.head).foreign().earning(4_800_000).told("外国人住民", "A foreign resident").persona()
            ], movedInDaysBefore: 30)
    }

    private static func misaki(_ day: CivilDate) throws -> DemoHousehold {
        try DemoHousehold(
            municipality: DemoConfiguration.kasumino, address: "窓口県霞野町若葉台3番8号",
            members: [
                Builder("daisuke", "岬", "大輔", "ミサキ", "ダイスケ", "MISAKI DAISUKE").born(39, day).of(.male)
                    .as(.head).earning(5_900_000).told("先月転入した", "Moved in last month").persona(),
                Builder("madoka", "岬", "まどか", "ミサキ", "マドカ", "MISAKI MADOKA").born(37, day).of(.female)
                    .as(.spouse).earning(980_000).told("先月転入した", "Moved in last month").persona(),
                Builder("minato", "岬", "湊", "ミサキ", "ミナト", "MISAKI MINATO").born(6, day).of(.male).as(.child)
                    .told("小学一年生。署名用証明書はない", "A first-grader; no certificate for signing").persona(),
            ], movedInDaysBefore: 28)
    }
}

/// Writes a persona down in a few words.
private struct Builder {
    private let slug: String
    private let name: PersonName
    private let latin: String
    private var birthDate: CivilDate?
    private var sex = Sex.unknown
    private var relationship = Relationship.head
    private var citizenship = Citizenship.japanese
    private var salary: Int?
    private var fate = Fate.ordinary
    private var story = ("", "")

    init(
        _ slug: String, _ family: String, _ given: String, _ familyKana: String, _ givenKana: String, _ latin: String
    ) throws {
        self.slug = slug
        self.latin = latin
        name = try PersonName(
            family: family, given: given, familyKana: familyKana, givenKana: givenKana, latin: latin)
    }

    private func with(_ change: (inout Builder) -> Void) -> Builder {
        var copy = self
        change(&copy)
        return copy
    }

    /// So many years old, with a birthday some months before the first day that is the persona's own.
    func born(_ years: Int, _ day: CivilDate) -> Builder {
        let before = 60 + slug.utf8.reduce(0) { ($0 * 7 + Int($1)) % 240 }
        let birthday = day.adding(days: -before)
        return with {
            $0.birthDate = try? CivilDate(
                year: birthday.year - years, month: birthday.month, day: min(birthday.day, 28))
        }
    }

    func born(daysOld days: Int, _ day: CivilDate) -> Builder { with { $0.birthDate = day.adding(days: -days) } }

    /// Turns so many years old tomorrow.
    func bornWithBirthdayTomorrow(_ years: Int, _ day: CivilDate) -> Builder {
        let tomorrow = day.adding(days: 1)
        return with {
            $0.birthDate = try? CivilDate(
                year: tomorrow.year - years, month: tomorrow.month, day: min(tomorrow.day, 28))
        }
    }

    func of(_ sex: Sex) -> Builder { with { $0.sex = sex } }
    func `as`(_ relationship: Relationship) -> Builder { with { $0.relationship = relationship } }
    func foreign() -> Builder { with { $0.citizenship = .foreign } }
    func earning(_ salary: Int) -> Builder { with { $0.salary = salary } }
    func fated(_ fate: Fate) -> Builder { with { $0.fate = fate } }
    func told(_ japanese: String, _ english: String) -> Builder { with { $0.story = (japanese, english) } }

    func persona() throws -> Persona {
        guard let birthDate else { throw DemoNationError.personaIncomplete(slug) }
        return Persona(
            slug: slug, name: name, latinName: latin, birthDate: birthDate, sex: sex, relationship: relationship,
            citizenship: citizenship, salary: salary, fate: fate, storyJapanese: story.0, storyEnglish: story.1)
    }
}

/// What is wrong with the demo nation's own data: a mistake of its author.
public enum DemoNationError: Error, Equatable, Sendable {
    case personaIncomplete(String)
    case institutionMissing
    case numberMissing
}
