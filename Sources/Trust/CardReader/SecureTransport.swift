import CardChip

/// A way to a card on which VERIFY, SELECT and READ BINARY travel encrypted (secure messaging of the 券面事項入力補助AP).
///
/// Source: README.md, Sources. Other commands are refused here, so that nothing leaves in the clear by mistake.
final class SecureTransport: CardTransport {
    private let plain: any CardTransport
    private var session: SecureSession

    init(_ plain: any CardTransport, _ session: SecureSession) {
        self.plain = plain
        self.session = session
    }

    func transmit(_ command: [UInt8]) throws(CardError) -> [UInt8] {
        guard let parsed = try? CommandAPDU(parsing: command), let secured = secured(parsed) else {
            throw CardError(.refused, "This command cannot be sent encrypted.")
        }
        let answer = try plain.transmit(secured.bytes)
        guard answer.count >= 2 else { throw CardError(.malformedAnswer) }
        let answering = session
        session.advance()
        let (data, word) = (Array(answer.dropLast(2)), answer.suffix(2))
        if data.isEmpty { return Array(word) }
        let objects = try CardObjects.parse(data)
        guard objects.count == 1, let content = objects[0x86], content.first == 0x01,
            let opened = answering.decrypt(Array(content.dropFirst()))
        else { throw CardError(.malformedAnswer) }
        return opened + word
    }

    private func secured(_ command: CommandAPDU) -> CommandAPDU? {
        switch command.ins {
        case 0x20, 0xA4:
            guard !command.data.isEmpty, let ciphertext = session.encrypt(command.data) else { return nil }
            let data = [0x86, UInt8(ciphertext.count + 1), 0x01] + ciphertext
            return CommandAPDU(cla: 0x08, ins: command.ins, p1: command.p1, p2: command.p2, data: data)
        case 0xB0:
            guard let count = command.expected, count <= 0xFFFF else { return nil }
            let data: [UInt8] = [0x96, 0x03, 0x00, UInt8(count >> 8), UInt8(count & 0xFF)]
            return CommandAPDU(cla: 0x08, ins: 0xB0, p1: command.p1, p2: command.p2, data: data, expected: 65536)
        default: return nil
        }
    }
}
