import CardChip
import Testing
import Values

@Suite("Whatever the bytes")
struct RobustnessTests {
    /// Commands from which others are made by cutting, flipping and lengthening.
    private static let seeds =
        [
            Say.selectJPKI, Say.selectInputAssistance, Say.selectFace, Say.selectRegister, Say.selectCommon,
            Say.selectCardManager, Say.select("0018"), Say.select("0001"), Say.select("000A"), Say.verify("1234"),
            Say.wrongAuthentication, Say.triesLeft, "00B0000000", "00B08A0010", "00B2010400", "00CA00F200",
            "0084000020",
            "002401800435363738", "803200800435363738", "802A0297 20" + String(repeating: "11", count: 32) + "00",
            "00880099 10" + String(repeating: "22", count: 16) + "00",
            "80AE0000000100" + String(repeating: "33", count: 256),
        ].map(bytes)

    @Test(
        "100,000 mutated and random commands: never a trap, always a status word, tries never grow",
        .timeLimit(.minutes(5)))
    func random() {
        let seed = UInt64.random(in: .min ... .max)
        print("random commands: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var chip = TestCard.adult
        for round in 0..<100_000 {
            if round % 997 == 0 { chip = TestCard.adult }
            let command = Self.command(using: &generator)
            let before = chip.triesLeft(.authentication)
            let step = chip.process(command, using: &generator)
            let word = step.response.suffix(2)
            if step.response.count < 2 || !(0x61...0x90).contains(word.first ?? 0) || step.response.count > 65538 {
                Issue.record("answer \(hex(step.response)) to \(hex(command))")
            }
            if chip.triesLeft(.authentication) > before, !step.changed { Issue.record("tries grew unnoticed") }
        }
    }

    private static func command(using generator: inout SeededGenerator) -> [UInt8] {
        guard let seed = seeds.randomElement(using: &generator) else { return [] }
        var command = seed
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: command = Array(command.prefix(Int.random(in: 0...command.count, using: &generator)))
        case 1: command += randomBytes(Int.random(in: 1...6, using: &generator), using: &generator)
        case 2: command = randomBytes(Int.random(in: 0...40, using: &generator), using: &generator)
        case 3: break
        default:
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                command[Int.random(in: 0..<command.count, using: &generator)] ^=
                    1 << UInt8.random(in: 0..<8, using: &generator)
            }
        }
        return command
    }

    private static func randomBytes(_ count: Int, using generator: inout SeededGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    @Test("every class and instruction with every P1 has an answer on a blank card and inside each application")
    func sweep() {
        for application in Application.allCases {
            var chip = TestCard.adult
            _ = chip.answer("00A4040C0A" + hex(application.identifier))
            for ins in UInt8.min ... .max {
                for cla: UInt8 in [0x00, 0x08, 0x80, 0x90] {
                    for tail in [[], [0x00], [0x02, 0x00, 0x18]] as [[UInt8]] {
                        let response = chip.process([cla, ins, 0x00, 0x80] + tail).response
                        #expect(response.count >= 2)
                    }
                }
            }
        }
    }
}
