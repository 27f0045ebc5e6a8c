/// A way to one card: bytes of a command out, bytes of the answer in. Calls block.
public protocol CardTransport {
    /// Sends one command and waits for data and status word. Throws when no answer came at all.
    func transmit(_ command: [UInt8]) throws(CardError) -> [UInt8]
}

/// A place where a card lies: a reader with a card on it, or a card file.
public protocol CardSlot: Sendable {
    /// A name to show.
    var name: String { get }

    /// Holds a conversation with the card, which is powered off and on before it and after it and belongs to this
    /// conversation alone while it lasts: another caller can neither use the PIN that it verified nor take it away.
    ///
    /// The conversation runs on the slot's own thread and may block. Throws what it throws, and `CardError` when the
    /// card cannot be had.
    func withCard<Result: Sendable>(
        _ conversation: @escaping @Sendable (any CardTransport) throws -> Result
    ) async throws -> Result
}
