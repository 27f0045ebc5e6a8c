import Dispatch

/// The way to a software card of this process.
public struct InMemoryTransport: CardTransport, Sendable {
    private let store: CardStore

    /// The way to that card. Callers that share it share selected files and verified PINs; see ``SoftwareCardSlot``.
    public init(_ store: CardStore) { self.store = store }

    /// One command to the chip; its effect is on the disk before the answer is here.
    public func transmit(_ command: [UInt8]) throws(CardError) -> [UInt8] { try store.transmit(command) }
}

/// A software card as a slot: one conversation at a time.
public struct SoftwareCardSlot: CardSlot {
    private let store: CardStore
    private let worker = SerialWorker(label: "madoguchi.card")

    /// The slot of an open card file. Make one slot per card: two slots do not wait for each other.
    public init(_ store: CardStore) { self.store = store }

    /// The name of the card file.
    public var name: String { store.name }

    /// Holds a conversation with the card; see ``CardSlot/withCard(_:)``.
    public func withCard<Result: Sendable>(
        _ conversation: @escaping @Sendable (any CardTransport) throws -> Result
    ) async throws -> Result {
        try await worker.run { [store] in
            store.reset()
            defer { store.reset() }
            return try conversation(InMemoryTransport(store))
        }
    }
}
