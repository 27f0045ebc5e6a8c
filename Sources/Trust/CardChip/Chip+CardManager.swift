extension Chip {
    /// GET DATA, `00 CA`, P1-P2 the name of a data object. All but the answer to reset are there only at the card
    /// manager, the state at power-on. Source: README.md, Sources (card).
    func getData(_ command: CommandAPDU) throws(StatusWord) -> [UInt8] {
        guard let expected = command.expected, command.data.isEmpty else { throw .wrongLength }
        let name = UInt16(command.p1) << 8 | UInt16(command.p2)
        guard let object = dataObject(name), !object.isEmpty else { throw .dataNotFound }
        guard object.count <= expected else { throw .wrongLength }
        return object
    }

    private func dataObject(_ name: UInt16) -> [UInt8]? {
        if name == 0x5F51 { return Array(atr.dropFirst()) }
        guard session.application == nil else { return nil }
        switch name {
        case 0x0042: return record(.common, 0x0002)
        case 0x0045: return serial.ascii
        case 0x00F0: return record(.common, 0x0001).map { Array($0.dropFirst(2 + 15).prefix(5)) }
        case 0x00F2: return record(.common, 0x0001).map { Array($0.dropFirst(2 + 15 + 5)) }
        default: return nil
        }
    }

    private func record(_ application: Application, _ file: UInt16) -> [UInt8]? {
        guard case .records(let records)? = memory.files[FileAddress(application, file)] else { return nil }
        return records.first
    }
}
