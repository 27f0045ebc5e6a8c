import Glibc

/// A card reader of this machine, by way of PC/SC (pcscd): real cards, and software cards on a virtual reader.
public struct PCSCSlot: CardSlot {
    /// The reader's name, as the system gives it.
    public let name: String
    private let worker = SerialWorker(label: "madoguchi.reader")

    /// The reader of that name; whether there is one shows when a conversation begins.
    public init(reader name: String) { self.name = name }

    /// The names of the readers that are plugged in, with or without a card; blocks for a moment. Throws `reader` when
    /// the library or its service is missing.
    public static func readerNames() throws(CardError) -> [String] {
        let context = try PCSCContext()
        return try context.readerNames()
    }

    /// Holds a conversation with the card on the reader, which nobody else can use meanwhile. The card is reset before
    /// and after. Throws `busy`, `noCard`, `reader`, and what the conversation throws.
    public func withCard<Result: Sendable>(
        _ conversation: @escaping @Sendable (any CardTransport) throws -> Result
    ) async throws -> Result {
        try await worker.run { [name] in
            let context = try PCSCContext()
            let card = try PCSCCard(context, reader: name)
            return try conversation(card)
        }
    }
}

/// A connection to the system's service for readers.
private final class PCSCContext {
    let library: PCSCLibrary
    let handle: Int

    init() throws(CardError) {
        guard let library = PCSCLibrary.system else {
            throw CardError(.reader, "The library for card readers (libpcsclite) is not installed.")
        }
        var handle = 0
        let code = library.establishContext(PCSCLibrary.systemScope, nil, nil, &handle)
        if let error = PCSCLibrary.error(code) { throw error }
        self.library = library
        self.handle = handle
    }

    deinit { _ = library.releaseContext(handle) }

    /// Names end with a zero byte each, the list with another.
    func readerNames() throws(CardError) -> [String] {
        var count: UInt = 0
        let first = library.listReaders(handle, nil, nil, &count)
        if UInt32(truncatingIfNeeded: first) == Self.noReaders { return [] }
        if let error = PCSCLibrary.error(first) { throw error }
        guard count <= 1 << 16 else { throw CardError(.reader) }
        var names = [CChar](repeating: 0, count: Int(count))
        let second = library.listReaders(handle, nil, &names, &count)
        if UInt32(truncatingIfNeeded: second) == Self.noReaders { return [] }
        if let error = PCSCLibrary.error(second) { throw error }
        return names.prefix(Int(count)).split(separator: 0).map { name in
            String(decoding: name.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }

    /// SCARD_E_NO_READERS_AVAILABLE.
    private static let noReaders: UInt32 = 0x8010_002E
}

/// The card on a reader, for one conversation.
private final class PCSCCard: CardTransport {
    /// The longest answer: 65536 bytes and a status word.
    private static let largestAnswerByteCount = 65538

    private let context: PCSCContext
    private let handle: Int

    init(_ context: PCSCContext, reader: String) throws(CardError) {
        var handle = 0
        var active: UInt = 0
        let code = context.library.connect(
            context.handle, reader, PCSCLibrary.exclusive, PCSCLibrary.blockProtocol, &handle, &active)
        if let error = PCSCLibrary.error(code) { throw error }
        self.context = context
        self.handle = handle
        let again = context.library.reconnect(
            handle, PCSCLibrary.exclusive, PCSCLibrary.blockProtocol, PCSCLibrary.resetCard, &active)
        if let error = PCSCLibrary.error(again) { throw error }
    }

    deinit { _ = context.library.disconnect(handle, PCSCLibrary.resetCard) }

    func transmit(_ command: [UInt8]) throws(CardError) -> [UInt8] {
        var header = PCSCProtocolHeader(activeProtocol: PCSCLibrary.blockProtocol)
        var answer = [UInt8](repeating: 0, count: Self.largestAnswerByteCount)
        var count = UInt(answer.count)
        let code = context.library.transmit(handle, &header, command, UInt(command.count), nil, &answer, &count)
        if let error = PCSCLibrary.error(code) { throw error }
        guard count <= UInt(answer.count) else { throw CardError(.malformedAnswer) }
        return Array(answer.prefix(Int(count)))
    }
}
