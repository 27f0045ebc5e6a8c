import Synchronization

/// How often something was done a second, and how long each took.
struct Rate: Sendable {
    let rate: Int
    let p50: String
    let p99: String

    private init(_ times: [Duration], in total: Duration) {
        let sorted = times.sorted()
        let seconds = Double(total.components.seconds) + Double(total.components.attoseconds) / 1e18
        rate = seconds > 0 ? Int(Double(times.count) / seconds) : 0
        p50 = sorted.isEmpty ? "-" : sorted[sorted.count / 2].text
        p99 = sorted.isEmpty ? "-" : sorted[min(sorted.count - 1, sorted.count * 99 / 100)].text
    }

    /// Does `work` by so many callers at once until the time is over.
    static func measure(
        callers: Int, seconds: Int, _ work: @escaping @Sendable () async throws -> Void
    ) async throws -> Rate {
        let end = ContinuousClock.now + .seconds(seconds)
        return try await measure(callers: callers) { ContinuousClock.now < end ? work : nil }
    }

    /// Does each piece of work once, by so many callers at once.
    static func measure(
        callers: Int, each works: [@Sendable () async throws -> Void]
    ) async throws -> Rate {
        let next = Mutex(0)
        return try await measure(callers: callers) {
            let index = next.withLock { index in
                defer { index += 1 }
                return index
            }
            return index < works.count ? works[index] : nil
        }
    }

    private static func measure(
        callers: Int, _ next: @escaping @Sendable () -> (@Sendable () async throws -> Void)?
    ) async throws -> Rate {
        let begun = ContinuousClock.now
        let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for _ in 0..<callers {
                group.addTask {
                    var times: [Duration] = []
                    while let work = next() {
                        let start = ContinuousClock.now
                        try await work()
                        times.append(ContinuousClock.now - start)
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return Rate(times, in: ContinuousClock.now - begun)
    }
}
