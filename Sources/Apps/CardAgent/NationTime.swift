public import Foundation
import Synchronization
public import Values

/// The nation's clock as the agent reads it (国の時計): `clock.json` in the nation's folder, the wall clock without it.
///
/// The demonstration's clock can be set, advanced and stopped while the agent runs.
public final class NationTime: NationClock {
    private enum Setting: Codable {
        case running(aheadMicroseconds: Int64)
        case stopped(Instant)
    }
    private struct State {
        var setting: Setting
        var readAt: Instant
    }

    /// How old the file's last reading may be.
    static let freshness = Duration.milliseconds(200)

    private let file: URL
    private let wall = WallClock()
    private let state: Mutex<State>

    /// Throws `malformedClock` when the file is there and is no clock's setting.
    public init(file: URL) throws(AgentError) {
        self.file = file
        guard let setting = Self.setting(in: file) else { throw .malformedClock }
        state = Mutex(State(setting: setting, readAt: wall.now()))
    }

    /// The nation's present time. A file that cannot be read for a moment leaves the last setting.
    public func now() -> Instant {
        let wall = wall.now()
        return state.withLock { state in
            if wall - state.readAt > Self.freshness || wall < state.readAt {
                state.readAt = wall
                if let setting = Self.setting(in: file) { state.setting = setting }
            }
            switch state.setting {
            case .running(let ahead): return wall + .microseconds(ahead)
            case .stopped(let instant): return instant
            }
        }
    }

    private static func setting(in file: URL) -> Setting? {
        guard FileManager.default.fileExists(atPath: file.path) else { return .running(aheadMicroseconds: 0) }
        return (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(Setting.self, from: $0) }
    }
}
