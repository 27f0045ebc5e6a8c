import Crypto
import Foundation
import InstitutionKeys
import Testing
import Values

/// A token of these tests, and one of the same fields and another type.
struct Note: TokenContent {
    static let tokenType = "note+jwt"
    let text: String
}

struct OtherNote: TokenContent {
    static let tokenType = "other-note+jwt"
    let text: String
}

/// A nation of two institutions.
struct Nation {
    static let now = Instant(unixSeconds: 1_795_000_000)
    static let validity = (now - .seconds(3600))..<(now + .seconds(3600))
    static let city = InstitutionID(literal: "agency-gateway-city")
    static let town = InstitutionID(literal: "agency-gateway-town")

    let authority = KeyAuthority()
    let city = InstitutionKeyPair()
    let town = InstitutionKeyPair()
    let directory: KeyDirectory

    init() async throws {
        let statements = try await [
            authority.sign(Self.statement(Self.city, city)), authority.sign(Self.statement(Self.town, town)),
        ]
        directory = try await KeyDirectory(statements, authority: authority.publicKey)
    }

    static func statement(
        _ name: InstitutionID, _ keys: InstitutionKeyPair, validity: Range<Instant> = validity
    ) -> KeyStatement {
        keys.statement(for: name, nameJapanese: "架空市", nameEnglish: "Fiction City", validity: validity)
    }
}

/// The three parts of a compact token.
func parts(_ compact: String) -> [String] { compact.split(separator: ".").map(String.init) }

func base64URL(_ text: String) -> String { Array(text.utf8).base64URL }

@Suite struct TokenTests {
    private func verify(
        _ compact: String, _ nation: Nation, by name: InstitutionID = Nation.city
    ) async -> (any Error)? {
        do {
            _ = try await nation.directory.verify(SignedToken<Note>(compact: compact), by: name, at: Nation.now)
            return nil
        } catch { return error }
    }

    @Test("what an institution signed is verified as its own, and carried as it came")
    func good() async throws {
        let nation = try await Nation()
        let token = try await nation.city.signer().sign(Note(text: "hello"))
        let verified = try await nation.directory.verify(token, by: Nation.city, at: Nation.now)
        #expect(verified.content == Note(text: "hello") && verified.token == token)
    }

