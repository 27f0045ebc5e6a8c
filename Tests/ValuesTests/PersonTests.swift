import Testing
import Values

/// The character 邉 with a variation selector, a compatibility ideograph (神), and one beyond the first plane (𠮷).
private let shaped = "渡\u{9089}\u{E0101}\u{FA19}\u{20BB7}"

private func name(_ full: String) throws -> PersonName { try PersonName(full: full) }
private func address(_ text: String) throws -> Address { try Address(text: text, municipality: nil) }

@Suite("Names")
struct PersonNameTests {
    @Test("variation selectors and compatibility ideographs survive, through JSON too")
    func shapesSurvive() throws {
        let person = try PersonName(family: shaped, given: "見本")
        #expect(Array(person.family.unicodeScalars) == Array(shaped.unicodeScalars))
        let back = try decoded(PersonName.self, json(person))
        #expect(Array(back.family.unicodeScalars) == Array(shaped.unicodeScalars))
        #expect(Array(back.full.unicodeScalars) == Array("\(shaped)\u{3000}見本".unicodeScalars))
    }

    @Test("combining marks become one character")
    func canonicalForm() throws {
        let person = try PersonName(family: "か\u{3099}", given: "")
        #expect(Array(person.family.unicodeScalars) == ["が"])
        #expect(person.full == "が")
    }

    @Test(
        "readings become full-width katakana",
        arguments: [
            ("ミホン", "ミホン"), ("みほん", "ミホン"), ("ﾐﾎﾝ", "ミホン"), ("ｶﾞｰｺﾞ", "ガーゴ"), (" ミ・ホン ", "ミ・ホン"),
        ])
    func kana(typed: String, kept: String) throws {
        #expect(try PersonName(family: "見本", given: "", familyKana: typed).familyKana == kept)
    }

    @Test("an empty or too long part is refused", arguments: ["", " ", "\u{3000}", String(repeating: "見", count: 101)])
    func wrongLengths(part: String) {
        #expect(throws: ValueError(.wrongLength, "")) { try PersonName(family: part, given: "太") }
        #expect(throws: ValueError(.wrongLength, "")) { try PersonName(family: "見", given: "太", formerFamily: part) }
    }

    @Test(
        "a character that no name has is refused in every part",
        arguments: ["\n", "\u{0}", "\u{7}", "\u{202E}", "\u{200B}", "\u{2028}", "\u{3000}", "\u{FEFF}"])
    func wrongCharacters(character: String) {
        let part = "見\(character)本"
        #expect(throws: ValueError(.wrongCharacter, "")) { try PersonName(family: part, given: "太") }
        #expect(throws: ValueError(.wrongCharacter, "")) { try PersonName(family: "見", given: part) }
        #expect(throws: ValueError(.wrongCharacter, "")) { try PersonName(family: "見", given: "太", formerFamily: part) }
    }

    @Test("readings and Latin names of other letters are refused")
    func refusedLetters() {
        #expect(throws: ValueError.self) { try PersonName(family: "見", given: "本", familyKana: "見本") }
        #expect(throws: ValueError.self) { try PersonName(family: "見", given: "本", givenKana: "mihon") }
        #expect(throws: ValueError.self) { try PersonName(family: "見", given: "本", familyKana: "") }
        #expect(throws: ValueError.self) { try PersonName(family: "見", given: "本", latin: "ミホン") }
        #expect(throws: ValueError.self) { try PersonName(family: "見", given: "本", latin: "MIHON<b>") }
    }

    @Test("a full name parts at the first ideographic space")
    func full() throws {
        #expect(try name("見本\u{3000}太").family == "見本")
        #expect(try name("見本\u{3000}太").given == "太")
        #expect(try name("MIHON TA").given == "")
        #expect(throws: ValueError.self) { try name("見本\u{3000}太\u{3000}郎") }
        #expect(throws: ValueError.self) { try name("\u{3000}太") }
        #expect(throws: ValueError.self) { try name("") }
        let read = try PersonName(family: "見本", given: "太", familyKana: "ミホン", givenKana: "タ")
        #expect(read.fullKana == "ミホン\u{3000}タ")
    }

    @Test(
        "spellings of one name match",
        arguments: [
            ("渡邉\u{3000}太", "渡邉\u{E0101}\u{3000}太"), ("MIHON TA", "ｍｉｈｏｎ ｔａ"),
            ("\u{FA19}\u{3000}太", "\u{795E}\u{3000}太"),
            ("ｶﾞ\u{3000}太", "ガ\u{3000}太"), ("見本\u{3000}太", "見本太"),
        ])
    func matching(left: String, right: String) throws {
        #expect(try name(left).matches(name(right)))
    }

    @Test(
        "other characters do not match",
        arguments: [
            ("渡邉\u{3000}太", "渡邊\u{3000}太"), ("渡辺\u{3000}太", "渡邊\u{3000}太"), ("髙\u{3000}太", "高\u{3000}太"),
            ("見本\u{3000}太", "見本\u{3000}大"),
        ])
    func notMatching(left: String, right: String) throws {
        #expect(try !name(left).matches(name(right)))
    }

