public import HTTPTypes

/// One page (画面) before layout: what the reader came for.
public struct Page: Sendable {
    /// The title, also the first part of `<title>`; the page's `h1` is part of `content`.
    public var title: Text
    /// The status of the answer.
    public var status: HTTPResponse.Status
    /// Where the back link before `main` leads; `nil` for none.
    public var back: String?
    /// What must be corrected; shown above the content.
    public var errors: [FieldError]
    /// Links of the header, for who is signed in.
    public var navigation: [NavigationLink]
    /// What stands at the end of the header: a sign-out form.
    public var headerEnd: HTML?
    /// Other origins to which this page's forms may lead after a redirect (`form-action` of its policy).
    public var formTargets: [Origin]
    /// The content of `main`.
    public var content: HTML

    /// A page.
    public init(
        title: Text, status: HTTPResponse.Status = .ok, back: String? = nil, errors: [FieldError] = [],
        navigation: [NavigationLink] = [], headerEnd: HTML? = nil, formTargets: [Origin] = [],
        @HTMLBuilder content: () -> [HTML]
    ) {
        self.title = title
        self.status = status
        self.back = back
        self.errors = errors
        self.navigation = navigation
        self.headerEnd = headerEnd
        self.formTargets = formTargets
        self.content = .fragment(content())
    }
}

/// A link in the header (ナビゲーション).
public struct NavigationLink: Sendable {
    /// The link's words.
    public let text: Text
    /// The target.
    public let target: String
    /// Whether the shown page is this one or belongs to it.
    public let isCurrent: Bool

    /// A link of the header.
    public init(_ text: Text, target: String, isCurrent: Bool = false) {
        self.text = text
        self.target = target
        self.isCurrent = isCurrent
    }
}

/// A link in the footer.
public struct FooterLink: Sendable {
    /// The link's words.
    public let text: Text
    /// The target.
    public let target: String

    /// A link of the footer.
    public init(_ text: Text, target: String) {
        self.text = text
        self.target = target
    }
}