    @Test("the digest depends on type and payload, not on the signature")
    func digest() async throws {
        let nation = try await Nation()
        let signer = try await nation.city.signer()
        var digests: [TokenDigest] = []
        for text in ["hello", "hello", "Hello"] {
            let token = try await signer.sign(Note(text: text))
            digests.append(try await nation.directory.verify(token, by: Nation.city, at: Nation.now).digest)
        }
        let other = try await signer.sign(OtherNote(text: "hello"))
        let otherDigest = try await nation.directory.verify(other, by: Nation.city, at: Nation.now).digest
        #expect(digests[0] == digests[1] && digests[0] != digests[2] && digests[0] != otherDigest)
        let bytes = Array("note+jwt".utf8) + [0] + Array(#"{"text":"hello"}"#.utf8)
        #expect(digests[0].bytes == Array(SHA256.hash(data: bytes)))
    }

    @Test("another institution's signature is refused")
    func otherKey() async throws {
        let nation = try await Nation()
        let token = try await nation.town.signer().sign(Note(text: "hello"))
        #expect(await verify(token.compact, nation) as? TokenError == .wrongSignature)
    }

    @Test("a token of another type is refused, though its fields fit")
    func otherType() async throws {
        let nation = try await Nation()
        let token = try await nation.city.signer().sign(OtherNote(text: "hello"))
        #expect(await verify(token.compact, nation) as? TokenError == .wrongHeader)
    }

    static let headers = [
        #"{"alg":"none","typ":"note+jwt"}"#, #"{"alg":"HS256","typ":"note+jwt"}"#,
        #"{"alg":"ES384","typ":"note+jwt"}"#, #"{"alg":"es256","typ":"note+jwt"}"#, #"{"typ":"note+jwt"}"#,
        #"{"alg":"ES256"}"#, #"{"alg":"ES256","typ":"JWT"}"#, #"{"alg":"ES256","kid":"a","typ":"note+jwt"}"#,
        #"{"alg":"ES256","crit":["b64"],"typ":"note+jwt"}"#, #"{"alg":"ES256","jwk":{},"typ":"note+jwt"}"#, "[]", "",
    ]

    @Test("a header with another algorithm or type, or with more in it, is refused even if signed", arguments: headers)
    func otherHeader(header: String) async throws {
        let nation = try await Nation()
        let key = try P256.Signing.PrivateKey(rawRepresentation: nation.city.secretBytes(for: .keyFile).prefix(32))
        let signed = base64URL(header) + "." + base64URL(#"{"text":"hello"}"#)
        let signature = try key.signature(for: Data(signed.utf8)).rawRepresentation
        #expect(await verify(signed + "." + Array(signature).base64URL, nation) is TokenError)
    }

    @Test("without a signature, or under a key made of the public one, nothing is verified")
    func confusion() async throws {
        let nation = try await Nation()
        let payload = base64URL(#"{"text":"hello"}"#)
        let none = base64URL(#"{"alg":"none","typ":"note+jwt"}"#) + "." + payload
        for token in [none + ".", none, none + ".AA"] { #expect(await verify(token, nation) is TokenError) }
        let statement = try nation.directory.statement(of: Nation.city, at: Nation.now)
        let secret = SymmetricKey(data: try [UInt8](base64URL: statement.signingKey))
        let signed = base64URL(#"{"alg":"HS256","typ":"note+jwt"}"#) + "." + payload
        let code = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: secret)
        #expect(await verify(signed + "." + Array(code).base64URL, nation) is TokenError)
    }

    @Test("no bit of a token can be changed, and no change traps")
    func bitFlips() async throws {
        let nation = try await Nation()
        let compact = try await nation.city.signer().sign(Note(text: "hello")).compact
        let original = Array(compact.utf8)
        var accepted: [Int] = []
        for bit in 0..<(original.count * 8) {
            var bytes = original
            bytes[bit / 8] ^= 1 << (bit % 8)
            let changed = String(decoding: bytes, as: UTF8.self)
            guard Array(changed.utf8) == bytes else { continue }
            if await verify(changed, nation) == nil { accepted.append(bit / 8) }
        }
        #expect(accepted.isEmpty)
    }

    @Test("a token that is cut, lengthened or empty is refused")
    func lengths() async throws {
        let nation = try await Nation()
        let compact = try await nation.city.signer().sign(Note(text: "hello")).compact
        let three = parts(compact)
        var others = (0..<compact.count).map { String(compact.prefix($0)) }
        others += [compact + ".", compact + ".AA", "." + compact, compact + "A", "..", "...."]
        others.append(three[0] + "." + three[1])
        for other in others { #expect(await verify(other, nation) is TokenError) }
    }

    @Test("a token over the limit is not even looked at")
    func limit() {
        #expect(throws: TokenError.malformed) {
            try SignedToken<Note>(compact: String(repeating: "a", count: TokenError.maximumBytes + 1))
        }
        #expect(throws: Never.self) {
            try SignedToken<Note>(compact: String(repeating: "a", count: TokenError.maximumBytes))
        }
    }

    @Test("a payload that is not what the type takes is refused though the key signed it")
    func otherPayload() async throws {
        let nation = try await Nation()
        let key = try P256.Signing.PrivateKey(rawRepresentation: nation.city.secretBytes(for: .keyFile).prefix(32))
        for payload in ["{}", "[]", "", #"{"text":1}"#, "null", #"{"aud":[],"text":1}"#] {
            let signed = base64URL(#"{"alg":"ES256","typ":"note+jwt"}"#) + "." + base64URL(payload)
            let signature = try key.signature(for: Data(signed.utf8)).rawRepresentation
            #expect(await verify(signed + "." + Array(signature).base64URL, nation) is TokenError)
        }
    }
}
