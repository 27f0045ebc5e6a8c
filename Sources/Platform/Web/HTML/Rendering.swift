/// What a node must know to become text: the page's language and the request's form token.
public struct Rendering: Sendable {
    /// The language of the page.
    public let language: Language
    /// The token that every form of the page carries.
    public let formToken: FormToken?

    /// The circumstances of one rendering.
    public init(language: Language, formToken: FormToken? = nil) {
        self.language = language
        self.formToken = formToken
    }
}

extension HTML {
    /// The markup in one language; equal nodes give equal bytes.
    public func render(_ rendering: Rendering) -> String {
        var output = ""
        write(to: &output, rendering)
        return output
    }

    private func write(to output: inout String, _ rendering: Rendering) {
        switch self {
        case .text(let text): output.appendEscaped(text)
        case .bilingual(let text): output.appendEscaped(text[rendering.language])
        case .fragment(let nodes): for node in nodes { node.write(to: &output, rendering) }
        case .verbatim(let markup): output += markup.description
        case .foreign(let language, let text): Self.writeForeign(language, text, to: &output, rendering)
        case .formToken: Self.tokenField(rendering.formToken)?.write(to: &output, rendering)
        case .element(let tag, let attributes, let nodes):
            Self.writeElement(tag, attributes, nodes, to: &output, rendering)
        }
    }

    private static func writeForeign(
        _ language: Language, _ text: String, to output: inout String, _ rendering: Rendering
    ) {
        guard language != rendering.language else { return output.appendEscaped(text) }
        el(.span, .lang(language)) { text }.write(to: &output, rendering)
    }

    private static func tokenField(_ token: FormToken?) -> HTML? {
        token.map { el(.input, .type("hidden"), .name(FormToken.fieldName), .value($0.text)) }
    }

    private static func writeElement(
        _ tag: HTMLTag, _ attributes: [Attribute], _ nodes: [HTML], to output: inout String, _ rendering: Rendering
    ) {
        output += "<\(tag.rawValue)"
        for attribute in attributes { attribute.write(to: &output, rendering.language) }
        output += ">"
        if !tag.isVoid {
            // A parser drops one line break after these start tags: this one, and not the value's own.
            if tag == .textarea || tag == .pre { output += "\n" }
            if nodes.first?.startsLine == true { output += "\n" }
            for node in nodes { node.write(to: &output, rendering) }
            output += "</\(tag.rawValue)>"
        }
        if tag.endsLine { output += "\n" }
    }

    /// Whether a line break before the node is harmless.
    private var startsLine: Bool {
        switch self {
        case .element(let tag, _, _): tag.endsLine
        case .fragment(let nodes): nodes.first?.startsLine ?? false
        case .text, .bilingual, .foreign, .formToken, .verbatim: false
        }
    }
}

extension Attribute {
    fileprivate func write(to output: inout String, _ language: Language) {
        output += " \(name.description)"
        switch value {
        case .present: break
        case .text(let text): Self.write(text, to: &output)
        case .bilingual(let text): Self.write(text[language], to: &output)
        }
    }

    private static func write(_ text: String, to output: inout String) {
        output += "=\""
        output.appendEscaped(text)
        output += "\""
    }
}

extension String {
    /// Appends a text so that HTML reads it as that text, in an element and in a quoted attribute alike.
    ///
    /// Control characters that HTML forbids become U+FFFD.
    mutating func appendEscaped(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": self += "&amp;"
            case "<": self += "&lt;"
            case ">": self += "&gt;"
            case "\"": self += "&quot;"
            case "'": self += "&#39;"
            case "\t", "\n", "\r": unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": self += "\u{FFFD}"
            default: unicodeScalars.append(scalar)
            }
        }
    }
}
