import CardChip

/// The commands that every application understands, as a terminal sends them.
struct CardCommands {
    let transport: any CardTransport

    /// Data and status word of one command. Cards with the T=0 protocol are asked for the rest of an answer (61xx), or
    /// asked again with the length that they name (6Cxx).
    func send(_ command: CommandAPDU) throws(CardError) -> (data: [UInt8], status: StatusWord) {
        var (data, status) = try exchange(command)
        if status.rawValue >> 8 == 0x6C {
            (data, status) = try exchange(command.expecting(Int(status.rawValue & 0xFF)))
        }
        while status.rawValue >> 8 == 0x61 {
            let more = CommandAPDU(cla: 0x00, ins: 0xC0, p1: 0, p2: 0).expecting(Int(status.rawValue & 0xFF))
            let (rest, next) = try exchange(more)
            guard !rest.isEmpty || next.rawValue >> 8 != 0x61, data.count <= 1 << 16 else {
                throw CardError(.malformedAnswer)
            }
            data += rest
            status = next
        }
        return (data, status)
    }

    private func exchange(_ command: CommandAPDU) throws(CardError) -> ([UInt8], StatusWord) {
        let answer = try transport.transmit(command.bytes)
        guard answer.count >= 2 else { throw CardError(.malformedAnswer) }
        let status = StatusWord(rawValue: UInt16(answer[answer.count - 2]) << 8 | UInt16(answer[answer.count - 1]))
        return (answer.dropLast(2), status)
    }

    /// The data of a command that must succeed.
    func require(_ command: CommandAPDU) throws(CardError) -> [UInt8] {
        let (data, status) = try send(command)
        guard status == .success else { throw Self.error(for: status) }
        return data
    }

    static func error(for status: StatusWord) -> CardError {
        let code: CardError.Code = status == .securityNotSatisfied ? .pinNeeded : .refused
        return CardError(code, "The card refused the command (\(status)).", statusWord: status)
    }

    /// Selects an application. Throws `otherCard` when the card has none of that name.
    func select(_ application: Application) throws(CardError) {
        let command = CommandAPDU(cla: 0x00, ins: 0xA4, p1: 0x04, p2: 0x0C, data: application.identifier)
        let (_, status) = try send(command)
        guard status != .fileNotFound else { throw CardError(.otherCard, statusWord: status) }
        guard status == .success else { throw Self.error(for: status) }
    }

    /// Selects a file of the selected application.
    func select(_ file: FileID) throws(CardError) {
        let name = [UInt8(file.rawValue >> 8), UInt8(file.rawValue & 0xFF)]
        _ = try require(CommandAPDU(cla: 0x00, ins: 0xA4, p1: 0x02, p2: 0x0C, data: name))
    }

    /// Up to so many bytes of the selected file; fewer at its end, none past it.
    func read(at offset: Int, count: Int) throws(CardError) -> [UInt8] {
        guard (0..<0x8000).contains(offset), (1...256).contains(count) else { throw CardError(.malformedAnswer) }
        let command = CommandAPDU(
            cla: 0x00, ins: 0xB0, p1: UInt8(offset >> 8), p2: UInt8(offset & 0xFF), expected: count)
        let (data, status) = try send(command)
        if status == .offsetPastEnd { return [] }
        guard status == .success else { throw Self.error(for: status) }
        return data
    }

    /// The whole selected file, filler included, at most `limit` bytes.
    func readAll(limit: Int) throws(CardError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < limit {
            let part = try read(at: bytes.count, count: min(256, limit - bytes.count))
            bytes += part
            if part.count < 256 { break }
        }
        return bytes
    }

    /// How many tries a PIN file has left; asking costs none.
    func triesLeft(_ file: FileID) throws(CardError) -> Int {
        try select(file)
        let (_, status) = try send(CommandAPDU(cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x80))
        if status == .pinBlocked { return 0 }
        guard let tries = status.triesLeft else { throw Self.error(for: status) }
        return tries
    }

    /// One try of a PIN.
    func verify(_ pin: Pin, at file: FileID) throws(CardError) -> PinResult {
        try select(file)
        let (_, status) = try send(CommandAPDU(cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x80, data: pin.disclosed))
        if status == .success { return .verified }
        if status == .pinBlocked { return .locked }
        guard let tries = status.triesLeft else { throw Self.error(for: status) }
        return tries == 0 ? .locked : .wrong(triesLeft: tries)
    }
}

extension CommandAPDU {
    /// The same command with another expected length; 0 stands for 256, as on the wire.
    fileprivate func expecting(_ count: Int) -> CommandAPDU {
        CommandAPDU(cla: cla, ins: ins, p1: p1, p2: p2, data: data, expected: count == 0 ? 256 : count)
    }
}

/// What came of typing a PIN (暗証番号の照合).
public enum PinResult: Hashable, Sendable {
    /// It is right, and stays so until another application is selected or the power is cut.
    case verified
    /// It is wrong; so many tries are left.
    case wrong(triesLeft: Int)
    /// The PIN is locked, now or from before; the municipality's counter sets a new one.
    case locked
}
