/// Reads the payload of a card image; every step refuses what does not fit.
struct CardImageReader {
    private var rest: ArraySlice<UInt8>

    init(_ payload: ArraySlice<UInt8>) { rest = payload }

    /// The whole payload; leftover bytes are refused.
    mutating func memory() throws(ChipError) -> CardMemory {
        guard let serial = try? CardSerial(String(decoding: take(15), as: UTF8.self)) else {
            throw Self.wrong("serial")
        }
        let changeCount = try number(8)
        let files = try files()
        let pins = try pins()
        let keys = try keys()
        guard rest.isEmpty else { throw Self.wrong("leftover bytes") }
        return CardMemory(serial: serial, changeCount: changeCount, files: files, pins: pins, keys: keys)
    }

    private mutating func files() throws(ChipError) -> [FileAddress: CardMemory.Contents] {
        var files: [FileAddress: CardMemory.Contents] = [:]
        var last: FileAddress?
        for _ in 0..<(try number(2)) {
            let (address, kind) = try address(after: &last)
            let contents = try contents()
            switch (kind, contents) {
            case (.transparent, .bytes), (.records, .records): files[address] = contents
            default: throw Self.wrong("file kind")
            }
        }
        return files
    }

    private mutating func contents() throws(ChipError) -> CardMemory.Contents {
        let kind = try number(1)
        let count = try number(1)
        var parts: [[UInt8]] = []
        for _ in 0..<count { parts.append(try part()) }
        switch (kind, parts.count) {
        case (0, 1): return .bytes(parts[0])
        case (1, _): return .records(parts)
        default: throw Self.wrong("file contents")
        }
    }

    private mutating func pins() throws(ChipError) -> [FileAddress: PinCounter] {
        var pins: [FileAddress: PinCounter] = [:]
        var last: FileAddress?
        for _ in 0..<(try number(2)) {
            let (address, kind) = try address(after: &last)
            guard case .pin(let purpose, _) = kind else { throw Self.wrong("PIN file") }
            let tries = Int(try number(1))
            let secret = try take(Int(try number(1)))
            let pin = PinCounter(purpose: purpose, secret: secret.isEmpty ? nil : secret, triesLeft: tries)
            guard let pin else { throw Self.wrong("PIN") }
            pins[address] = pin
        }
        guard Set(pins.keys) == Set(CardMemory.unsetPins.keys) else { throw Self.wrong("PIN missing") }
        return pins
    }

    private mutating func keys() throws(ChipError) -> [FileAddress: ChipKey] {
        var keys: [FileAddress: ChipKey] = [:]
        var last: FileAddress?
        for _ in 0..<(try number(2)) {
            let (address, kind) = try address(after: &last)
            guard case .key = kind else { throw Self.wrong("key file") }
            guard let key = try? ChipKey(pkcs1: try part()) else { throw Self.wrong("key") }
            keys[address] = key
        }
        return keys
    }

    /// The next address, which must be a known file and stand after the one before.
    private mutating func address(after last: inout FileAddress?) throws(ChipError) -> (FileAddress, FileKind) {
        guard let application = Application(rawValue: UInt8(try number(1))) else { throw Self.wrong("application") }
        let address = FileAddress(application, UInt16(try number(2)))
        guard let kind = application.kind(of: address.file) else { throw Self.wrong("file name") }
        if let last, !(last < address) { throw Self.wrong("order of files") }
        last = address
        return (address, kind)
    }

    private mutating func part() throws(ChipError) -> [UInt8] { try take(Int(try number(4))) }

    private mutating func number(_ byteCount: Int) throws(ChipError) -> UInt64 {
        try take(byteCount).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func take(_ count: Int) throws(ChipError) -> [UInt8] {
        guard count <= rest.count else { throw Self.wrong("cut short") }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    private static func wrong(_ detail: String) -> ChipError { ChipError(.imageContents, detail) }
}
