import Foundation

/// What time it is. Everything below the composition root gets its time through this parameter.
public protocol NationClock: Sendable {
    /// The present instant.
    func now() -> Instant
}

/// A clock that stands still.
public struct FixedClock: NationClock {
    private let instant: Instant

    /// A clock that always shows the given instant.
    public init(_ instant: Instant) { self.instant = instant }

    /// The instant that the clock was made with.
    public func now() -> Instant { instant }
}

/// The clock of this machine, the only place where the system's time is read.
public struct WallClock: NationClock {
    /// The clock of this machine.
    public init() {}

    /// The system's time, to the microsecond as far as the system has it.
    public func now() -> Instant {
        let interval = Date().timeIntervalSinceReferenceDate + Date.timeIntervalBetween1970AndReferenceDate
        return Instant(microseconds: Int64(interval * 1_000_000))
    }
}
