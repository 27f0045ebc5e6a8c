/// A field for one line of text (テキスト入力). No placeholder, no pattern, never disabled (ui rules U4, U5).
public struct TextField: Component {
    /// What is typed.
    public enum Kind: Sendable {
        /// Any text.
        case text
        /// Digits as text, with a numeric keyboard (ui rule U8).
        case digits
        /// A secret: never shown again.
        case password
        /// Digits that are a secret: a PIN.
        case secretDigits
        /// An e-mail address.
        case email
        /// A telephone number.
        case telephone
    }

    /// How wide the field is: it fits the expected answer.
    public enum Width: String, Sendable {
        /// About 4 characters.
        case characters4 = "width-4"
        /// About 8 characters.
        case characters8 = "width-8"
        /// About 16 characters.
        case characters16 = "width-16"
        /// As wide as the text.
        case full = "width-full"
    }

    /// The name under which the form sends the answer; letters, digits and hyphens.
    public var name: String
    /// The question, in words.
    public var label: Text
    /// Whether an answer is needed.
    public var need: Need
    /// Conditions and an example, above the field.
    public var support: Text?
    /// What is typed.
    public var kind: Kind
    /// How wide the field is.
    public var width: Width
    /// The answer as typed; ignored for secrets.
    public var value: String
    /// What to do about the answer, under the field.
    public var error: Text?
    /// What the label is on its page.
    public var role: LabelRole
    /// The purpose for the browser's own memory (HTML `autocomplete`); `off` for secrets unless told.
    public var autocomplete: String?

    /// A field for one line.
    public init(
        _ name: String, label: Text, need: Need = .required, support: Text? = nil, kind: Kind = .text,
        width: Width = .full, value: String = "", error: Text? = nil, role: LabelRole = .label,
        autocomplete: String? = nil
    ) {
        self.name = name
        self.label = label
        self.need = need
        self.support = support
        self.kind = kind
        self.width = width
        self.value = value
        self.error = error
        self.role = role
        self.autocomplete = autocomplete
    }

    /// The markup.
    public var html: HTML {
        let parts = ControlParts(name: name, support: support, error: error)
        return el(.div, parts.groupClass) {
            parts.label(label, need, role)
            parts.supportHTML
            el(
                .input, .class("input \(width.rawValue)"), .type(inputType), .id(parts.id), .name(name),
                isSecret ? nil : .value(value), inputMode, .named("spellcheck", "false"),
                completion, parts.describedBy, parts.invalid)
            parts.errorHTML
        }
    }

    private var isSecret: Bool {
        switch kind {
        case .password, .secretDigits: true
        case .text, .digits, .email, .telephone: false
        }
    }

    private var inputType: String {
        switch kind {
        case .text, .digits: "text"
        case .password, .secretDigits: "password"
        case .email: "email"
        case .telephone: "tel"
        }
    }

    private var inputMode: Attribute? {
        switch kind {
        case .digits, .secretDigits: .named("inputmode", "numeric")
        case .text, .password, .email, .telephone: nil
        }
    }

    private var completion: Attribute? {
        (autocomplete ?? (isSecret ? "off" : nil)).map { .named("autocomplete", $0) }
    }
}

/// A field for several lines (テキストエリア).
public struct TextArea: Component {
    /// The name under which the form sends the answer; letters, digits and hyphens.
    public var name: String
    /// The question, in words.
    public var label: Text
    /// Whether an answer is needed.
    public var need: Need
    /// Conditions and an example, above the field.
    public var support: Text?
    /// How many lines are shown.
    public var rows: Int
    /// The answer as typed.
    public var value: String
    /// What to do about the answer, under the field.
    public var error: Text?
    /// What the label is on its page.
    public var role: LabelRole

    /// A field for several lines.
    public init(
        _ name: String, label: Text, need: Need = .required, support: Text? = nil, rows: Int = 5,
        value: String = "", error: Text? = nil, role: LabelRole = .label
    ) {
        self.name = name
        self.label = label
        self.need = need
        self.support = support
        self.rows = rows
        self.value = value
        self.error = error
        self.role = role
    }

    /// The markup.
    public var html: HTML {
        let parts = ControlParts(name: name, support: support, error: error)
        return el(.div, parts.groupClass) {
            parts.label(label, need, role)
            parts.supportHTML
            el(
                .textarea, .class("input width-full"), .id(parts.id), .name(name), .named("rows", "\(rows)"),
                parts.describedBy, parts.invalid
            ) { value }
            parts.errorHTML
        }
    }
}

/// A date in three fields, year, month, day (日付; ui rule U9). Their names are `name-year`, `name-month`, `name-day`.
public struct DateField: Component {
    /// A part of the date.
    public enum Part: String, CaseIterable, Sendable {
        case year, month, day

        var label: Text {
            switch self {
            case .year: ComponentTexts.year
            case .month: ComponentTexts.month
            case .day: ComponentTexts.day
            }
        }

        /// The name of the part's field.
        public func name(in field: String) -> String { "\(field)-\(rawValue)" }
    }

    /// The name under which the form sends the answer; letters, digits and hyphens.
    public var name: String
    /// The question, in words.
    public var legend: Text
    /// Whether an answer is needed.
    public var need: Need
    /// States the calendar and gives a valid example.
    public var support: Text?
    /// The parts as typed.
    public var values: [Part: String]
    /// What to do about the answer, under the field.
    public var error: Text?
    /// The part that is wrong.
    public var wrongPart: Part
    /// What the label is on its page.
    public var role: LabelRole
    /// Whether it is the reader's own birthday, which browsers know.
    public var purpose: Purpose

    /// What the date is for.
    public enum Purpose: Sendable {
        /// The reader's own date of birth.
        case birthday
        /// Any other.
        case other
    }

    /// A date.
    public init(
        _ name: String, legend: Text, need: Need = .required, support: Text?, values: [Part: String] = [:],
        error: Text? = nil, wrongPart: Part = .year, role: LabelRole = .label, purpose: Purpose = .other
    ) {
        self.name = name
        self.legend = legend
        self.need = need
        self.support = support
        self.values = values
        self.error = error
        self.wrongPart = wrongPart
        self.role = role
        self.purpose = purpose
    }

    /// The markup.
    public var html: HTML {
        let parts = ControlParts(name: name, support: support, error: error)
        return el(.fieldset, parts.groupClass, parts.describedBy) {
            parts.legend(legend, need, role)
            parts.supportHTML
            el(.div, .class("date-parts")) {
                for part in Part.allCases { input(part) }
            }
            parts.errorHTML
        }
    }

    private func input(_ part: Part) -> HTML {
        let partName = part.name(in: name)
        let isWrong = error != nil && part == wrongPart
        return el(.div, .class("date-part")) {
            el(.label, .for("field-\(partName)")) { part.label }
            el(
                .input, .class("input date-\(part.rawValue)"), .type("text"), .id("field-\(partName)"), .name(partName),
                .value(values[part] ?? ""), .named("inputmode", "numeric"), .named("spellcheck", "false"),
                purpose == .birthday ? .named("autocomplete", "bday-\(part.rawValue)") : nil,
                isWrong ? .named("aria-invalid", "true") : nil,
                isWrong ? .ariaDescribedBy(ControlParts(name: name, support: support, error: error).errorID) : nil)
        }
    }
}
