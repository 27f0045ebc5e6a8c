import HTTPTypes
public import Hummingbird

/// What is known of a request when a page's handler runs.
///
/// An app makes its own narrower contexts from it ("signed in", "card presented within 5 minutes") as
/// `ChildRequestContext`s that throw a `PageError` when the condition does not hold.
public struct PageContext: RequestContext, PageScope {
    /// What Hummingbird keeps of a request.
    public var coreContext: CoreRequestContextStorage
    /// The language that the reader chose.
    public var language: Language
    /// The live session of this browser, if it has one.
    public internal(set) var session: Session?
    /// The fields of a form that came from this site's own page; empty for a `GET`.
    public internal(set) var form: FormFields
    /// The fields of the query, without the choice of language; empty when it is not strictly encoded.
    public internal(set) var query: FormFields
    /// The token for the forms of the page that is answered.
    public internal(set) var formToken: FormToken?
    /// The path of the request as it was sent.
    public internal(set) var path: String
    var layout: PageLayout

    /// A context before any middleware has run.
    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        language = .ja
        form = FormFields()
        query = FormFields()
        path = "/"
        layout = .unnamed
    }

    /// This context.
    public var page: PageContext { self }
}

/// A context in which pages are made: `PageContext` and every child of it.
public protocol PageScope: RequestContext {
    /// The context of the request at its root.
    var page: PageContext { get }
}

extension PageScope {
    /// The answer that shows a page in the reader's language, in the site's layout.
    public func show(_ page: Page) -> Response {
        let context = self.page
        let address = PageAddress(path: context.path, query: context.query)
        let note = context.session.map { LayoutTexts.sessionEnds(afterMinutes: $0.idleSeconds / 60) }
        let document = context.layout.document(page, at: address, sessionNote: note)
        let text =
            "<!DOCTYPE html>\n"
            + document.render(Rendering(language: context.language, formToken: context.formToken))
        var response = Response(
            status: page.status,
            headers: [.contentType: "text/html; charset=utf-8", .contentLanguage: context.language.rawValue],
            body: .init(byteBuffer: ByteBuffer(string: text)))
        if !page.formTargets.isEmpty {
            response.headers[.contentSecurityPolicy] = PageHeaders.contentSecurityPolicy(formTargets: page.formTargets)
        }
        return response
    }
}

extension Response {
    /// 303 See Other: after a `POST`, and wherever the next page is a `GET` of another address.
    public static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }
}

/// Where the shown page stands; the language links keep it.
struct PageAddress: Sendable {
    let path: String
    let query: FormFields

    /// The same page in a language.
    func link(to language: Language) -> String {
        let choice = "\(LanguageChoice.parameter)=\(language.rawValue)"
        let kept = query.encoded
        return "?" + (kept.isEmpty ? choice : "\(kept)&\(choice)")
    }
}
