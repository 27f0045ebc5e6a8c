import CardChip
import Foundation
import Synchronization

/// A software card on a virtual reader (vpcd) of the system's card service: every program that uses PC/SC sees it.
///
/// The card connects to the reader, which listens; an open connection is a card on the reader. While it lasts, leave
/// the card to it: another way to the same `CardStore` would share selected files and verified PINs with it.
/// Source: README.md, Sources.
public final class VirtualReader: Sendable {
    /// The port on which vpcd's first reader waits.
    public static let defaultPort: UInt16 = 35963

    private let connection: CardConnection
    private let ended = DispatchSemaphore(value: 0)
    private let inserted = Mutex(true)

    /// Puts the card on the reader. The conversation runs on a thread of its own until `remove()`, the reader's end or
    /// a failed write of the card. Throws `reader` when the reader cannot be reached.
    public init(
        _ store: CardStore, host: String = "127.0.0.1", port: UInt16 = VirtualReader.defaultPort
    )
        throws(CardError)
    {
        connection = try CardConnection(host: host, port: port)
        let thread = Thread { [connection, ended] in
            VirtualReaderProtocol.serve(connection, store)
            connection.end()
            ended.signal()
        }
        thread.name = "madoguchi.virtual-reader"
        thread.start()
    }

    /// Takes the card off the reader and waits until its last answer is done.
    public func remove() {
        let first = inserted.withLock { inserted in
            defer { inserted = false }
            return inserted
        }
        guard first else { return }
        connection.end()
        ended.wait()
    }

    deinit { connection.end() }
}

/// What goes over the connection: a length of two bytes, high byte first, and so many bytes, both ways. One byte is a
/// control, more are a command to the card.
enum VirtualReaderProtocol {
    /// The bytes that the reader sends alone.
    enum Control: UInt8 {
        case powerOff = 0
        case powerOn = 1
        case reset = 2
        case answerToReset = 4
    }

    /// Answers the reader until the connection ends or the card stops.
    static func serve(_ connection: CardConnection, _ store: CardStore) {
        store.reset()
        defer { store.reset() }
        while let head = connection.receive(2) {
            guard let payload = connection.receive(Int(head[0]) << 8 | Int(head[1])) else { return }
            guard let answer = try? reply(to: payload, store) else { return }
            guard answer.isEmpty || connection.send(framed(answer)) else { return }
        }
    }

    /// The answer to one message, empty when there is none to give. Throws when the card stopped.
    static func reply(to payload: [UInt8], _ store: CardStore) throws(CardError) -> [UInt8] {
        guard payload.count > 1 else {
            guard let byte = payload.first, let control = Control(rawValue: byte) else { return [] }
            if control == .answerToReset { return store.atr }
            store.reset()
            return []
        }
        return try store.transmit(payload)
    }

    static func framed(_ answer: [UInt8]) -> [UInt8] {
        [UInt8(truncatingIfNeeded: answer.count >> 8), UInt8(truncatingIfNeeded: answer.count)] + answer
    }
}
