import Crypto
import Foundation
import InstitutionKeys
import Testing
import Values

@Suite struct KeyTests {
    @Test("statements of another authority make no directory")
    func otherAuthority() async throws {
        let statement = Nation.statement(Nation.city, InstitutionKeyPair())
        let foreign = try await KeyAuthority().sign(statement)
        let authority = KeyAuthority()
        let own = try await authority.sign(Nation.statement(Nation.town, InstitutionKeyPair()))
        await #expect(throws: KeyError.statementRefused) {
            try await KeyDirectory([own, foreign], authority: authority.publicKey)
        }
    }

    @Test("an authority's key that is none is refused", arguments: [0, 1, 64, 65, 66])
    func malformedAuthority(length: Int) async throws {
        await #expect(throws: KeyError.malformedKey) {
            try await KeyDirectory([], authority: [UInt8](repeating: 4, count: length))
        }
    }

    @Test("a statement whose keys are none is refused though the authority signed it")
    func malformedKeys() async throws {
        let authority = KeyAuthority()
        let good = Nation.statement(Nation.city, InstitutionKeyPair())
        for (signing, sealing) in [("", good.sealingKey), (good.signingKey, ""), (good.sealingKey, good.signingKey)] {
            let text = try JSONSerialization.jsonObject(with: JSONEncoder().encode(good)) as? [String: Any]
            var fields = try #require(text)
            fields["signingKey"] = signing
            fields["sealingKey"] = sealing
            let bad = try JSONDecoder().decode(
                KeyStatement.self, from: JSONSerialization.data(withJSONObject: fields))
            let signed = try await authority.sign(bad)
            await #expect(throws: KeyError.malformedKey) {
                try await KeyDirectory([signed], authority: authority.publicKey)
            }
        }
    }

    @Test("a statement holds from its first moment to before its last")
    func validity() async throws {
        let nation = try await Nation()
        let token = try await nation.city.signer().sign(Note(text: "hello"))
        let validity = Nation.validity
        for moment in [validity.lowerBound, validity.upperBound - .microseconds(1)] {
            _ = try await nation.directory.verify(token, by: Nation.city, at: moment)
        }
        for moment in [validity.lowerBound - .microseconds(1), validity.upperBound] {
            await #expect(throws: KeyError.noStatement(Nation.city)) {
                try await nation.directory.verify(token, by: Nation.city, at: moment)
            }
            #expect(throws: KeyError.noStatement(Nation.city)) {
                try nation.directory.seal([1], for: Nation.city, context: [], at: moment)
            }
        }
    }

    @Test("nobody is known who has no statement")
    func unknown() async throws {
        let nation = try await Nation()
        let stranger = InstitutionID(literal: "stranger")
        #expect(throws: KeyError.noStatement(stranger)) {
            try nation.directory.statement(of: stranger, at: Nation.now)
        }
        #expect(nation.directory.institutions == [Nation.city, Nation.town])
    }

    @Test("the thumbprint changes with either key")
    func thumbprint() {
        let keys = InstitutionKeyPair()
        let first = Nation.statement(Nation.city, keys).thumbprint
        #expect(Nation.statement(Nation.town, keys).thumbprint == first)
        #expect(Nation.statement(Nation.city, InstitutionKeyPair()).thumbprint != first)
    }

    @Test("what is sealed opens for its recipient, in its context, unchanged, and not otherwise")
    func sealing() async throws {
        let nation = try await Nation()
        let context = Array("context".utf8)
        let sealed = try nation.directory.seal([1, 2, 3], for: Nation.city, context: context, at: Nation.now)
        #expect(try nation.city.open(sealed, context: context) == [1, 2, 3])
        #expect(throws: KeyError.cannotOpen) { try nation.town.open(sealed, context: context) }
        for other in [[], Array("Context".utf8), context + [0]] {
            #expect(throws: KeyError.cannotOpen) { try nation.city.open(sealed, context: other) }
        }
        let again = try nation.directory.seal([1, 2, 3], for: Nation.city, context: context, at: Nation.now)
        #expect(again != sealed, "the same bytes sealed twice cannot be told to be the same")
    }

    @Test("no bit of what is sealed can be changed, and no length traps")
    func changedSeals() async throws {
        let nation = try await Nation()
        let sealed = try nation.directory.seal([1, 2, 3], for: Nation.city, context: [], at: Nation.now)
        let fields = try JSONDecoder().decode([String: String].self, from: JSONEncoder().encode(sealed))
        #expect(Set(fields.keys) == ["encapsulatedKey", "ciphertext"])
        for name in fields.keys {
            let bytes = try [UInt8](base64URL: #require(fields[name]))
            var others = (0..<bytes.count).map { Array(bytes.prefix($0)) } + [bytes + [0]]
            for bit in 0..<(bytes.count * 8) {
                var flipped = bytes
                flipped[bit / 8] ^= 1 << (bit % 8)
                others.append(flipped)
            }
            // X25519 does not look at the highest bit of a public key (RFC 7748 §5); HPKE binds it by its context.
            for other in others {
                var changed = fields
                changed[name] = other.base64URL
                let value = try JSONDecoder().decode(SealedBytes.self, from: JSONEncoder().encode(changed))
                #expect(throws: KeyError.cannotOpen) { try nation.city.open(value, context: []) }
            }
        }
    }

    @Test("keys are read back from their secret bytes, and from no others")
    func secretBytes() async throws {
        let keys = InstitutionKeyPair()
        let again = try InstitutionKeyPair(secretBytes: keys.secretBytes(for: .keyFile))
        #expect(Nation.statement(Nation.city, keys) == Nation.statement(Nation.city, again))
        for bytes in [[], [UInt8](repeating: 0, count: 64), [UInt8](repeating: 1, count: 63)] {
            #expect(throws: KeyError.malformedKey) { try InstitutionKeyPair(secretBytes: bytes) }
        }
        let authority = KeyAuthority()
        #expect(try KeyAuthority(secretBytes: authority.secretBytes(for: .keyFile)).publicKey == authority.publicKey)
        #expect(throws: KeyError.malformedKey) { try KeyAuthority(secretBytes: [UInt8](repeating: 0, count: 32)) }
    }

    @Test("secret keys show nothing of themselves")
    func redaction() {
        let keys = InstitutionKeyPair()
        let authority = KeyAuthority()
        for (value, name) in [(keys as Any, "InstitutionKeyPair"), (authority as Any, "KeyAuthority")] {
            var dumped = ""
            dump(value, to: &dumped)
            #expect("\(value)" == "\(name)(redacted)" && String(reflecting: value) == "\(name)(redacted)")
            #expect(Mirror(reflecting: value).children.isEmpty && !dumped.contains("Key<"))
        }
    }
}
