import CardChip
import Foundation
import Glibc
import Testing

@testable import CardReader

@Suite("The card on a virtual reader")
struct VirtualReaderTests {
    private func store() -> CardStore {
        CardStore(chip: TestCard.adult, name: "test") { (_: CardImage) throws(CardError) in }
    }

    @Test("controls of one byte power the card, reset it or ask for its answer to reset")
    func controls() throws {
        let store = store()
        #expect(try VirtualReaderProtocol.reply(to: [4], store) == TestCard.adult.atr)
        for control: UInt8 in [0, 1, 2] {
            _ = try VirtualReaderProtocol.reply(to: bytes(Say.selectJPKI), store)
            #expect(try VirtualReaderProtocol.reply(to: [control], store).isEmpty)
            #expect(hex(try VirtualReaderProtocol.reply(to: bytes(Say.select("0018")), store)) == "6A82")
        }
        #expect(try VirtualReaderProtocol.reply(to: [3], store).isEmpty)
        #expect(try VirtualReaderProtocol.reply(to: [], store).isEmpty)
    }

    @Test("the answer to reset has a checksum that fits")
    func answerToReset() { #expect(TestCard.adult.atr.dropFirst().reduce(0, ^) == 0) }

    @Test("over a connection: answers come framed, the counter outlives power, removal ends it")
    func connection() throws {
        let listener = try Listener()
        let store = store()
        let reader = try VirtualReader(store, port: listener.port)
        let peer = try #require(listener.accept())
        #expect(peer.exchange([4]) == TestCard.adult.atr)
        #expect(peer.exchange(bytes(Say.selectJPKI)) == [0x90, 0x00])
        #expect(peer.exchange(bytes("002000980439393939")) == [0x63, 0xC2])
        peer.send([0])
        peer.send([1])
        #expect(peer.exchange(bytes(Say.selectJPKI)) == [0x90, 0x00])
        #expect(peer.exchange(bytes("00200098")) == [0x63, 0xC2])
        let certificate = peer.exchange(bytes("00B08A00000000"))
        #expect(certificate?.count == TestCard.certificateShape(holding: [], filler: 1200).count + 294 + 2)
        reader.remove()
        reader.remove()
        #expect(peer.exchange([4]) == nil)
    }

    @Test("a card that stopped is a card taken off the reader")
    func stopped() throws {
        let listener = try Listener()
        let store = CardStore(chip: TestCard.adult, name: "test") { (_: CardImage) throws(CardError) in
            throw CardError(.storage)
        }
        let reader = try VirtualReader(store, port: listener.port)
        let peer = try #require(listener.accept())
        #expect(peer.exchange(bytes(Say.selectJPKI)) == [0x90, 0x00])
        #expect(peer.exchange(bytes("002000980439393939")) == nil)
        reader.remove()
    }

    @Test("no reader at the address is told in words")
    func nobody() throws {
        let port = try Listener().port
        #expect(throws: CardError(.reader)) { try VirtualReader(store(), port: port) }
        #expect(throws: CardError(.reader)) { try VirtualReader(store(), host: "no such host.invalid", port: port) }
    }
}

/// Plays the reader: listens on a free port.
final class Listener {
    let port: UInt16
    private let handle: Int32

    struct Failed: Error {}

    init() throws {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                bind(handle, plain, size) == 0 && listen(handle, 1) == 0 && getsockname(handle, plain, &size) == 0
            }
        }
        self.handle = handle
        port = UInt16(bigEndian: address.sin_port)
        guard bound else { throw Failed() }
    }

    deinit { close(handle) }

    func accept() -> Peer? {
        let accepted = Glibc.accept(handle, nil, nil)
        return accepted < 0 ? nil : Peer(accepted)
    }
}

/// The reader's end of a connection.
final class Peer {
    private let handle: Int32

    init(_ handle: Int32) { self.handle = handle }

    deinit { close(handle) }

    func send(_ payload: [UInt8]) {
        let framed = VirtualReaderProtocol.framed(payload)
        _ = Glibc.send(handle, framed, 2, Int32(MSG_NOSIGNAL))
        _ = Glibc.send(handle, Array(framed.dropFirst(2)), payload.count, Int32(MSG_NOSIGNAL))
    }

    func exchange(_ payload: [UInt8]) -> [UInt8]? {
        send(payload)
        return receive(2).flatMap { receive(Int($0[0]) << 8 | Int($0[1])) }
    }

    private func receive(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let read = bytes.withUnsafeMutableBytes {
                recv(handle, $0.baseAddress?.advanced(by: done), count - done, 0)
            }
            guard read > 0 else { return nil }
            done += read
        }
        return bytes
    }
}
