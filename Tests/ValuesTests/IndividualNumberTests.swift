import NumberValues
import Testing
import Values

/// The two public vectors: the example of the check-digit ordinance's explanations, and a published dummy record.
private let vectors = ["123456789018", "379474484458"]
private let weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]

@Suite("Individual Number")
struct IndividualNumberTests {
    @Test("the public vectors are accepted and come back", arguments: vectors)
    func vectorsAreAccepted(digits: String) throws {
        #expect(try IndividualNumber(digits).disclosed(for: .ownView) == digits)
        #expect(try IndividualNumber.checkDigit(of: String(digits.dropLast())) == Int(digits.suffix(1)))
    }

    @Test(
        "spellings that people type are one number",
        arguments: [
            "1234 5678 9018", "1234-5678-9018", "1234－5678－9018", "１２３４５６７８９０１８", " 1234\u{3000}5678\u{00A0}9018\n",
            "１２３４−５６７８‐９０１８", "1234—5678–9018",
        ])
    func spellings(text: String) throws {
        #expect(try IndividualNumber(text) == IndividualNumber(vectors[0]))
    }

    @Test("damaged texts are refused", arguments: damaged(vectors[0]))
    func damagedTexts(text: String) {
        #expect(throws: NumberError.self) { try IndividualNumber(text) }
    }

    @Test("the error tells length, character and check digit apart and never repeats the text")
    func errorCodes() {
        func error(_ text: String) -> NumberError? {
            do {
                _ = try IndividualNumber(text)
                return nil
            } catch {
                return error
            }
        }
        #expect(error("12345678901")?.code == .wrongLength)
        #expect(error("12345678901A")?.code == .wrongCharacter)
        #expect(error("123456789012")?.code == .wrongCheckDigit)
        #expect(error("123456789012").map { shown($0) }?.contains("12345678") == false)
    }

