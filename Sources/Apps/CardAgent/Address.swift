import Web

/// The addresses of the agent's pages.
enum Address {
    /// What this program is.
    static let home = Route("/")
    /// Where a relying party sends the browser: `?portal=<origin>&ref=<reference>`.
    static let login = Route("/login")
    /// Who asks, and which card to use.
    static let request = Route("/requests", RequestID.self)
    /// The PIN of the chosen card.
    static let pin = Route("/requests", RequestID.self, "/pin")
    /// Stops the request.
    static let cancel = Route("/requests", RequestID.self, "/cancel")
    /// The page for what ``NavigationGuard`` refuses.
    static let refused = Route("/refused")

    /// The fields of ``login``.
    static let portalField = "portal"
    static let referenceField = "ref"

    /// A path that keeps the language: there is no cookie to remember it.
    static func inLanguage(_ path: String, _ language: Language) -> String {
        language == .ja ? path : "\(path)?lang=\(language.rawValue)"
    }
}
