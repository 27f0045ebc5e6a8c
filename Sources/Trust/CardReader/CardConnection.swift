import Glibc
import Synchronization

/// A TCP connection with blocking calls, for a thread of its own.
final class CardConnection: Sendable {
    /// Seconds until an attempt to connect is given up.
    static let connectTimeoutSeconds = 5

    private let handle: Int32
    private let open = Mutex(true)

    /// Connects. Throws `reader` when nobody answers at that address.
    init(host: String, port: UInt16) throws(CardError) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        defer { found.map { freeaddrinfo($0) } }
        var connected: Int32?
        if getaddrinfo(host, String(port), &hints, &found) == 0 {
            var next = found
            while connected == nil, let address = next {
                connected = Self.connect(address.pointee)
                next = address.pointee.ai_next
            }
        }
        guard let connected else { throw CardError(.reader, "The virtual reader does not answer.") }
        handle = connected
    }

    private static func connect(_ address: addrinfo) -> Int32? {
        let handle = socket(address.ai_family, address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), address.ai_protocol)
        guard handle >= 0 else { return nil }
        var limit = timeval(tv_sec: connectTimeoutSeconds, tv_usec: 0)
        setsockopt(handle, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        set(handle, TCP_NODELAY)
        guard Glibc.connect(handle, address.ai_addr, address.ai_addrlen) == 0 else {
            close(handle)
            return nil
        }
        return handle
    }

    private static func set(_ handle: Int32, _ option: Int32) {
        var one: Int32 = 1
        setsockopt(handle, Int32(IPPROTO_TCP), option, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(handle) }

    /// Waits for so many bytes; nil when the connection has ended.
    ///
    /// The reader sends length and bytes in two segments; without the acknowledgement at once each command would wait
    /// 40 ms for a delayed one (README.md, Sources).
    func receive(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let read = bytes.withUnsafeMutableBytes { buffer in
                recv(handle, buffer.baseAddress?.advanced(by: done), count - done, 0)
            }
            if read < 0 && errno == EINTR { continue }
            guard read > 0 else { return nil }
            Self.set(handle, TCP_QUICKACK)
            done += read
        }
        return bytes
    }

    /// Sends all the bytes; false when the connection has ended.
    func send(_ bytes: [UInt8]) -> Bool {
        var done = 0
        while done < bytes.count {
            let sent = bytes.withUnsafeBytes { buffer in
                Glibc.send(handle, buffer.baseAddress?.advanced(by: done), bytes.count - done, Int32(MSG_NOSIGNAL))
            }
            if sent < 0 && errno == EINTR { continue }
            guard sent > 0 else { return false }
            done += sent
        }
        return true
    }

    /// Ends the connection; a thread that waits in `receive` wakes up with nil.
    func end() {
        open.withLock { open in
            if open { shutdown(handle, Int32(SHUT_RDWR)) }
            open = false
        }
    }
}
