import Foundation
import Testing

@testable import PersonCodes

@Suite struct EncryptedCodeTests {
    let reader: CodeEncryptionKey
    let code: InstitutionCode
    let person: PersonPoint

    init() throws {
        reader = try CodeEncryptionKey.random()
        person = try PersonPointKey.random().point(for: [1])
        code = try CodeFactor.random().code(of: person)
    }

    @Test("the reader finds the code; the ciphertext does not contain it")
    func decrypts() throws {
        let encrypted = try EncryptedCode(code, for: reader.publicKey)
        #expect(try reader.decrypt(encrypted) == code)
        #expect(encrypted.bytes.prefix(32) != code.bytes[...] && encrypted.bytes.suffix(32) != code.bytes[...])
    }

    @Test("no two ciphertexts of one code share a half")
    func fresh() throws {
        let one = try EncryptedCode(code, for: reader.publicKey)
        let two = try EncryptedCode(code, for: reader.publicKey)
        #expect(one.bytes.prefix(32) != two.bytes.prefix(32) && one.bytes.suffix(32) != two.bytes.suffix(32))
    }

    @Test("re-randomised, it opens to the same code and shares no half")
    func rerandomises() throws {
        let one = try EncryptedCode(code, for: reader.publicKey)
        let two = try one.rerandomised(for: reader.publicKey)
        #expect(try reader.decrypt(two) == code)
        #expect(one.bytes.prefix(32) != two.bytes.prefix(32) && one.bytes.suffix(32) != two.bytes.suffix(32))
    }

    @Test("another reader's key opens it to another code")
    func wrongReader() throws {
        let encrypted = try EncryptedCode(code, for: reader.publicKey)
        #expect(try CodeEncryptionKey.random().decrypt(encrypted) != code)
    }

    @Test("re-randomised for another reader, it is lost for both")
    func wrongRerandomisation() throws {
        let other = try CodeEncryptionKey.random()
        let encrypted = try EncryptedCode(code, for: reader.publicKey).rerandomised(for: other.publicKey)
        #expect(try reader.decrypt(encrypted) != code)
        #expect(try other.decrypt(encrypted) != code)
    }

    @Test("two operators convert under encryption: the reader gets its own stored code")
    func converts() throws {
        let (a, b) = (try CodeFactor.random(), try CodeFactor.random())
        let (from, to) = (try a.split(), try b.split())
        let first = try CodeConversion(from: from.first, to: to.first)
        let second = try CodeConversion(from: from.second, to: to.second)
        let between = try first.begin(a.code(of: person), encryptedFor: reader.publicKey)
        let encrypted = try second.finish(between, for: reader.publicKey)
        #expect(try reader.decrypt(encrypted) == b.code(of: person))
        #expect(between.bytes.prefix(32) != encrypted.bytes.prefix(32))
    }

    @Test("with one operator the second step changes the bytes and not the code")
    func convertsAlone() throws {
        let (a, b) = (try CodeFactor.random(), try CodeFactor.random())
        let first = try CodeConversion(from: a.unsplit.first, to: b.unsplit.first)
        let second = try CodeConversion(from: a.unsplit.second, to: b.unsplit.second)
        let between = try first.begin(a.code(of: person), encryptedFor: reader.publicKey)
        let encrypted = try second.finish(between, for: reader.publicKey)
        #expect(try reader.decrypt(encrypted) == b.code(of: person))
        #expect(between.bytes != encrypted.bytes)
    }

    @Test("a ciphertext of another length is refused", arguments: [0, 32, 63, 65, 96])
    func length(count: Int) throws {
        let bytes = try EncryptedCode(code, for: reader.publicKey).bytes + [UInt8](repeating: 1, count: 64)
        #expect(throws: PersonCodesError(.wrongLength, "")) { try EncryptedCode(bytes: [UInt8](bytes.prefix(count))) }
    }

    @Test("whatever bit is flipped, the code does not come out")
    func flipped() throws {
        let bytes = try EncryptedCode(code, for: reader.publicKey).bytes
        for bit in 0..<bytes.count * 8 {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let opened = try? reader.decrypt(EncryptedCode(bytes: changed))
            #expect(opened != code)
        }
    }

    @Test("codes, ciphertexts and public keys travel in JSON as base64url, and bad ones are refused")
    func json() throws {
        struct Message: Codable, Equatable {
            var code: InstitutionCode
            var encrypted: EncryptedCode
            var key: CodeEncryptionPublicKey
        }
        let message = Message(
            code: code, encrypted: try EncryptedCode(code, for: reader.publicKey), key: reader.publicKey)
        let data = try JSONEncoder().encode(message)
        #expect(try JSONDecoder().decode(Message.self, from: data) == message)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains("\"code\":\"\(code.base64URL)\"") && code.base64URL.count == 43)
        let bad = text.replacingOccurrences(of: code.base64URL, with: String(repeating: "A", count: 43))
        #expect(throws: PersonCodesError(.identityElement, "")) {
            try JSONDecoder().decode(Message.self, from: Data(bad.utf8))
        }
    }
}
