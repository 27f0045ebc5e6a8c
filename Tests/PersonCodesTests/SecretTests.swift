import Crypto
import Testing

@testable import PersonCodes

@Suite struct SecretTests {
    @Test("a person point is from_hash of HMAC-SHA-512")
    func personPoint() throws {
        let secret = [UInt8](1...32)
        let mac = HMAC<SHA512>.authenticationCode(for: [UInt8]("abc".utf8), using: SymmetricKey(data: secret))
        let expected = try GroupElement(uniformBytes: [UInt8](mac))
        #expect(try PersonPointKey(secretBytes: secret).point(for: [UInt8]("abc".utf8)).bytes == expected.bytes)
    }

    @Test("other digits or another key are another point")
    func otherPoint() throws {
        let key = try PersonPointKey.random()
        #expect(try key.point(for: [1, 2]) == key.point(for: [1, 2]))
        #expect(try key.point(for: [1, 2]) != key.point(for: [1, 3]))
        #expect(try key.point(for: [1, 2]) != PersonPointKey.random().point(for: [1, 2]))
    }

    @Test("an input of no bytes or of too many is refused", arguments: [0, 1025])
    func inputLength(count: Int) throws {
        let key = try PersonPointKey.random()
        #expect(throws: PersonCodesError(.unacceptableInput, "")) {
            try key.point(for: [UInt8](repeating: 1, count: count))
        }
    }

    @Test("a secret that is short, long or zero is refused", arguments: [0, 31, 129])
    func keyLength(count: Int) {
        let bytes = [UInt8](repeating: 7, count: count)
        let refusal = PersonCodesError(.unacceptableInput, "")
        #expect(throws: refusal) { try PersonPointKey(secretBytes: bytes) }
        #expect(throws: refusal) { try FactorMaster(secretBytes: bytes) }
        #expect(throws: refusal) { try PersonPointKey(secretBytes: [UInt8](repeating: 0, count: 32)) }
        #expect(throws: refusal) { try FactorMaster(secretBytes: [UInt8](repeating: 0, count: 64)) }
    }

    static let badScalars: [(bytes: [UInt8], code: PersonCodesError.Code)] = [
        ([UInt8](repeating: 0, count: 32), .invalidScalar),
        (groupOrder, .invalidScalar),
        ([groupOrder[0] + 1] + groupOrder.dropFirst(), .invalidScalar),
        ([UInt8](repeating: 0xFF, count: 32), .invalidScalar),
        ([], .wrongLength), ([1], .wrongLength), ([1] + [UInt8](repeating: 0, count: 32), .wrongLength),
    ]

    @Test("zero, the group order, what is above it and other lengths are no scalars", arguments: badScalars)
    func scalars(bytes: [UInt8], code: PersonCodesError.Code) {
        let refusal = PersonCodesError(code, "")
        #expect(throws: refusal) { try CodeFactor(secretBytes: bytes) }
        #expect(throws: refusal) { try FactorShare(secretBytes: bytes) }
        #expect(throws: refusal) { try CodeEncryptionKey(secretBytes: bytes) }
    }

    @Test("the group order minus one is the largest scalar")
    func largest() throws {
        let bytes = [groupOrder[0] - 1] + groupOrder.dropFirst()
        #expect(try CodeFactor(secretBytes: bytes).secretBytesForKeyFolder == bytes)
    }

    @Test("stored secrets come back as the same secrets")
    func roundTrip() throws {
        let factor = try CodeFactor.random()
        #expect(try CodeFactor(secretBytes: factor.secretBytesForKeyFolder).scalar == factor.scalar)
        let share = try FactorShare.random()
        #expect(try FactorShare(secretBytes: share.secretBytesForKeyFolder).scalar == share.scalar)
        let reader = try CodeEncryptionKey.random()
        #expect(try CodeEncryptionKey(secretBytes: reader.secretBytesForKeyFolder).publicKey == reader.publicKey)
        let key = try PersonPointKey.random()
        #expect(try PersonPointKey(secretBytes: key.secretBytesForKeyFolder).point(for: [9]) == key.point(for: [9]))
    }

    @Test("a master secret gives each institution its own share, the same each time")
    func derived() throws {
        let master = try FactorMaster.random()
        let copy = try FactorMaster(secretBytes: master.secretBytesForKeyFolder)
        #expect(try master.share(for: "a").scalar == copy.share(for: "a").scalar)
        #expect(try master.factor(for: "a").scalar == master.share(for: "a").scalar)
        #expect(try master.share(for: "a").scalar != master.share(for: "b").scalar)
        #expect(try master.share(for: "a").scalar != FactorMaster.random().share(for: "a").scalar)
    }

    @Test("a derived share is HMAC-SHA-512 of label and id, reduced")
    func derivation() throws {
        let secret = [UInt8](1...40)
        let message = [UInt8]("madoguchi-code-factor-v1\u{0}city".utf8)
        let mac = HMAC<SHA512>.authenticationCode(for: message, using: SymmetricKey(data: secret))
        let expected = try Scalar(uniformBytes: [UInt8](mac))
        #expect(try FactorMaster(secretBytes: secret).share(for: "city").scalar == expected)
    }

    @Test("an institution id of no bytes or of too many is refused", arguments: [0, 256])
    func institution(count: Int) throws {
        let master = try FactorMaster.random()
        #expect(throws: PersonCodesError(.unacceptableInput, "")) {
            try master.share(for: String(repeating: "a", count: count))
        }
    }

    @Test("secrets and persons' values show nothing of themselves and are not encodable")
    func redaction() throws {
        let secret = [UInt8](repeating: 0x5A, count: 31) + [0x05]
        let reader = try CodeEncryptionKey(secretBytes: secret)
        let point = try PersonPointKey.random().point(for: [1])
        let code = try CodeFactor(secretBytes: secret).code(of: point)
        let secrets: [Any] = [
            try PersonPointKey(secretBytes: secret), try FactorMaster(secretBytes: secret),
            try CodeFactor(secretBytes: secret), try FactorShare(secretBytes: secret), reader, point,
        ]
        for value in secrets + [code, try EncryptedCode(code, for: reader.publicKey)] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                #expect(text.contains("(redacted)"))
                #expect(!text.contains("90") && !text.lowercased().contains("5a5a"))
                #expect(!text.contains(String(code.bytes[0])) || code.bytes[0] < 10)
            }
        }
        for value in secrets { #expect(!(value is any Encodable)) }
    }
}
