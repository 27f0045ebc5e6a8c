public import Foundation
public import InstitutionKeys
import Values

/// A nation's folder as the citizen's agent sees it: her cards, and what the nation publishes.
public struct AgentFolder: Sendable {
    /// The folder.
    public let root: URL

    /// A nation's folder; nothing is read yet.
    public init(_ root: URL) { self.root = root }

    /// The card files, `NAME.card`, and their labels in `wallet.json`.
    public var wallet: URL { root.appending(path: "wallet") }
    /// The statements of the institutions' public keys: the register of relying parties.
    public var statementsFile: URL { root.appending(path: "public/key-statements.json") }
    /// The public key of the authority that signed them, P-256 X9.63, base64url.
    public var authorityFile: URL { root.appending(path: "public/key-authority.pub") }
    /// The nation's clock.
    public var clockFile: URL { root.appending(path: "clock.json") }

    /// The register of relying parties. Throws `keysMissing`, `keysRefused`.
    public func directory() async throws(AgentError) -> KeyDirectory {
        guard let statements = try? Data(contentsOf: statementsFile),
            let authority = try? String(contentsOf: authorityFile, encoding: .utf8)
        else { throw .keysMissing }
        guard let tokens = try? JSONDecoder().decode([SignedToken<KeyStatement>].self, from: statements),
            let key = try? [UInt8](base64URL: authority.trimmingCharacters(in: .whitespacesAndNewlines))
        else { throw .keysRefused }
        do { return try await KeyDirectory(tokens, authority: key) } catch { throw .keysRefused }
    }

    /// The nation's clock. Throws `malformedClock`.
    public func clock() throws(AgentError) -> NationTime { try NationTime(file: clockFile) }
}
