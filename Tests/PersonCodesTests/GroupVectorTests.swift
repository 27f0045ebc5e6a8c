import Testing

@testable import PersonCodes

@Suite struct GroupVectorTests {
    @Test("multiples of the generator are those of RFC 9496 A.1", arguments: 1...15)
    func multiples(number: Int) throws {
        let scalar = try Scalar(encoding: [UInt8(number)] + [UInt8](repeating: 0, count: 31))
        #expect(try GroupElement(generatorTimes: scalar).bytes == hex(RFC9496.multiples[number - 1]))
    }

    @Test("sums and differences agree with the multiples")
    func sums() throws {
        let elements = try RFC9496.multiples.map { try GroupElement(encoding: hex($0)) }
        #expect(try elements[3].plus(elements[6]) == elements[10])
        #expect(try elements[10].minus(elements[6]) == elements[3])
    }

    @Test("64 uniform bytes map as in RFC 9496 A.3", arguments: RFC9496.uniform)
    func map(input: String, element: String) throws {
        #expect(try GroupElement(uniformBytes: hex(input)).bytes == hex(element))
    }

    @Test("an invalid encoding of RFC 9496 A.2 is refused everywhere", arguments: RFC9496.invalidEncodings)
    func invalid(encoding: String) throws {
        let bytes = hex(encoding)
        #expect(bytes.count == 32)
        #expect(throws: PersonCodesError(.invalidElement, "")) { try InstitutionCode(bytes: bytes) }
        #expect(throws: PersonCodesError(.invalidElement, "")) { try PartialCode(bytes: bytes) }
        #expect(throws: PersonCodesError(.invalidElement, "")) { try PersonPoint(bytes: bytes) }
        #expect(throws: PersonCodesError(.invalidElement, "")) { try CodeEncryptionPublicKey(bytes: bytes) }
        let good = hex(RFC9496.multiples[0])
        #expect(throws: PersonCodesError(.invalidElement, "")) { try EncryptedCode(bytes: bytes + good) }
        #expect(throws: PersonCodesError(.invalidElement, "")) { try EncryptedCode(bytes: good + bytes) }
    }

    @Test("an element's encoding with the highest bit set is refused", arguments: RFC9496.multiples)
    func highestBit(encoding: String) {
        var bytes = hex(encoding)
        bytes[31] |= 0x80
        #expect(throws: PersonCodesError(.invalidElement, "")) { try InstitutionCode(bytes: bytes) }
        #expect(throws: PersonCodesError(.invalidElement, "")) {
            try InstitutionCode(bytes: [UInt8](repeating: 0, count: 31) + [0x80])
        }
    }

    @Test("the identity is refused everywhere")
    func identity() throws {
        let refusal = PersonCodesError(.identityElement, "")
        #expect(throws: refusal) { try InstitutionCode(bytes: identityEncoding) }
        #expect(throws: refusal) { try PartialCode(bytes: identityEncoding) }
        #expect(throws: refusal) { try PersonPoint(bytes: identityEncoding) }
        #expect(throws: refusal) { try CodeEncryptionPublicKey(bytes: identityEncoding) }
        let good = hex(RFC9496.multiples[0])
        #expect(throws: refusal) { try EncryptedPartialCode(bytes: identityEncoding + good) }
        #expect(throws: refusal) { try EncryptedPartialCode(bytes: good + identityEncoding) }
    }

    @Test("an operation that gives the identity throws instead")
    func identityResult() throws {
        let element = try GroupElement(encoding: hex(RFC9496.multiples[4]))
        #expect(throws: PersonCodesError(.identityElement, "")) { try element.minus(element) }
    }

    @Test("an element of another length is refused", arguments: [0, 1, 31, 33, 64])
    func length(count: Int) {
        let bytes = [UInt8](repeating: 1, count: count)
        #expect(throws: PersonCodesError(.wrongLength, "")) { try InstitutionCode(bytes: bytes) }
        #expect(throws: PersonCodesError(.wrongLength, "")) { try PersonPoint(bytes: bytes) }
    }

    @Test(
        "a code in base64url has one spelling",
        arguments: [
            "4vKuCmq8TnGohKlhxQBRX1jjC2qlgt2NtqZZReCNLXY=", "4vKuCmq8TnGohKlhxQBRX1jjC2qlgt2NtqZZReCNLXZ",
            " 4vKuCmq8TnGohKlhxQBRX1jjC2qlgt2NtqZZReCNLXY", "4vKuCmq8TnGohKlhxQBRX1jjC2qlgt2NtqZZReCNLX", "", "é",
        ])
    func base64(text: String) throws {
        let code = try InstitutionCode(bytes: hex(RFC9496.multiples[0]))
        #expect(code.base64URL == "4vKuCmq8TnGohKlhxQBRX1jjC2qlgt2NtqZZReCNLXY")
        #expect(try InstitutionCode(base64URL: code.base64URL) == code)
        #expect(throws: PersonCodesError(.wrongLength, "")) { try InstitutionCode(base64URL: text) }
    }
}
