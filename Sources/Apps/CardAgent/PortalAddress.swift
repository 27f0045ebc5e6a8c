import Web

/// Where a request object is fetched (ポータルのオリジン): an origin that the agent is willing to ask.
///
/// The rule: `https` with a host name; `http` only with `localhost` or a name under `.localhost`, which never leaves
/// this machine (RFC 6761 section 6.3). Addresses in figures are refused. Names under `.localhost` are resolved here,
/// to 127.0.0.1: the C library does not know them.
struct PortalAddress: Hashable, Sendable {
    /// The origin.
    let origin: Origin

    /// Reads the `portal` of an address. Throws `malformedAddress`, `originNotAllowed`.
    init(_ text: String) throws(AgentError) {
        guard text.utf8.count <= 300, let origin = try? Origin(text) else { throw .malformedAddress }
        self.origin = origin
        guard isLocal || (origin.isSecure && isName) else { throw .originNotAllowed }
    }

    /// The host without its port.
    var host: String { String(origin.authority.prefix { $0 != ":" }) }

    /// Whether the host is this machine by name.
    var isLocal: Bool { host == "localhost" || (host.hasSuffix(".localhost") && labels.allSatisfy { !$0.isEmpty }) }

    /// What the agent's own resolver says, in place of the system's.
    var resolved: [String: String] { isLocal ? [host: "127.0.0.1"] : [:] }

    /// A name has at least two labels, and its last one has a letter.
    private var isName: Bool {
        labels.count >= 2 && labels.allSatisfy { !$0.isEmpty } && labels.last?.contains { $0.isLetter } == true
    }

    private var labels: [Substring] { host.split(separator: ".", omittingEmptySubsequences: false) }
}
