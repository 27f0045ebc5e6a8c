import Dispatch
import Synchronization

/// Holds a connection's thread inside a closure until the test lets it go on; after ten seconds it goes on by itself.
final class Gate: Sendable {
    private let reached = DispatchSemaphore(value: 0)
    private let opened = DispatchSemaphore(value: 0)

    /// Called inside a transaction: says that it got here, then blocks.
    func pass() {
        reached.signal()
        _ = opened.wait(timeout: .now() + 10)
    }

    /// Suspends the test until the transaction has got to `pass`.
    func waitUntilReached() async {
        await withCheckedContinuation { caller in
            DispatchQueue.global().async {
                _ = self.reached.wait(timeout: .now() + 10)
                caller.resume()
            }
        }
    }

    func open() { opened.signal() }
}

/// A count that closures can raise.
final class Tally: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    @discardableResult
    func raise() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
