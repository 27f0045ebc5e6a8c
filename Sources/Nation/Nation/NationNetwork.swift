import Wire
import WireHTTP

/// What is wrong with a neighbour, on purpose: the demo nation shows what citizens see then.
public enum NeighbourFault: Codable, Sendable, Equatable {
    /// It cannot be reached.
    case down
    /// It answers so many seconds late.
    case late(seconds: Int)
}

/// The network as one institution sees it: who is in this process by bytes, others over TLS.
struct NationNetwork: WireNetwork {
    let shared: InProcessNetwork
    let inProcess: any WireNetwork
    let overTLS: HTTPNetwork?
    let faults: [String: NeighbourFault]

    func channel(to service: String) throws -> any WireChannel {
        let channel = try sound(to: service)
        return faults[service].map { FaultyChannel(channel: channel, fault: $0) } ?? channel
    }

    private func sound(to service: String) throws -> any WireChannel {
        if shared.serves(service) { return try inProcess.channel(to: service) }
        guard let overTLS else { throw WireError.unreachable }
        return try overTLS.channel(to: service)
    }
}

private struct FaultyChannel: WireChannel {
    let channel: any WireChannel
    let fault: NeighbourFault

    func send(
        endpoint: String, idempotencyKey: String?, body: [UInt8], timeout: Duration
    ) async throws -> WireAnswer {
        switch fault {
        case .down:
            throw WireError.unreachable
        case .late(let seconds):
            return try await within(timeout) {
                try await Task.sleep(for: .seconds(seconds))
                return try await channel.send(
                    endpoint: endpoint, idempotencyKey: idempotencyKey, body: body, timeout: timeout)
            }
        }
    }
}
