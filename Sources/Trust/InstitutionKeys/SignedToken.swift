import Crypto
import Foundation
import JWTKit
import Values

/// Something that an institution says and signs: its `typ` names what it is, so that no token passes for another.
public protocol TokenContent: Codable, Sendable, Equatable {
    /// The JWS `typ`, for example `permit+jwt` (RFC 8725 §3.11).
    static var tokenType: String { get }
}

/// A signed token (JWS compact serialisation, RFC 7515; ES256) whose signature has not been looked at.
///
/// ``TokenVerifier`` makes a ``VerifiedToken`` of it.
public struct SignedToken<Content: TokenContent>: Hashable, Sendable, Codable {
    /// `header.payload.signature`, base64url; at most ``TokenError/maximumBytes`` bytes.
    public let compact: String

    /// - Throws: ``TokenError/malformed`` when the text is longer than the limit.
    public init(compact: String) throws(TokenError) {
        guard compact.utf8.count <= TokenError.maximumBytes else { throw .malformed }
        self.compact = compact
    }

    public init(from decoder: any Decoder) throws {
        try self.init(compact: decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(compact)
    }
}

/// A token whose signature, type and algorithm are right. Made by ``TokenVerifier`` alone.
public struct VerifiedToken<Content: TokenContent>: Sendable {
    /// What was signed.
    public let content: Content
    /// SHA-256(typ ‖ 0x00 ‖ payload bytes): what the next token in a chain names. It does not depend on the
    /// signature, so a token that is signed again after a repeat keeps its digest.
    public let digest: TokenDigest
    /// The token as it came, to be passed on.
    public let token: SignedToken<Content>
}

/// What went wrong with a token. Says nothing of its content.
public enum TokenError: Error, Equatable, Sendable {
    /// Not three base64url parts of at most ``maximumBytes`` bytes, or not the JSON that its type needs.
    case malformed
    /// `alg` is not ES256, `typ` is another, or the header has a field that we do not know.
    case wrongHeader
    /// The signature is not by that key.
    case wrongSignature

    /// The longest token taken, in bytes.
    public static let maximumBytes = 256 * 1024
}

/// The digest of a token's type and payload: 32 bytes, base64url on the wire.
public struct TokenDigest: Hashable, Sendable, Codable {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// A digest that was carried as bytes.
    public init(bytes: [UInt8]) throws(TokenError) {
        guard bytes.count == 32 else { throw .malformed }
        self.bytes = bytes
    }

    init(type: String, payload: some DataProtocol) {
        var hash = SHA256()
        hash.update(data: Data(type.utf8) + [0])
        hash.update(data: payload)
        bytes = Array(hash.finalize())
    }

    public init(from decoder: any Decoder) throws {
        try self.init(bytes: [UInt8](base64URL: decoder.singleValueContainer().decode(String.self)))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes.base64URL)
    }
}

/// jwt-kit's idea of a payload; when and for whom a token holds is decided by the room that reads it.
struct Payload<Content: TokenContent>: JWTPayload {
    let content: Content
    init(_ content: Content) { self.content = content }
    init(from decoder: any Decoder) throws { content = try Content(from: decoder) }
    func encode(to encoder: any Encoder) throws { try content.encode(to: encoder) }
    func verify(using algorithm: some JWTAlgorithm) {}
}

/// Signs tokens with one institution's P-256 key.
public struct TokenSigner: Sendable {
    private let keys: JWTKeyCollection

    init(key: P256.Signing.PrivateKey) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        keys = JWTKeyCollection()
        // The serializer belongs to the key: the collection's default one is not used for keys that are added so.
        try await keys.add(
            ecdsa: ES256PrivateKey(backing: key), serializer: DefaultJWTSerializer(jsonEncoder: encoder))
    }

    /// Signs `content`; two signatures of equal content have the same digest.
    public func sign<Content: TokenContent>(_ content: Content) async throws -> SignedToken<Content> {
        let header: JWTHeader = ["alg": "ES256", "typ": .string(Content.tokenType)]
        return try SignedToken(compact: await keys.sign(Payload(content), header: header))
    }
}

/// Checks tokens against one institution's P-256 public key.
public struct TokenVerifier: Sendable {
    private let keys: JWTKeyCollection

    init(key: P256.Signing.PublicKey) async throws {
        keys = JWTKeyCollection()
        try await keys.add(ecdsa: ES256PublicKey(backing: key))
    }

    /// Checks signature, algorithm and type, in this order.
    public func verify<Content: TokenContent>(
        _ token: SignedToken<Content>
    ) async throws(TokenError) -> VerifiedToken<Content> {
        let content: Content
        do { content = try await keys.verify(token.compact, as: Payload<Content>.self).content } catch {
            throw (error as? JWTError)?.errorType == .signatureVerificationFailed ? .wrongSignature : .malformed
        }
        let parts = token.compact.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let header = try? [UInt8](base64URL: parts[0]),
            let payload = try? [UInt8](base64URL: parts[1]), (try? [UInt8](base64URL: parts[2])) != nil
        else { throw .malformed }
        guard (try? JSONDecoder().decode([String: String].self, from: Data(header))) == Self.header(Content.tokenType)
        else { throw .wrongHeader }
        return VerifiedToken(
            content: content, digest: TokenDigest(type: Content.tokenType, payload: payload), token: token)
    }

    private static func header(_ type: String) -> [String: String] { ["alg": "ES256", "typ": type] }
}
