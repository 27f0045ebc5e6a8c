import Glibc

/// The system's library for card readers (PC/SC, libpcsclite), loaded when it is first needed: machines that have no
/// reader need not have it.
///
/// Types as in pcsclite.h on 64-bit Linux, where LONG and DWORD are 64 bits wide.
struct PCSCLibrary: Sendable {
    typealias EstablishContext =
        @convention(c) (UInt, UnsafeRawPointer?, UnsafeRawPointer?, UnsafeMutablePointer<Int>) -> Int
    typealias ReleaseContext = @convention(c) (Int) -> Int
    typealias ListReaders =
        @convention(c) (Int, UnsafePointer<CChar>?, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<UInt>) -> Int
    typealias Connect =
        @convention(c) (
            Int, UnsafePointer<CChar>, UInt, UInt, UnsafeMutablePointer<Int>, UnsafeMutablePointer<UInt>
        ) -> Int
    typealias Reconnect = @convention(c) (Int, UInt, UInt, UInt, UnsafeMutablePointer<UInt>) -> Int
    typealias Disconnect = @convention(c) (Int, UInt) -> Int
    typealias Transmit =
        @convention(c) (
            Int, UnsafeRawPointer, UnsafePointer<UInt8>, UInt, UnsafeMutableRawPointer?, UnsafeMutablePointer<UInt8>,
            UnsafeMutablePointer<UInt>
        ) -> Int

    let establishContext: EstablishContext
    let releaseContext: ReleaseContext
    let listReaders: ListReaders
    let connect: Connect
    let reconnect: Reconnect
    let disconnect: Disconnect
    let transmit: Transmit

    /// The library of this machine; nil when it has none.
    static let system = PCSCLibrary()

    private init?() {
        guard let library = dlopen("libpcsclite.so.1", RTLD_NOW | RTLD_LOCAL),
            let establishContext = dlsym(library, "SCardEstablishContext"),
            let releaseContext = dlsym(library, "SCardReleaseContext"),
            let listReaders = dlsym(library, "SCardListReaders"), let connect = dlsym(library, "SCardConnect"),
            let reconnect = dlsym(library, "SCardReconnect"), let disconnect = dlsym(library, "SCardDisconnect"),
            let transmit = dlsym(library, "SCardTransmit")
        else { return nil }
        self.establishContext = unsafeBitCast(establishContext, to: EstablishContext.self)
        self.releaseContext = unsafeBitCast(releaseContext, to: ReleaseContext.self)
        self.listReaders = unsafeBitCast(listReaders, to: ListReaders.self)
        self.connect = unsafeBitCast(connect, to: Connect.self)
        self.reconnect = unsafeBitCast(reconnect, to: Reconnect.self)
        self.disconnect = unsafeBitCast(disconnect, to: Disconnect.self)
        self.transmit = unsafeBitCast(transmit, to: Transmit.self)
    }

    /// SCARD_SCOPE_SYSTEM.
    static let systemScope: UInt = 2
    /// SCARD_SHARE_EXCLUSIVE.
    static let exclusive: UInt = 1
    /// SCARD_PROTOCOL_T1: what Individual Number Cards speak with contacts, and readers without contacts show.
    static let blockProtocol: UInt = 2
    /// SCARD_RESET_CARD.
    static let resetCard: UInt = 1

    /// The error for a return code; nil for success. Codes as in pcsclite.h.
    static func error(_ code: Int) -> CardError? {
        switch UInt32(truncatingIfNeeded: code) {
        case 0: nil
        case 0x8010_000B: CardError(.busy)
        case 0x8010_0009, 0x8010_0017: CardError(.reader, "There is no reader of that name.")
        case 0x8010_001D, 0x8010_001E: CardError(.reader, "The service for card readers does not run.")
        case 0x8010_000C, 0x8010_0069: CardError(.noCard)
        case 0x8010_0065, 0x8010_0066, 0x8010_0067, 0x8010_000F: CardError(.otherCard, "The card does not answer.")
        default: CardError(.reader)
        }
    }
}

/// SCARD_IO_REQUEST.
struct PCSCProtocolHeader {
    let activeProtocol: UInt
    let byteCount = UInt(MemoryLayout<PCSCProtocolHeader>.size)
}
