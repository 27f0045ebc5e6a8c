import Dispatch
import Synchronization

/// Runs blocking work on a thread of its own, one piece after the other, with a limit on how many may wait.
final class SerialWorker: Sendable {
    /// How many callers may wait or run at once; the next one is refused.
    static let largestQueue = 64

    private let queue: DispatchQueue
    private let waiting = Mutex(0)

    init(label: String) { queue = DispatchQueue(label: label) }

    /// Runs the work and gives its result. Throws `busy` when too many callers wait, and what the work throws.
    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        guard enter() else { throw CardError(.busy) }
        defer { leave() }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try work() }) }
        }
    }

    private func enter() -> Bool {
        waiting.withLock { count in
            guard count < Self.largestQueue else { return false }
            count += 1
            return true
        }
    }

    private func leave() { waiting.withLock { $0 -= 1 } }
}
