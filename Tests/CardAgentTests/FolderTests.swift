import Contracts
import Foundation
import InstitutionKeys
import Testing
import Values

@testable import CardAgent

@Suite("The nation's folder")
struct FolderTests {
    @Test("gives the register of relying parties, if the authority signed every statement")
    func directory() async throws {
        let temporary = try TemporaryFolder()
        let folder = AgentFolder(temporary.url)
        await #expect(throws: AgentError.keysMissing) { try await folder.directory() }
        let keys = TestKeys()
        let statements = try await keys.statements(at: TestScene.now)
        let json = String(decoding: try JSONEncoder().encode(statements), as: UTF8.self)
        _ = try temporary.write(json, to: "public/key-statements.json")
        _ = try temporary.write(keys.authority.publicKey.base64URL + "\n", to: "public/key-authority.pub")
        #expect(try await folder.directory().institutions == [TestKeys.gatewayID, .portal])
        _ = try temporary.write(KeyAuthority().publicKey.base64URL, to: "public/key-authority.pub")
        await #expect(throws: AgentError.keysRefused) { try await folder.directory() }
        _ = try temporary.write("{}", to: "public/key-statements.json")
        await #expect(throws: AgentError.keysRefused) { try await folder.directory() }
    }

    @Test("gives the nation's time: the wall clock, ahead of it, or stopped")
    func clock() async throws {
        let temporary = try TemporaryFolder()
        let folder = AgentFolder(temporary.url)
        let wall = WallClock()
        let before = wall.now()
        #expect(try folder.clock().now() >= before)
        _ = try temporary.write("{\"stopped\":{\"_0\":\"2030-01-01T00:00:00.000000Z\"}}", to: "clock.json")
        let clock = try folder.clock()
        let stop = try Instant("2030-01-01T00:00:00Z")
        #expect(clock.now() == stop)
        _ = try temporary.write("{\"running\":{\"aheadMicroseconds\":3600000000}}", to: "clock.json")
        try await Task.sleep(for: .milliseconds(250))
        #expect(clock.now() >= before + .seconds(3600))
        _ = try temporary.write("{", to: "clock.json")
        try await Task.sleep(for: .milliseconds(250))
        #expect(clock.now() >= before + .seconds(3600))
        #expect(throws: AgentError.malformedClock) { try folder.clock() }
    }
}
