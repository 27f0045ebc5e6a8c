/// How strongly a button asks to be pressed; one filled button per page (ui rule U2).
public enum ButtonLook: String, Sendable {
    /// The page's one main act.
    case filled = "button button-filled"
    /// Another act.
    case outlined = "button button-outlined"
    /// A quiet act, such as signing out.
    case plain = "button button-plain"
}

/// A form that posts to this site (フォーム): it always carries the form token, and the server does all validation.
public struct PostForm: Component {
    private let target: String
    private let content: HTML

    /// A form that posts its fields to a path.
    public init(to target: String, @HTMLBuilder content: () -> [HTML]) {
        self.target = target
        self.content = .fragment(content())
    }

    /// The markup.
    public var html: HTML {
        el(.form, .method("post"), .action(target), .present("novalidate")) {
            HTML.formToken
            content
        }
    }
}

/// A button that sends its form (ボタン). Its words name the act.
public struct SubmitButton: Component {
    private let text: Text
    private let look: ButtonLook
    private let answer: (name: String, value: String)?

    /// A button; with `name` and `value` it says which of several was pressed.
    public init(_ text: Text, look: ButtonLook = .filled, name: String? = nil, value: String = "") {
        self.text = text
        self.look = look
        answer = name.map { ($0, value) }
    }

    /// The markup.
    public var html: HTML {
        el(
            .button, .class(look.rawValue), .type("submit"), answer.map { .name($0.name) },
            answer.map { .value($0.value) }
        ) { text }
    }
}

/// A link that looks like a button: the start of a service.
public struct LinkButton: Component {
    private let text: Text
    private let target: String
    private let look: ButtonLook

    /// A link to a target.
    public init(_ text: Text, target: String, look: ButtonLook = .filled) {
        self.text = text
        self.target = target
        self.look = look
    }

    /// The markup.
    public var html: HTML { el(.a, .class(look.rawValue), .href(target)) { text } }
}

/// A hidden field of a form. Its value is visible to the reader and may be changed by anyone: no trust in it.
public struct HiddenField: Component {
    private let name: String
    private let value: String

    /// A hidden field.
    public init(_ name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// The markup.
    public var html: HTML { el(.input, .type("hidden"), .name(name), .value(value)) }
}
