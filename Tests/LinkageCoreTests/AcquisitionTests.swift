import Contracts
import InstitutionKeys
import LinkageCore
import PersonCodes
import TestSupport
import Testing
import Values
import Wire

@Suite("Acquisition of codes")
struct AcquisitionTests {
    @Test(
        "an institution gets the same code each time, and another than any other institution",
        arguments: TestEngine.available)
    func codes(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let person = try world.person()
            let first = try await world.code(of: person, at: world.city)
            #expect(try await world.code(of: person, at: world.city) == first)
            #expect(try await world.code(of: person, at: world.town) != first)
            #expect(try await world.login(person).code != first)
            #expect(try await world.code(of: world.person(2), at: world.city) != first)
        }
    }

    @Test("only gateways open for an agency and only the portal for a login")
    func openers() async throws {
        try await withWorld(.sqlite) { world in
            let register = try InstitutionID.agencyRegister(AgencyBody("pension"))
            let agency = OpenAcquisition(purpose: .agencyCode)
            let login = OpenAcquisition(purpose: World.loginPurpose())
            let impostor = try InstitutionID("portal-two")
            #expect(try await world.refusal(AcquisitionContract.open, agency, as: register) == "caller-not-allowed")
            #expect(try await world.refusal(AcquisitionContract.open, agency, as: .portal) == "acquisition-not-allowed")
            #expect(
                try await world.refusal(AcquisitionContract.open, login, as: world.city) == "acquisition-not-allowed")
            #expect(try await world.refusal(AcquisitionContract.open, login, as: impostor) == "acquisition-not-allowed")
            #expect(try await world.count(.acquisition) == 0)
        }
    }

    @Test(
        "a session of another length, or a purpose that is no short word, is refused",
        arguments: [
            ([UInt8](repeating: 1, count: 31), "login"), ([UInt8](repeating: 1, count: 33), "login"), ([], "login"),
            ([UInt8](repeating: 1, count: 32), ""), ([UInt8](repeating: 1, count: 32), "log in"),
            ([UInt8](repeating: 1, count: 32), String(repeating: "a", count: 41)),
        ])
    func sessions(session: [UInt8], purpose: String) async throws {
        try await withWorld(.sqlite) { world in
            let request = OpenAcquisition(purpose: .login(session: ContractBytes(session), purpose: purpose))
            let refusal = try await world.refusal(AcquisitionContract.open, request, as: .portal)
            #expect(refusal == "session-malformed")
        }
    }

    @Test("nobody but the number authority brings a point")
    func bringers() async throws {
        try await withWorld(.sqlite) { world in
            let opened = try await open(world)
            let request = try CompleteAcquisition(acquisition: opened, point: world.person())
            for caller in [world.city, .portal, .linkageCore] {
                let refusal = try await world.refusal(AcquisitionContract.complete, request, as: caller)
                #expect(refusal == "caller-not-allowed")
            }
        }
    }

    @Test("bytes that are no point are refused", arguments: [[UInt8](repeating: 0, count: 32), [], [1, 2, 3]])
    func noPoint(bytes: [UInt8]) async throws {
        try await withWorld(.sqlite) { world in
            let opened = try await open(world)
            let body = #"{"acquisition":"\#(opened.text)","point":"\#(bytes.base64URL)"}"#
            let client = EndpointClient(world.network.network(for: Caller("number-authority")))
            await #expect(throws: Problem.malformedBody) {
                try await client.send(
                    AcquisitionContract.complete.name, to: "linkage-core", body: Array(body.utf8), key: nil)
            }
        }
    }

    @Test("a code is not given before its point has come", arguments: TestEngine.available)
    func early(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let collect = CollectCode(acquisition: try await open(world))
            let refusal = try await world.refusal(AcquisitionContract.collect, collect, as: world.city)
            #expect(refusal == "acquisition-not-completed")
        }
    }

    @Test("a code is given to its opener alone", arguments: TestEngine.available)
    func opener(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let opened = try await open(world)
            try await complete(world, opened)
            let collect = CollectCode(acquisition: opened)
            for other in [world.town, .portal] {
                #expect(try await world.refusal(AcquisitionContract.collect, collect, as: other) == "acquisition-gone")
            }
            #expect(try await world.refusal(AcquisitionContract.collect, collect, as: world.city) == nil)
        }
    }

    @Test("an acquisition that does not exist is gone", arguments: TestEngine.available)
    func unknown(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let id = AcquisitionID.random()
            let point = try CompleteAcquisition(acquisition: id, point: world.person())
            let collect = CollectCode(acquisition: id)
            #expect(
                try await world.refusal(AcquisitionContract.complete, point, as: .numberAuthority) == "acquisition-gone"
            )
            #expect(try await world.refusal(AcquisitionContract.collect, collect, as: world.city) == "acquisition-gone")
        }
    }

    @Test("after ten minutes nothing can be brought or collected, and the row goes", arguments: TestEngine.available)
    func expired(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let opened = try await open(world)
            world.clock.advance(by: .seconds(599))
            try await complete(world, opened)
            world.clock.advance(by: .seconds(1))
            let collect = CollectCode(acquisition: opened)
            let point = try CompleteAcquisition(acquisition: opened, point: world.person())
            #expect(try await world.refusal(AcquisitionContract.collect, collect, as: world.city) == "acquisition-gone")
            #expect(
                try await world.refusal(AcquisitionContract.complete, point, as: .numberAuthority) == "acquisition-gone"
            )
            try await world.service.sweep()
            #expect(try await world.count(.acquisition) == 0)
        }
    }

    @Test("the same point may come again, another person's may not", arguments: TestEngine.available)
    func twice(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let opened = try await open(world)
            try await complete(world, opened)
            try await complete(world, opened)
            let other = try CompleteAcquisition(acquisition: opened, point: world.person(2))
            #expect(
                try await world.refusal(AcquisitionContract.complete, other, as: .numberAuthority) == "acquisition-gone"
            )
        }
    }

    @Test("a repeated collection gives the same code and the same presence", arguments: TestEngine.available)
    func again(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let opened = try await openLogin(world)
            try await complete(world, opened)
            let first = try await collect(world, opened)
            world.clock.advance(by: .seconds(60))
            let second = try await collect(world, opened)
            #expect(first == second)
            #expect(try await world.count(.presence) == 1)
        }
    }

    @Test("fifty collections at once make one presence", arguments: TestEngine.available)
    func concurrentCollection(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let opened = try await openLogin(world)
            try await complete(world, opened)
            let collected = try await atOnce { _ in try await collect(world, opened) }
            #expect(Set(collected.map(\.id)).count == 1)
            #expect(try await world.count(.presence) == 1)
        }
    }

    @Test("of fifty persons brought at once for one acquisition, one is taken", arguments: TestEngine.available)
    func concurrentCompletion(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let opened = try await open(world)
            let refusals = try await atOnce { index in
                let point = try world.person(UInt8(index))
                return try await world.refusal(
                    AcquisitionContract.complete, CompleteAcquisition(acquisition: opened, point: point),
                    as: .numberAuthority)
            }
            #expect(refusals.filter { $0 == nil }.count == 1)
            #expect(refusals.filter { $0 == "acquisition-gone" }.count == 49)
        }
    }

    private func open(_ world: World) async throws -> AcquisitionID {
        try await world.call(AcquisitionContract.open, OpenAcquisition(purpose: .agencyCode), as: world.city)
            .acquisition
    }

    private func openLogin(_ world: World) async throws -> AcquisitionID {
        let request = OpenAcquisition(purpose: World.loginPurpose())
        return try await world.call(AcquisitionContract.open, request, as: .portal).acquisition
    }

    private func complete(_ world: World, _ acquisition: AcquisitionID) async throws {
        let request = try CompleteAcquisition(acquisition: acquisition, point: world.person())
        _ = try await world.call(AcquisitionContract.complete, request, as: .numberAuthority)
    }

    private func collect(_ world: World, _ acquisition: AcquisitionID) async throws -> Presence {
        let request = CollectCode(acquisition: acquisition)
        let collected = try await world.call(AcquisitionContract.collect, request, as: .portal)
        guard let token = collected.presence else { throw LinkageTestError.noPresence }
        return try await world.directory.verify(token, by: .linkageCore, at: world.clock.now()).content
    }
}
