public import Foundation
public import Values

/// A nation's folder: its configuration, and a folder of each institution with its database and its keys.
public struct NationFolder: Sendable {
    /// The folder itself.
    public let root: URL

    /// Takes the value as it is; nothing is read yet.
    public init(_ root: URL) { self.root = root }

    /// `nation.json`.
    public var configurationFile: URL { root.appending(path: "nation.json") }
    /// `clock.json`.
    public var clockFile: URL { root.appending(path: "clock.json") }
    /// The statements of every institution's public keys.
    public var statementsFile: URL { root.appending(path: "public/key-statements.json") }
    /// The public key of the authority that signed them, base64url.
    public var keyAuthorityFile: URL { root.appending(path: "public/key-authority.pub") }
    /// The exchange log's verifier key.
    public var logKeyFile: URL { root.appending(path: "public/exchange-log.pub") }
    /// The certificate of the institutions' authority, PEM.
    public var wireAuthorityFile: URL { root.appending(path: "public/wire-authority.pem") }
    /// The certificates of the two certification authorities, DER in base64url.
    public var trustAnchorsFile: URL { root.appending(path: "public/trust-anchors.json") }
    /// The cards of the nation's persons, as a wallet that a card agent opens.
    public var wallet: URL { root.appending(path: "wallet") }

    /// One institution's own folder.
    public func institution(_ name: InstitutionID) -> URL { root.appending(path: "institutions/\(name.text)") }
    /// Its SQLite database.
    public func database(of name: InstitutionID) -> URL { institution(name).appending(path: "database.sqlite") }
    /// One of its keys.
    public func key(_ key: String, of name: InstitutionID) -> URL { institution(name).appending(path: "keys/\(key)") }

    // MARK: Files

    /// Writes a file that its owner alone can read, whole or not at all; makes the folders above it.
    public func writeSecret(_ bytes: [UInt8], to file: URL) throws { try write(bytes, to: file, permissions: 0o600) }

    /// Writes a file that everybody can read, whole or not at all.
    public func writePublic(_ bytes: [UInt8], to file: URL) throws { try write(bytes, to: file, permissions: 0o644) }

    private func write(_ bytes: [UInt8], to file: URL, permissions: Int) throws {
        let folder = file.deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let scratch = folder.appending(path: ".\(file.lastPathComponent).new")
        try? FileManager.default.removeItem(at: scratch)
        guard
            FileManager.default.createFile(
                atPath: scratch.path, contents: Data(bytes), attributes: [.posixPermissions: permissions])
        else { throw NationError(.cannotWrite, "cannot write \(file.lastPathComponent)") }
        guard rename(scratch.path, file.path) == 0 else {
            throw NationError(.cannotWrite, "cannot write \(file.lastPathComponent)")
        }
    }

    /// The whole of a file.
    public func read(_ file: URL) throws -> [UInt8] {
        do { return try Array(Data(contentsOf: file)) } catch {
            throw NationError(.missingFile, "\(file.lastPathComponent) is missing or cannot be read")
        }
    }

    // MARK: Configuration

    /// The configuration, checked for its version.
    public func configuration() throws -> NationConfiguration {
        guard FileManager.default.fileExists(atPath: configurationFile.path) else {
            throw NationError(
                .noNation, "there is no nation in \(root.path); make one with: madoguchi nation create \(root.path)")
        }
        let configuration: NationConfiguration
        do {
            configuration = try JSONDecoder().decode(NationConfiguration.self, from: Data(read(configurationFile)))
        } catch {
            throw NationError(.malformedConfiguration, "nation.json is not a configuration that this program reads")
        }
        guard configuration.version == NationConfiguration.currentVersion else {
            throw NationError(.malformedConfiguration, "nation.json is of version \(configuration.version)")
        }
        return configuration
    }

    func write(_ configuration: NationConfiguration) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try writePublic(Array(encoder.encode(configuration)), to: configurationFile)
    }
}

/// What is wrong with a nation's folder or configuration: a code for programs, words for people.
public struct NationError: Error, Equatable, CustomStringConvertible {
    /// What kind of fault it is.
    public enum Code: String, Sendable {
        case noNation, exists, malformedConfiguration, missingFile, malformedKey, cannotWrite, unknownInstitution
        case malformedClock
    }
    /// What kind of fault it is, for programs.
    public let code: Code
    /// What happened and what to do, in English.
    public let description: String

    /// Takes the value as it is; nothing is read yet.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

extension NationFolder {
    /// Makes a folder that its owner alone can enter.
    func makeFolder(_ folder: URL) throws {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
}
