/// Whether a field must be answered, said in words and never by a bare asterisk (ui rule U3).
public enum Need: Sendable {
    /// ※必須
    case required
    /// ※任意
    case optional
    /// Said nowhere: a page with a single question, a search.
    case unmarked

    var html: HTML {
        switch self {
        case .required: .fragment([.text(" "), el(.span, .class("need need-required")) { ComponentTexts.required }])
        case .optional: .fragment([.text(" "), el(.span, .class("need")) { ComponentTexts.optional }])
        case .unmarked: .fragment([])
        }
    }
}

/// What a field's label is on its page.
public enum LabelRole: Sendable {
    /// One label among others.
    case label
    /// The page asks only this: the label is the `h1` (ui rule U2).
    case pageHeading
}

/// What must be corrected in one field (入力エラー); the same words stand beside the field and in the summary.
public struct FieldError: Sendable {
    /// The name of the field that must be corrected; for a date, of its wrong part.
    public let field: String
    /// What to do, as a sentence.
    public let message: Text

    /// An error of a field.
    public init(_ field: String, _ message: Text) {
        self.field = field
        self.message = message
    }
}

extension [FieldError] {
    /// The message of a field, if it has an error.
    public func message(for field: String) -> Text? { first { $0.field == field }?.message }
}

/// What label, support text and error have in common in all fields: their ids and their markup.
struct ControlParts: Sendable {
    let name: String
    let support: Text?
    let error: Text?

    var id: String { "field-\(name)" }
    var errorID: String { "\(id)-error" }
    var supportID: String { "\(id)-support" }

    /// `aria-describedby`: the error first, then the support text (ui rule U7).
    var describedBy: Attribute? {
        let ids = [error.map { _ in errorID }, support.map { _ in supportID }].compactMap { $0 }
        return ids.isEmpty ? nil : .ariaDescribedBy(ids.joined(separator: " "))
    }

    var invalid: Attribute? { error == nil ? nil : .named("aria-invalid", "true") }

    var supportHTML: HTML? {
        support.map { support in el(.p, .class("support"), .id(supportID)) { support } }
    }

    var errorHTML: HTML? {
        error.map { error in
            el(.p, .class("field-error"), .id(errorID)) {
                el(.span, .class("visually-hidden")) { LayoutTexts.errorPrefix }
                error
            }
        }
    }

    func label(_ text: Text, _ need: Need, _ role: LabelRole) -> HTML {
        let label = el(.label, .class("label"), .for(id)) {
            text
            need.html
        }
        return switch role {
        case .label: el(.div, .class("label-line")) { label }
        case .pageHeading: el(.h1, .class("label-heading")) { label }
        }
    }

    func legend(_ text: Text, _ need: Need, _ role: LabelRole) -> HTML {
        el(.legend, .class("label")) {
            switch role {
            case .label:
                text
                need.html
            case .pageHeading:
                el(.h1, .class("label-heading")) {
                    text
                    need.html
                }
            }
        }
    }

    var groupClass: Attribute { .class(error == nil ? "field" : "field field-invalid") }
}

/// The words of the components.
enum ComponentTexts {
    static let required = Text(ja: "※必須", en: "(required)")
    static let optional = Text(ja: "※任意", en: "(optional)")
    static let errorHeading = Text(ja: "入力内容に問題があります", en: "There is a problem")
    static let year = Text(ja: "年", en: "Year")
    static let month = Text(ja: "月", en: "Month")
    static let day = Text(ja: "日", en: "Day")
    static let change = Text(ja: "変更", en: "Change")
    static let notEntered = Text(ja: "未入力", en: "Not entered")
    static func changeHidden(_ key: Text) -> Text { Text(ja: "（\(key.ja)）", en: " \(key.en)") }
    static func bannerKind(_ kind: Banner.Kind) -> Text {
        switch kind {
        case .information: Text(ja: "お知らせ", en: "Information")
        case .success: Text(ja: "完了", en: "Success")
        case .warning: Text(ja: "注意", en: "Warning")
        case .error: Text(ja: "エラー", en: "Error")
        }
    }
}
