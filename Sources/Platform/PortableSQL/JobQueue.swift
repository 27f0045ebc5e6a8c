import Dispatch
import Synchronization

/// Work for a connection's thread: what to run, and how to answer the caller who waits.
struct SQLJob<Handle>: Sendable {
    /// How one run of a job ended. `deliver` resumes the caller with it.
    struct Ending: Sendable {
        let error: (any Error)?
        let deliver: @Sendable () -> Void
    }

    /// Runs the body; it may be called again when the transaction was lost.
    let attempt: @Sendable (Handle) -> Ending
    /// Resumes the caller with an error.
    let refuse: @Sendable (SQLError) -> Void

    init<T: Sendable>(
        _ caller: CheckedContinuation<T, any Error>, _ body: @escaping @Sendable (Handle) throws -> T
    ) {
        attempt = { handle in
            do {
                let value = try body(handle)
                return Ending(error: nil) { caller.resume(returning: value) }
            } catch {
                return Ending(error: error) { caller.resume(throwing: (error as? SQLError)?.forCaller ?? error) }
            }
        }
        refuse = { caller.resume(throwing: $0.forCaller) }
    }
}

/// A bounded first-in first-out queue whose readers are blocking threads.
final class JobQueue<Item: Sendable>: Sendable {
    private struct State {
        var items: [Item] = []
        var head = 0
        var isClosed = false
        var sleepersCount = 0

        var count: Int { items.count - head }

        mutating func takeFirst() -> Item? {
            guard head < items.count else { return nil }
            defer {
                head += 1
                if head == items.count || head >= 256 {
                    items.removeFirst(head)
                    head = 0
                }
            }
            return items[head]
        }
    }

    private let state = Mutex(State())
    private let wakeUps = DispatchSemaphore(value: 0)
    private let maxItemsCount: Int

    init(maxItemsCount: Int) {
        self.maxItemsCount = maxItemsCount
    }

    /// Appends, or answers why not: `busy` when full, `closed` when closed.
    func append(_ item: Item) -> SQLError? {
        let (refusal, wakes) = state.withLock { state -> (SQLError?, Bool) in
            if state.isClosed { return (.closed, false) }
            if state.count >= maxItemsCount { return (.busy, false) }
            state.items.append(item)
            guard state.sleepersCount > 0 else { return (nil, false) }
            state.sleepersCount -= 1
            return (nil, true)
        }
        if wakes { wakeUps.signal() }
        return refusal
    }

    var isEmpty: Bool { state.withLock { $0.count == 0 } }

    /// Waits for the next item; nil when the queue is closed and everything accepted has been taken.
    func next() -> Item? {
        while true {
            let (item, isClosed) = state.withLock { state in
                let item = state.takeFirst()
                if item == nil && !state.isClosed { state.sleepersCount += 1 }
                return (item, state.isClosed)
            }
            if let item { return item }
            if isClosed { return nil }
            wakeUps.wait()
        }
    }

    /// The next item if one waits now.
    func nextIfAny() -> Item? {
        state.withLock { $0.takeFirst() }
    }

    /// Refuses new items; readers finish what was accepted, then get nil.
    func close() {
        let sleepersCount = state.withLock { state in
            defer { state.sleepersCount = 0 }
            state.isClosed = true
            return state.sleepersCount
        }
        for _ in 0..<sleepersCount { wakeUps.signal() }
    }
}

/// Tells when a number of threads have ended.
final class ThreadCount: Sendable {
    private struct State {
        var running: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(_ count: Int) { state = Mutex(State(running: count)) }

    func oneEnded() {
        let callers = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.running -= 1
            guard state.running == 0 else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        callers.forEach { $0.resume() }
    }

    func allEnded() async {
        await withCheckedContinuation { caller in
            let isOver = state.withLock { state in
                if state.running > 0 { state.waiting.append(caller) }
                return state.running == 0
            }
            if isOver { caller.resume() }
        }
    }
}
