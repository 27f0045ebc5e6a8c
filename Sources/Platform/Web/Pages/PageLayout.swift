/// The one template of a site's pages (ui rule U1): skip link, header, back link, `main`, footer.
public struct PageLayout: Sendable {
    /// The service's name, in the header and at the end of every `<title>`.
    public var serviceName: Text
    /// Where the service's name leads.
    public var homePath: String
    /// One line under the service's name: who runs it, or that it is a demonstration.
    public var tagline: Text?
    /// The links of the footer.
    public var footerLinks: [FooterLink]
    /// The sentence of the footer.
    public var footerNote: Text?

    /// A layout.
    public init(
        serviceName: Text, homePath: String = "/", tagline: Text? = nil, footerLinks: [FooterLink] = [],
        footerNote: Text? = nil
    ) {
        self.serviceName = serviceName
        self.homePath = homePath
        self.tagline = tagline
        self.footerLinks = footerLinks
        self.footerNote = footerNote
    }

    /// Before the site's own layout is known.
    static let unnamed = PageLayout(serviceName: Text(same: ""))

    /// The whole document for a page.
    func document(_ page: Page, at address: PageAddress, sessionNote: Text?) -> HTML {
        el(.html, .named("lang", Text(ja: "ja", en: "en"))) {
            head(page)
            el(.body) {
                el(.a, .class("skip-link"), .href("#main-content")) { LayoutTexts.skipToContent }
                header(page, address)
                el(.div, .class("page")) {
                    if let back = page.back {
                        el(.nav, .ariaLabel(LayoutTexts.backLabel)) {
                            el(.a, .class("back-link"), .href(back)) { LayoutTexts.back }
                        }
                    }
                    el(.main, .id("main-content"), .named("tabindex", "-1")) {
                        if !page.errors.isEmpty { ErrorSummary(page.errors) }
                        page.content
                    }
                }
                footer(sessionNote)
            }
        }
    }

    private func head(_ page: Page) -> HTML {
        el(.head) {
            el(.meta, .named("charset", "utf-8"))
            el(.meta, .name("viewport"), .named("content", "width=device-width, initial-scale=1"))
            el(.title) {
                if !page.errors.isEmpty { LayoutTexts.errorPrefix }
                page.title
                " | "
                serviceName
            }
            el(.link, .named("rel", "stylesheet"), .href(SiteAssets.stylesheet.path))
            el(.link, .named("rel", "icon"), .type("image/svg+xml"), .href(SiteAssets.icon.path))
        }
    }

    private func header(_ page: Page, _ address: PageAddress) -> HTML {
        el(.header, .class("site-header")) {
            el(.div, .class("site-header-inner")) {
                el(.div, .class("site-name")) {
                    el(.a, .href(homePath)) { serviceName }
                    if let tagline { el(.span, .class("site-tagline")) { tagline } }
                }
                el(.div, .class("site-header-end")) {
                    languageLinks(address)
                    page.headerEnd
                }
            }
            if !page.navigation.isEmpty { navigation(page.navigation) }
        }
    }

    private func languageLinks(_ address: PageAddress) -> HTML {
        el(.ul, .class("language-links"), .ariaLabel(LayoutTexts.languages)) {
            for language in Language.allCases {
                el(.li) {
                    el(
                        .a, .href(address.link(to: language)), .lang(language), .hreflang(language),
                        .named("aria-current", Text(ja: "\(language == .ja)", en: "\(language == .en)"))
                    ) { language.ownName }
                }
            }
        }
    }

    private func navigation(_ links: [NavigationLink]) -> HTML {
        el(.nav, .class("site-navigation"), .ariaLabel(LayoutTexts.navigation)) {
            el(.ul) {
                for link in links {
                    el(.li) {
                        el(.a, .href(link.target), link.isCurrent ? .named("aria-current", "page") : nil) { link.text }
                    }
                }
            }
        }
    }

    private func footer(_ sessionNote: Text?) -> HTML {
        el(.footer, .class("site-footer")) {
            el(.div, .class("site-footer-inner")) {
                if !footerLinks.isEmpty {
                    el(.ul) {
                        for link in footerLinks { el(.li) { el(.a, .href(link.target)) { link.text } } }
                    }
                }
                if let sessionNote { el(.p) { sessionNote } }
                if let footerNote { el(.p) { footerNote } }
            }
        }
    }
}

/// The words of the layout itself.
enum LayoutTexts {
    static let skipToContent = Text(ja: "本文へ移動", en: "Skip to main content")
    static let back = Text(ja: "前のページへ戻る", en: "Back")
    static let backLabel = Text(ja: "前のページ", en: "Previous page")
    static let errorPrefix = Text(ja: "エラー：", en: "Error: ")
    static let languages = Text(ja: "言語", en: "Language")
    static func sessionEnds(afterMinutes minutes: Int64) -> Text {
        Text(
            ja: "\(minutes)分間操作がないと、自動的にログアウトします。",
            en: "You are signed out after \(minutes) minutes without activity.")
    }
    static let navigation = Text(ja: "メインメニュー", en: "Main menu")
}
