/// The two languages (言語) in which every page exists.
public enum Language: String, CaseIterable, Hashable, Sendable {
    /// Japanese (日本語), the language of record and the default.
    case ja
    /// English.
    case en

    /// The language's name in that language itself, as the language links show it.
    public var ownName: String {
        switch self {
        case .ja: "日本語"
        case .en: "English"
        }
    }
}

/// A text in both languages (対訳). A catalogue is a set of such values, so a missing translation does not compile.
///
/// Texts with parameters are functions:
/// `static func due(_ day: String) -> Text { Text(ja: "\(day)まで", en: "Due \(day)") }`.
public struct Text: Hashable, Sendable {
    /// The Japanese text.
    public let ja: String
    /// The English text.
    public let en: String

    /// A text from its two versions.
    public init(ja: String, en: String) {
        self.ja = ja
        self.en = en
    }

    /// A text that is the same in both languages: a number, a code, a proper name as its owner typed it.
    public init(same text: String) {
        self.init(ja: text, en: text)
    }

    /// The version in one language.
    public subscript(language: Language) -> String {
        switch language {
        case .ja: ja
        case .en: en
        }
    }

    /// Two texts, one after the other, each in its language.
    public static func + (left: Text, right: Text) -> Text {
        Text(ja: left.ja + right.ja, en: left.en + right.en)
    }
}
