import Foundation
import Synchronization
public import Values

/// What a nation's clock shows: the wall clock moved by an offset, or a moment at which it stands.
public enum ClockSetting: Codable, Sendable, Equatable {
    /// Runs, ahead of the wall clock by so many µs.
    case running(aheadMicroseconds: Int64)
    /// Stands.
    case stopped(Instant)

    /// The nation's time at a moment of the wall clock.
    public func time(at wall: Instant) -> Instant {
        switch self {
        case .running(let ahead): wall + .microseconds(ahead)
        case .stopped(let instant): instant
        }
    }

    /// Runs on from `instant`.
    public static func running(from instant: Instant, at wall: Instant) -> ClockSetting {
        .running(aheadMicroseconds: instant.microseconds - wall.microseconds)
    }
}

/// A nation's clock, set by a file that every process of the nation reads: it can be set, advanced and stopped while
/// they run. TLS goes by the wall clock.
public final class FileClock: NationClock {
    private struct State {
        var setting: ClockSetting
        var readAt: Instant
    }
    private let folder: NationFolder
    private let wall = WallClock()
    private let state: Mutex<State>

    /// How old the file's last reading may be.
    static let freshness = Duration.milliseconds(200)

    /// - Throws: ``NationError/Code/malformedClock`` when the file is there and is not a clock's.
    public init(_ folder: NationFolder) throws {
        self.folder = folder
        state = try Mutex(State(setting: Self.setting(in: folder), readAt: wall.now()))
    }

    /// The nation's time: the file's setting, at most ``freshness`` old.
    public func now() -> Instant {
        let wall = wall.now()
        return state.withLock { state in
            if wall - state.readAt > Self.freshness {
                state.readAt = wall
                if let setting = try? Self.setting(in: folder) { state.setting = setting }
            }
            return state.setting.time(at: wall)
        }
    }

    /// Sets the clock for every process of the nation.
    public static func set(_ setting: ClockSetting, in folder: NationFolder) throws {
        try folder.writePublic(Array(JSONEncoder().encode(setting)), to: folder.clockFile)
    }

    /// What the file says; the wall clock where there is none.
    public static func setting(in folder: NationFolder) throws -> ClockSetting {
        guard FileManager.default.fileExists(atPath: folder.clockFile.path) else {
            return .running(aheadMicroseconds: 0)
        }
        do { return try JSONDecoder().decode(ClockSetting.self, from: Data(folder.read(folder.clockFile))) } catch {
            throw NationError(.malformedClock, "clock.json is not a clock's setting; set the clock anew")
        }
    }
}
