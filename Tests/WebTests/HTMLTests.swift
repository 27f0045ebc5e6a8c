import Testing
import Web

private func render(_ html: HTML, _ language: Language = .ja) -> String { html.render(Rendering(language: language)) }

@Suite("HTML")
struct HTMLTests {
    @Test(
        "every special character is escaped, in text and in attributes",
        arguments: [
            ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;"),
            ("</script>", "&lt;/script&gt;"), ("<!--", "&lt;!--"), ("&amp;", "&amp;amp;"), ("]]>", "]]&gt;"),
            ("\" onclick=\"x", "&quot; onclick=&quot;x"), ("\u{0}", "\u{FFFD}"), ("\u{1B}", "\u{FFFD}"),
            ("𠮷野家", "𠮷野家"), ("葛\u{E0100}", "葛\u{E0100}"), ("が", "が"), ("&\u{301}", "&amp;\u{301}"),
            ("<\u{301}script>", "&lt;\u{301}script&gt;"),
        ])
    func escaping(input: String, output: String) {
        #expect(Array(render(el(.span) { input }).utf8) == Array("<span>\(output)</span>".utf8))
        #expect(Array(render(el(.span, .id(input))).utf8) == Array("<span id=\"\(output)\"></span>".utf8))
        let both = Text(ja: "", en: input)
        #expect(Array(render(el(.span) { both }, .en).utf8) == Array("<span>\(output)</span>".utf8))
        #expect(
            Array(render(el(.span, .ariaLabel(both)), .en).utf8) == Array("<span aria-label=\"\(output)\"></span>".utf8)
        )
    }

    @Test("random text never opens a tag, an attribute or an entity")
    func randomText() {
        var generator = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: .min ... .max, using: &generator)
        print("seed \(seed)")
        var state = seed
        let alphabet = Array("<>&\"'/= -!a&lt;\u{301}\u{0}\r\n")
        for _ in 0..<2_000 {
            let text = String(
                (0..<12).map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return alphabet[Int(state >> 33) % alphabet.count]
                })
            let markup = render(el(.span, .id(text)))
            let scalars = markup.unicodeScalars
            #expect(scalars.count { $0 == "<" } == 2 && scalars.count { $0 == ">" } == 2)
            #expect(scalars.count { $0 == "\"" } == 2 && scalars.count { $0 == "'" } == 0)
        }
    }

    @Test(
        "a link leads only to paths and harmless schemes",
        arguments: [
            ("/x?y=1", "/x?y=1"), ("#top", "#top"), ("?lang=en", "?lang=en"),
            ("https://example.org/", "https://example.org/"),
            ("mailto:a@example.org", "mailto:a@example.org"), ("tel:0120", "tel:0120"),
            ("javascript:alert(1)", "#"), (" javascript:alert(1)", "#"), ("JaVaScRiPt:x", "#"),
            ("data:text/html,x", "#"),
            ("vbscript:x", "#"), ("\u{1}javascript:x", "#"), ("", "#"),
        ])
    func links(target: String, shown: String) {
        #expect(render(el(.a, .href(target))) == "<a href=\"\(shown)\"></a>")
        #expect(render(el(.form, .action(target))) == "<form action=\"\(shown)\"></form>\n")
    }

    @Test("attributes keep the order in which they are written, and nil leaves one out")
    func attributes() {
        let html = el(.input, .type("text"), nil, .present("checked"), .name("a"), .class("b"))
        #expect(render(html) == "<input type=\"text\" checked name=\"a\" class=\"b\">")
    }

    @Test("a void element has no end tag", arguments: [HTMLTag.br, .hr, .img, .input, .link, .meta])
    func voidElements(tag: HTMLTag) {
        #expect(!render(el(tag)).contains("</"))
    }

    @Test("a text area keeps a line break at its start")
    func textArea() {
        #expect(render(el(.textarea) { "\nx" }) == "<textarea>\n\nx</textarea>")
    }

    @Test("one value renders in both languages")
    func languages() {
        let html = el(.p, .ariaLabel(Text(ja: "名", en: "Name"))) { Text(ja: "はい", en: "Yes") }
        #expect(render(html, .ja) == "<p aria-label=\"名\">はい</p>\n")
        #expect(render(html, .en) == "<p aria-label=\"Name\">Yes</p>\n")
    }

    @Test("a text that stays in its language is marked on pages in the other")
    func foreignText() {
        let html = HTML.foreign(.ja, "住民票<の>写し")
        #expect(render(html, .en) == "<span lang=\"ja\">住民票&lt;の&gt;写し</span>")
        #expect(render(html, .ja) == "住民票&lt;の&gt;写し")
    }

    @Test("a form carries the token, and none when there is none")
    func formToken() {
        let form = PostForm(to: "/x") {}.html
        let token = FormToken(secret: [UInt8](repeating: 7, count: 32))
        let markup = form.render(Rendering(language: .ja, formToken: token))
        #expect(markup.contains("<input type=\"hidden\" name=\"form_token\" value=\"\(token.text)\">"))
        #expect(!render(form).contains("form_token"))
    }

    @Test("conditions and loops build content")
    func builder() {
        let rows = ["a", "b"]
        let html = el(.ul) {
            for row in rows { el(.li) { row } }
            if rows.isEmpty { "none" } else { el(.li) { "end" } }
        }
        #expect(render(html) == "<ul>\n<li>a</li>\n<li>b</li>\n<li>end</li>\n</ul>\n")
    }
}
