/// A piece of a page: the one concrete node type of the kit.
///
/// Every string is escaped when it is rendered. A node holds both languages; `render(_:)` chooses one.
public indirect enum HTML: Sendable {
    /// An element with its attributes, in the order written, and its content.
    case element(HTMLTag, [Attribute], [HTML])
    /// A text that is the same in both languages.
    case text(String)
    /// A text in the page's language.
    case bilingual(Text)
    /// A text that stays in its own language, marked with `lang` where the page is in the other one.
    case foreign(Language, String)
    /// Several nodes in a row.
    case fragment([HTML])
    /// The hidden field that carries the form token of the request (`FormToken`); nothing when there is none.
    case formToken
    /// Markup written in our own source and never escaped. A `StaticString` cannot hold input.
    case verbatim(StaticString)
}

/// The elements that the kit knows. `script` and `style` are absent: their content is not escaped by HTML's rules.
public enum HTMLTag: String, CaseIterable, Sendable {
    case html, head, meta, title, link, body, header, footer, main, nav, section, div, span
    case h1, h2, h3, h4, p, a, ul, ol, li, dl, dt, dd, strong, em, small, abbr, time, code, pre, br, hr, img
    case form, label, input, button, select, option, textarea, fieldset, legend
    case table, caption, thead, tbody, tr, th, td, details, summary, figure, figcaption

    /// Elements that have no content and no end tag (HTML standard, "void elements").
    var isVoid: Bool { [.meta, .link, .br, .hr, .img, .input].contains(self) }

    /// Elements inside a line; around all others a line break changes nothing that is seen.
    private var isInline: Bool {
        [.span, .a, .strong, .em, .small, .abbr, .time, .code, .br, .img, .label, .input, .button].contains(self)
            || [.select, .textarea, .pre].contains(self)
    }

    /// Whether a line break after the end tag is harmless; it keeps snapshots readable.
    var endsLine: Bool { !isInline }
}

/// An attribute of an element. Names come from source, values are escaped.
public struct Attribute: Sendable {
    enum Value: Sendable { case text(String), bilingual(Text), present }

    let name: StaticString
    let value: Value

    /// An attribute by name, for those without a function of their own (`data-…`).
    public static func named(_ name: StaticString, _ value: String) -> Attribute {
        Attribute(name: name, value: .text(value))
    }

    /// An attribute whose value is read by people, in the page's language.
    public static func named(_ name: StaticString, _ value: Text) -> Attribute {
        Attribute(name: name, value: .bilingual(value))
    }

    /// An attribute that is true by being there (`checked`).
    public static func present(_ name: StaticString) -> Attribute { Attribute(name: name, value: .present) }

    // The attributes by their HTML names.

    /// The attribute `class`.
    public static func `class`(_ value: String) -> Attribute { named("class", value) }
    /// The attribute `id`.
    public static func id(_ value: String) -> Attribute { named("id", value) }
    /// The attribute `name`.
    public static func name(_ value: String) -> Attribute { named("name", value) }
    /// The attribute `value`.
    public static func value(_ value: String) -> Attribute { named("value", value) }
    /// The attribute `type`.
    public static func type(_ value: String) -> Attribute { named("type", value) }
    /// The attribute `for`.
    public static func `for`(_ id: String) -> Attribute { named("for", id) }
    /// The attribute `role`.
    public static func role(_ value: String) -> Attribute { named("role", value) }
    /// The attribute `lang`.
    public static func lang(_ value: Language) -> Attribute { named("lang", value.rawValue) }
    /// The attribute `hreflang`.
    public static func hreflang(_ value: Language) -> Attribute { named("hreflang", value.rawValue) }
    /// The attribute `datetime`.
    public static func datetime(_ value: String) -> Attribute { named("datetime", value) }
    /// The attribute `scope`.
    public static func scope(_ value: String) -> Attribute { named("scope", value) }
    /// The attribute `method`.
    public static func method(_ value: String) -> Attribute { named("method", value) }
    /// The attribute `aria-label`.
    public static func ariaLabel(_ value: Text) -> Attribute { named("aria-label", value) }
    /// The attribute `aria-labelledby`.
    public static func ariaLabelledBy(_ ids: String) -> Attribute { named("aria-labelledby", ids) }
    /// The attribute `aria-describedby`.
    public static func ariaDescribedBy(_ ids: String) -> Attribute { named("aria-describedby", ids) }

    /// A link's target: a path, a fragment, a query, or an `http(s)`, `mailto` or `tel` address. Anything else
    /// (`javascript:` among them) becomes `#`.
    public static func href(_ target: String) -> Attribute { named("href", safeTarget(target)) }
    /// A form's target, under the rule of `href`.
    public static func action(_ target: String) -> Attribute { named("action", safeTarget(target)) }
    /// An image's or script's source, under the rule of `href`.
    public static func src(_ target: String) -> Attribute { named("src", safeTarget(target)) }

    private static func safeTarget(_ target: String) -> String {
        let lowered = target.lowercased()
        let allowed = ["/", "#", "?", "https://", "http://", "mailto:", "tel:"].contains { lowered.hasPrefix($0) }
        return allowed ? target : "#"
    }
}

/// Collects the nodes written inside the braces of `el(…) { … }`.
@resultBuilder
public enum HTMLBuilder {
    public static func buildExpression(_ node: HTML) -> [HTML] { [node] }
    public static func buildExpression(_ nodes: [HTML]) -> [HTML] { nodes }
    public static func buildExpression(_ text: String) -> [HTML] { [.text(text)] }
    public static func buildExpression(_ text: Text) -> [HTML] { [.bilingual(text)] }
    public static func buildExpression(_ component: any Component) -> [HTML] { [component.html] }
    public static func buildExpression(_ node: HTML?) -> [HTML] { node.map { [$0] } ?? [] }
    public static func buildBlock(_ parts: [HTML]...) -> [HTML] { parts.flatMap { $0 } }
    public static func buildOptional(_ part: [HTML]?) -> [HTML] { part ?? [] }
    public static func buildEither(first part: [HTML]) -> [HTML] { part }
    public static func buildEither(second part: [HTML]) -> [HTML] { part }
    public static func buildArray(_ parts: [[HTML]]) -> [HTML] { parts.flatMap { $0 } }
}

/// A part of a page with a name of its own (部品): a value that knows its markup.
public protocol Component: Sendable {
    /// The markup.
    var html: HTML { get }
}

/// An element: `el(.p, .class("lead")) { "text" }`. Attributes that are `nil` are left out.
public func el(_ tag: HTMLTag, _ attributes: Attribute?..., @HTMLBuilder content: () -> [HTML] = { [] }) -> HTML {
    .element(tag, attributes.compactMap { $0 }, content())
}

/// Several nodes as one, without an element around them.
public func fragment(@HTMLBuilder content: () -> [HTML]) -> HTML { .fragment(content()) }
