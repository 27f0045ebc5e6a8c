import Foundation
import Testing

/// People and attackers with real browsers, against the real programs. Each journey is told in `journeys/*.py`.
@Suite(
    "Journeys in a browser", .serialized,
    .enabled(if: Journeys.canRun, Comment(rawValue: Journeys.absent)))
struct BrowserTests {
    @Test("a journey in Chromium ends as it should", .timeLimit(.minutes(3)), arguments: Journeys.all)
    func journey(_ name: String) throws {
        let (status, text) = try Journeys.run([name])
        #expect(status == 0, Comment(rawValue: text))
    }

    @Test("the table of journeys is what the scripts have")
    func table() throws {
        let (status, text) = try Journeys.run(["--list"])
        #expect(status == 0, Comment(rawValue: text))
        #expect(text.split(separator: "\n").map(String.init) == Journeys.all.sorted())
    }
}
