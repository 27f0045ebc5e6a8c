/// What must be corrected, at the top of `main` (ui rule U6): one link per error, to the field.
public struct ErrorSummary: Component {
    private let errors: [FieldError]

    /// A summary of errors, in the order of the fields.
    public init(_ errors: [FieldError]) { self.errors = errors }

    /// The markup.
    public var html: HTML {
        el(.div, .class("banner banner-error error-summary"), .id("error-summary"), .named("tabindex", "-1")) {
            el(.div, .role("alert")) {
                el(.h2) { ComponentTexts.errorHeading }
                el(.ul) {
                    for error in errors {
                        el(.li) { el(.a, .href("#field-\(error.field)")) { error.message } }
                    }
                }
            }
        }
    }
}

/// A message about the page or the reader's business (ノティフィケーションバナー).
public struct Banner: Component {
    /// What the message is; said in words too, for those who do not see the colour.
    public enum Kind: String, Sendable {
        /// お知らせ
        case information
        /// 完了
        case success
        /// 注意
        case warning
        /// エラー
        case error
    }

    private let kind: Kind
    private let heading: Text
    private let content: [HTML]

    /// A message with a heading and, if there is more to say, a content.
    public init(_ kind: Kind, _ heading: Text, @HTMLBuilder content: () -> [HTML] = { [] }) {
        self.kind = kind
        self.heading = heading
        self.content = content()
    }

    /// The markup.
    public var html: HTML {
        el(.section, .class("banner banner-\(kind.rawValue)"), kind == .success ? .role("status") : nil) {
            el(.p, .class("banner-kind")) { ComponentTexts.bannerKind(kind) }
            el(.h2) { heading }
            content
        }
    }
}

/// The head of a receipt page (受付完了): what was done, and the number to quote (ui rule U10).
public struct ReceiptPanel: Component {
    private let title: Text
    private let label: Text
    private let reference: String

    /// A panel that is also the page's `h1`.
    public init(_ title: Text, label: Text, reference: String) {
        self.title = title
        self.label = label
        self.reference = reference
    }

    /// The markup.
    public var html: HTML {
        el(.div, .class("receipt")) {
            el(.h1) { title }
            el(.p) {
                label
                el(.br)
                el(.strong, .class("reference")) { reference }
            }
        }
    }
}

/// A state in words (ステータス): 処理中, 完了.
public struct StatusLabel: Component {
    /// The colour that goes with the words.
    public enum Tone: String, Sendable {
        case neutral, progress, success, warning, error
    }

    private let text: Text
    private let tone: Tone

    /// A state.
    public init(_ text: Text, tone: Tone = .neutral) {
        self.text = text
        self.tone = tone
    }

    /// The markup.
    public var html: HTML { el(.span, .class("status status-\(tone.rawValue)")) { text } }
}
