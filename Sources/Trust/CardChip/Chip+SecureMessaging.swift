extension Chip {
    /// SET SESSION KEY, `80 AE 00 00`: only the text application takes one, and only after its PIN was verified.
    mutating func setSessionKey(_ command: CommandAPDU) throws(StatusWord) -> [UInt8] {
        switch session.application {
        case .common, .faceConfirmation, nil: throw .noSecureMessaging
        case .jpki, .residentRegister: throw .securityNotSatisfied
        case .inputAssistance: break
        }
        guard command.p1 == 0, command.p2 == 0 else { throw .wrongParameters }
        guard session.verified.contains(FileID(0x0011)) else { throw .securityNotSatisfied }
        guard let key = memory.keys[FileAddress(.inputAssistance, .sessionKey)] else { throw .conditionsNotSatisfied }
        guard command.data.count == ChipKey.blockByteCount else { throw .wrongLength }
        guard command.data.lexicographicallyPrecedes(key.modulus) else { throw .internalFailure }
        guard let object = key.decryptOAEP(command.data), let seed = SessionKeyDelivery.seed(in: object) else {
            throw .wrongData
        }
        session.secure = SecureSession(seed: seed)
        return []
    }

    /// A command of class 08: VERIFY, SELECT and READ BINARY with encrypted contents.
    ///
    /// Every one counts, also one that the application then refuses. One whose contents do not open ends the session.
    mutating func secured(_ command: CommandAPDU) throws(StatusWord) -> [UInt8] {
        guard let secure = session.secure else { throw .secureMessagingNotSet }
        guard let plain = Self.opened(command, secure) else {
            session.secure = nil
            throw .wrongSecureMessaging
        }
        session.secure?.advance()
        switch command.ins {
        case 0x20: return try verify(plain)
        case 0xA4: return try select(plain)
        case 0xB0:
            let data = try readBinary(plain)
            guard let ciphertext = secure.encrypt(data) else { throw .internalFailure }
            return BER.object(0x86, [0x01] + ciphertext)
        default: throw .functionNotSupported
        }
    }

    /// The plain command inside, nil unless its data are exactly the one object that this instruction takes: `86` with
    /// the encrypted data, for READ BINARY `96 03 00` with the length to read (0: to the end).
    private static func opened(_ command: CommandAPDU, _ secure: SecureSession) -> CommandAPDU? {
        guard command.ins != 0xB0 else {
            guard command.data.count == 5, command.data.starts(with: [0x96, 0x03, 0x00]) else { return nil }
            let count = Int(command.data[3]) << 8 | Int(command.data[4])
            return CommandAPDU(
                cla: 0, ins: command.ins, p1: command.p1, p2: command.p2, expected: count == 0 ? 65536 : count)
        }
        guard let content = content(of: command.data), let data = secure.decrypt(content), !data.isEmpty else {
            return nil
        }
        return CommandAPDU(cla: 0, ins: command.ins, p1: command.p1, p2: command.p2, data: data)
    }

    /// The ciphertext of `86 length 01 ciphertext`, with the length in one or two bytes.
    private static func content(of data: [UInt8]) -> [UInt8]? {
        guard data.count > 3, data[0] == 0x86 else { return nil }
        let head = data[1] == 0x81 ? 3 : 2
        guard data[1] < 0x80 || head == 3, Int(data[head - 1]) == data.count - head, data[head] == 0x01 else {
            return nil
        }
        return Array(data[(head + 1)...])
    }
}