    @Test("JSON goes through the same door and tells nothing of what it refused")
    func codable() throws {
        let told = try #require(refusal(PersonName.self, "{\"family\":\"ひみつ\\u0007\",\"given\":\"本\"}"))
        #expect(!told.contains("ひみつ"))
        #expect(refusal(PersonName.self, #"{"family":"見本"}"#) != nil)
        #expect(refusal(PersonName.self, #"{"family":"","given":"本"}"#) != nil)
    }
}

@Suite("Addresses")
struct AddressTests {
    @Test(
        "spellings of one address match",
        arguments: [
            ("見本県見本市中央一丁目2番3号", "見本県見本市中央１－２－３"), ("見本市中央1丁目2番地の3", "見本市中央1-2-3"),
            ("見本市中央1−2‐3", "見本市中央1ー2ｰ3"), ("見本市中央十二丁目3番4号", "見本市中央12-3-4"),
            ("見本市中央二十一丁目3", "見本市中央21-3"), ("見本市中央1-2-3 ハイツ 101号室", "見本市中央1丁目2番3号ハイツ１０１"),
            ("見本市中央1-2-3\u{3000}101", "見本市中央1-2-3-101"), ("見本市大字中央１５番地", "見本市大字中央15"),
        ])
    func matching(left: String, right: String) throws {
        #expect(try address(left).matches(address(right)))
    }

    @Test(
        "other addresses do not match",
        arguments: [
            ("見本市中央1-2-3", "見本市中央1-23"), ("見本市中央1-2-3 101", "見本市中央1-2-31 01"), ("見本市中央11-2", "見本市中央1-12"),
            ("見本市中央一丁目2", "見本市中央二丁目2"), ("見本市中央1-2-3", "見本市本町1-2-3"), ("見本市中央1-2", "見本市中央1-2-3"),
            ("見本市十一一丁目1", "見本市11丁目1"), ("見本市三番町1", "見本市番町1"),
        ])
    func notMatching(left: String, right: String) throws {
        #expect(try !address(left).matches(address(right)))
    }

    @Test(
        "texts that are no address are refused",
        arguments: ["", " \u{3000}", "見\n本", "見\u{202E}本", String(repeating: "見", count: 201)])
    func refused(text: String) throws {
        #expect(throws: ValueError.self) { try address(text) }
        #expect(try refusal(Address.self, json(["text": text])) != nil)
    }

    @Test("JSON carries the text as registered and checks the municipality")
    func codable() throws {
        let full = try Address(text: " 見本市中央１－２ ", municipality: MunicipalityCode("131121"))
        #expect(full.text == "見本市中央１－２")
        #expect(try decoded(Address.self, json(full)) == full)
        #expect(refusal(Address.self, #"{"text":"見本市","municipality":"131122"}"#) != nil)
    }
}

@Suite("The four items")
struct FourItemsTests {
    private func items(
        name: String = "見本\u{3000}太", address: String = "見本市中央1-2-3", birth: String = "1989-03-31", sex: Sex = .male
    ) throws -> FourItems {
        FourItems(
            name: try PersonName(full: name), address: try Address(text: address, municipality: nil),
            birthDate: try CivilDate(birth), sex: sex)
    }

    @Test("each item that differs is named, and no other")
    func differences() throws {
        let base = try items()
        #expect(base.differences(from: base).isEmpty)
        #expect(try base.differences(from: items(name: "見本\u{3000}大")) == [.name])
        #expect(try base.differences(from: items(address: "見本市中央1-2-4")) == [.address])
        #expect(try base.differences(from: items(birth: "1989-04-01")) == [.birthDate])
        #expect(try base.differences(from: items(sex: .female)) == [.sex])
        let other = try items(name: "本見\u{3000}太", address: "本見市", birth: "1990-03-31", sex: .unknown)
        #expect(base.differences(from: other) == Set(FourItems.Item.allCases))
    }

    @Test("another spelling is no difference, though it is not equal")
    func spellings() throws {
        let other = try items(name: "見本\u{E0100}\u{3000}太", address: "見本市中央一丁目２番３号")
        #expect(try items().differences(from: other).isEmpty)
        #expect(try items() != other)
    }

    @Test("none of the types of personal data shows a character of it")
    func redacted() throws {
        let all = try items(name: "邉\u{3000}髙", address: "櫻町7-7-7", birth: "1977-07-07")
        for text in [shown(all), shown(all.name), shown(all.address), shown([all]), shown(["key": all])] {
            #expect(!text.contains { "邉髙櫻町7".contains($0) })
            #expect(text.contains("(redacted)"))
        }
        #expect("\(all)" == "FourItems(redacted)")
        #expect(Mirror(reflecting: all).children.isEmpty)
    }

    @Test("JSON round trip keeps the four, and a wrong one is refused")
    func codable() throws {
        let all = try items()
        #expect(try decoded(FourItems.self, json(all)) == all)
        #expect(try refusal(FourItems.self, json(all).replacing("1989-03-31", with: "1989-02-31")) != nil)
        #expect(try refusal(FourItems.self, json(all).replacing("\"sex\":\"1\"", with: "\"sex\":\"5\"")) != nil)
    }
}
