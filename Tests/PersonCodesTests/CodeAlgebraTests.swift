import Testing

@testable import PersonCodes

@Suite struct CodeAlgebraTests {
    let person: PersonPoint
    let other: PersonPoint

    init() throws {
        let key = try PersonPointKey.random()
        person = try key.point(for: [1])
        other = try key.point(for: [2])
    }

    @Test("factors commute: the order of two multiplications does not matter")
    func commutes() throws {
        let first = try FactorShare.random()
        let second = try FactorShare.random()
        let one = try second.finish(first.begin(person))
        #expect(try first.finish(second.begin(person)) == one)
        #expect(try CodeFactor(joining: first, second).code(of: person) == one)
    }

    @Test("one operator and two give the same stored code, before and after a split")
    func split() throws {
        let factor = try CodeFactor.random()
        let code = try factor.code(of: person)
        let alone = factor.unsplit
        #expect(try alone.second.finish(alone.first.begin(person)) == code)
        let shares = try factor.split()
        let partial = try shares.first.begin(person)
        #expect(try shares.second.finish(partial) == code)
        #expect(partial.bytes != code.bytes)
        #expect(try CodeFactor(joining: shares.first, shares.second).scalar == factor.scalar)
    }

    @Test("a split is new each time")
    func freshSplit() throws {
        let factor = try CodeFactor.random()
        let (one, two) = (try factor.split(), try factor.split())
        #expect(one.first.scalar != two.first.scalar)
        #expect(one.second.scalar != two.second.scalar)
    }

    @Test("a second operator's derived share takes its part out of the first's")
    func besides() throws {
        let factor = try CodeFactor.random()
        let second = try FactorMaster.random().share(for: "agency")
        let first = try factor.share(besides: second)
        #expect(try second.finish(first.begin(person)) == factor.code(of: person))
    }

    @Test("converting A to B gives what B has stored, with one operator and with two")
    func conversion() throws {
        let (a, b) = (try CodeFactor.random(), try CodeFactor.random())
        let stored = try b.code(of: person)
        let codeA = try a.code(of: person)
        #expect(try codeA.converted(from: a, to: b) == stored)
        for (from, to) in [(a.unsplit, b.unsplit), (try a.split(), try b.split())] {
            let first = try CodeConversion(from: from.first, to: to.first)
            let second = try CodeConversion(from: from.second, to: to.second)
            #expect(try second.finish(first.begin(codeA)) == stored)
        }
    }

    @Test("there and back again is the first code")
    func inverse() throws {
        let (a, b) = (try CodeFactor.random(), try CodeFactor.random())
        let code = try a.code(of: person)
        #expect(try code.converted(from: a, to: b).converted(from: b, to: a) == code)
        #expect(try code.converted(from: a, to: a) == code)
    }

    @Test("between two operators there is neither A's code nor B's")
    func partial() throws {
        let (a, b) = (try CodeFactor.random(), try CodeFactor.random())
        let (from, to) = (try a.split(), try b.split())
        let partial = try CodeConversion(from: from.first, to: to.first).begin(a.code(of: person))
        #expect(partial.bytes != (try a.code(of: person).bytes))
        #expect(partial.bytes != (try b.code(of: person).bytes))
    }

    @Test("codes of one person differ between institutions, and of two persons within one")
    func unlinkable() throws {
        let factors = try (0..<8).map { _ in try CodeFactor.random() }
        let codes = try factors.flatMap { [try $0.code(of: person), try $0.code(of: other)] }
        #expect(Set(codes).count == 16)
    }

    @Test("a conversion with the wrong source factor gives nobody's code")
    func wrongFactor() throws {
        let (a, b, wrong) = (try CodeFactor.random(), try CodeFactor.random(), try CodeFactor.random())
        let converted = try a.code(of: person).converted(from: wrong, to: b)
        #expect(converted != (try b.code(of: person)))
        #expect(converted != (try b.code(of: other)))
    }
}
