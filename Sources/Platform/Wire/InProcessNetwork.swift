import Synchronization

/// The services of one process: calls go from table to table as the same bytes that TLS would carry.
public final class InProcessNetwork: Sendable {
    /// Sees every call with its answer; tests search what institutions told each other.
    public typealias Recorder = @Sendable (_ service: String, _ call: WireCall, _ answer: WireAnswer) -> Void

    private let tables = Mutex<[String: EndpointTable]>([:])
    private let recorder: Recorder?

    /// An empty network whose calls `recorder` sees.
    public init(recorder: Recorder? = nil) { self.recorder = recorder }

    /// Serves a table under a name; a later one replaces an earlier one.
    public func serve(_ table: EndpointTable, as service: String) {
        tables.withLock { $0[service] = table }
    }

    /// Takes a service away: calls to it are then unreachable.
    public func remove(_ service: String) {
        tables.withLock { $0[service] = nil }
    }

    /// The network as one caller sees it: the caller's name is fixed here, by the composition root.
    public func network(for caller: Caller) -> any WireNetwork { View(shared: self, caller: caller) }

    /// The table that is served under a name, if one is.
    public func table(of service: String) -> EndpointTable? { tables.withLock { $0[service] } }

    /// Whether this process serves `service`.
    public func serves(_ service: String) -> Bool { tables.withLock { $0[service] != nil } }

    fileprivate func answer(_ call: WireCall, by service: String) async throws -> WireAnswer {
        guard let table = tables.withLock({ $0[service] }) else { throw WireError.unreachable }
        let answer = await table.answer(call)
        recorder?(service, call, answer)
        return answer
    }

    private struct View: WireNetwork {
        let shared: InProcessNetwork
        let caller: Caller
        func channel(to service: String) throws -> any WireChannel {
            Channel(shared: shared, caller: caller, service: service)
        }
    }

    private struct Channel: WireChannel {
        let shared: InProcessNetwork
        let caller: Caller
        let service: String

        func send(
            endpoint: String, idempotencyKey: String?, body: [UInt8], timeout: Duration
        ) async throws -> WireAnswer {
            let call = WireCall(caller: caller, endpoint: endpoint, idempotencyKey: idempotencyKey, body: body)
            return try await within(timeout) { try await shared.answer(call, by: service) }
        }
    }
}

/// Runs an operation, and throws ``WireError/timedOut`` and cancels it when it takes longer than `limit`.
public func within<Value: Sendable>(
    _ limit: Duration, _ operation: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await operation() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let value = first else { throw WireError.timedOut }
        return value
    }
}
