/// Why something of the public key infrastructure could not be read, made or signed.
///
/// Two errors are equal when their codes are. The reason is a constant of this source and never holds what a
/// certificate says.
public struct PKIError: Error, Sendable {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable {
        /// The bytes are not the DER structure that was expected.
        case malformed
        /// A key or signature algorithm outside RSA-2048 and P-256 with SHA-256.
        case unsupportedAlgorithm
        /// A name, identifier or address outside the profile's alphabet.
        case invalidName
        /// A serial that is not 1 to 20 octets of a positive integer.
        case invalidSerial
        /// A time that cannot be written in a certificate, or an end before its beginning.
        case invalidTime
        /// A prepared certificate breaks a rule of its profile; `lints` names the rules.
        case lintFailed
        /// The key that was to sign is not the issuer's.
        case wrongKey
        /// The cryptographic library refused to make a key or a signature.
        case cryptography
    }

    /// The kind of failure.
    public let code: Code
    /// A constant sentence for the log.
    public let reason: String
    /// Identifiers of the broken lint rules; empty unless `code` is `lintFailed`.
    public let lints: [String]
    /// Where it was thrown, as `Module/File.swift:line`.
    public let site: String

    package init(
        _ code: Code, _ reason: StaticString, lints: [String] = [], file: String = #fileID, line: UInt = #line
    ) {
        self.code = code
        self.reason = reason.description
        self.lints = lints
        self.site = "\(file):\(line)"
    }
}

extension PKIError: Equatable {
    public static func == (left: PKIError, right: PKIError) -> Bool { left.code == right.code }
}

extension PKIError: CustomStringConvertible {
    public var description: String {
        lints.isEmpty ? "\(code.rawValue): \(reason)" : "\(code.rawValue): \(lints.joined(separator: ", "))"
    }
}

/// Runs `body` and turns what the ASN.1 and certificate libraries throw into this room's error.
package func reading<T>(
    _ reason: StaticString, file: String = #fileID, line: UInt = #line, _ body: () throws -> T
) throws(PKIError) -> T {
    do {
        return try body()
    } catch let error as PKIError {
        throw error
    } catch {
        throw PKIError(.malformed, reason, file: file, line: line)
    }
}