    @Test("a changed digit is refused unless the remainders are 0 and 1, where the formula cannot tell")
    func singleDigitChanges() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        var (changes, accepted) = (0, 0)
        for _ in 0..<400 {
            let digits = try #require(values(of: IndividualNumber.random(using: &generator)))
            let before = remainder(digits)
            for position in 0..<12 {
                for digit in 0...9 where digit != digits[position] {
                    var changed = digits
                    changed[position] = digit
                    let passes = (try? IndividualNumber(changed.map(String.init).joined())) != nil
                    let blind = position < 11 && [before, remainder(changed)].sorted() == [0, 1]
                    #expect(passes == blind, "seed \(seed)")
                    changes += 1
                    accepted += passes ? 1 : 0
                }
            }
        }
        #expect(changes == 400 * 108)
        let share = Double(accepted) / Double(changes)
        #expect(abs(share - 1.0 / 60) < 0.006, "seed \(seed): \(share)")
    }

    /// All 10^11 numbers have 108 changes of one digit each; counted by the remainders of the ten other digits.
    @Test("of all single-digit changes, 180,000,000,004 in 10,800,000,000,000 slip through: one in sixty")
    func exactShare() throws {
        let slips = weights.indices.reduce(0) { $0 + slipsAt($1) }
        #expect(slips == 180_000_000_004)
        #expect(slips / (10_800_000_000_000 / 60) == 1)
        // The weights used here are those of the type: each single digit alone gives its weight away.
        for (position, weight) in weights.enumerated() {
            let body = weights.indices.map { $0 == position ? "1" : "0" }.joined()
            #expect(try IndividualNumber.checkDigit(of: body) == 11 - weight)
        }
    }

    @Test("exactly one check digit belongs behind each body")
    func oneCheckDigit() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let body = IndividualNumber.random(using: &generator).disclosed(for: .ownView).dropLast()
            let accepted = (0...9).filter { (try? IndividualNumber(body + String($0))) != nil }
            #expect(accepted == [try IndividualNumber.checkDigit(of: String(body))], "seed \(seed)")
        }
    }

    @Test(
        "a check digit is computed for eleven digits only",
        arguments: ["", "1234567890", "123456789012", "1234567890A"])
    func bodyLength(body: String) {
        #expect(throws: NumberError.self) { try IndividualNumber.checkDigit(of: body) }
    }

    @Test("the same seed gives the same numbers, and they are valid")
    func seeded() throws {
        var (first, second) = (SeededGenerator(seed: 7), SeededGenerator(seed: 7))
        let numbers = (0..<1_000).map { _ in IndividualNumber.random(using: &first) }
        #expect(numbers == (0..<1_000).map { _ in IndividualNumber.random(using: &second) })
        #expect(Set(numbers).count == 1_000)
        for number in numbers { #expect(try IndividualNumber(number.disclosed(for: .ownView)) == number) }
    }

    @Test("no way of showing it shows a digit group")
    func redacted() throws {
        let number = try IndividualNumber(vectors[0])
        #expect(!shown(number).contains { $0.isNumber })
        #expect("\(number)" == "IndividualNumber(redacted)")
        #expect(Mirror(reflecting: number).children.isEmpty)
        #expect(!(number as Any is any Encodable) && !(number as Any is any Decodable))
        #expect(number.masked == "•••• •••• 9018")
    }

    private func values(of number: IndividualNumber) -> [Int]? {
        let digits = number.disclosed(for: .ownView).compactMap(\.wholeNumberValue)
        return digits.count == 12 ? digits : nil
    }

    private func remainder(_ digits: [Int]) -> Int { zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11 }

    private func slipsAt(_ position: Int) -> Int {
        let others = remainders(of: weights.indices.filter { $0 != position }.map { weights[$0] })
        var slips = 0
        for before in 0...9 {
            for after in 0...9 where after != before {
                for (rest, count) in others.enumerated() {
                    let pair = [before, after].map { (rest + weights[position] * $0) % 11 }
                    if pair.sorted() == [0, 1] { slips += count }
                }
            }
        }
        return slips
    }

    /// How many of the digit rows under these weights have each remainder by 11.
    private func remainders(of weights: [Int]) -> [Int] {
        weights.reduce([1] + Array(repeating: 0, count: 10)) { counts, weight in
            var next = Array(repeating: 0, count: 11)
            for (rest, count) in counts.enumerated() {
                for digit in 0...9 { next[(rest + weight * digit) % 11] += count }
            }
            return next
        }
    }
}

@Suite("Resident code")
struct ResidentCodeTests {
    /// The resident code of the published dummy record whose number is the second vector.
    private static let vector = "24727059608"

    @Test("the public vector is accepted, in full width and with hyphens too")
    func vectorIsAccepted() throws {
        let code = try ResidentCode(Self.vector)
        #expect(code.disclosed(for: .personPoint) == Self.vector)
        #expect(try ResidentCode(fullWidth(Self.vector)) == code)
        #expect(try ResidentCode("2472-7059-608") == code)
    }

    @Test("damaged texts are refused", arguments: damaged(vector))
    func damagedTexts(text: String) {
        #expect(throws: NumberError.self) { try ResidentCode(text) }
    }

    @Test("another last digit is refused", arguments: (0...9).filter { $0 != 8 })
    func wrongCheckDigit(digit: Int) {
        #expect(throws: NumberError.self) { try ResidentCode(Self.vector.dropLast() + String(digit)) }
    }

    @Test("random codes are valid and differ")
    func random() throws {
        var generator = SeededGenerator(seed: 11)
        let codes = (0..<1_000).map { _ in ResidentCode.random(using: &generator) }
        #expect(Set(codes).count == 1_000)
        for code in codes { #expect(try ResidentCode(code.disclosed(for: .personPoint)) == code) }
    }

    @Test("no way of showing it shows a digit group")
    func redacted() throws {
        let code = try ResidentCode(Self.vector)
        #expect(!shown(code).contains { $0.isNumber })
        #expect(!(code as Any is any Encodable) && !(code as Any is any Decodable))
    }
}
