extension Chip {
    /// VERIFY, `00 20 00`: with a body a try, without one the question how many tries are left (63Cx, costs nothing).
    mutating func verify(_ command: CommandAPDU) throws(StatusWord) -> [UInt8] {
        guard command.p1 == 0x00 else { throw .wrongParameters }
        try selectReference(command.p2)
        let (address, kind) = try currentFile()
        switch kind {
        case .pin: break
        case .blockedPin: throw command.data.isEmpty ? .triesLeft(0) : .pinBlocked
        default: throw .wrongFileStructure
        }
        guard !command.data.isEmpty else { throw .triesLeft(memory.pins[address]?.triesLeft ?? 0) }
        guard command.data.count <= 16 else { throw .wrongLength }
        try attempt(command.data, at: address)
        return []
    }

    private mutating func attempt(_ pin: [UInt8], at address: FileAddress) throws(StatusWord) {
        session.verified.remove(address.file)
        switch memory.verify(pin, at: address) {
        case .verified: session.verified.insert(address.file)
        case .wrong(let triesLeft): throw .triesLeft(triesLeft)
        case .blocked: throw .pinBlocked
        }
    }

    /// CHANGE REFERENCE DATA, `00 24 01`: a new PIN in place of the one just verified.
    mutating func changeReferenceData(_ command: CommandAPDU) throws(StatusWord) -> [UInt8] {
        guard command.p1 == 0x01 else { throw .wrongParameters }
        return try changePin(command, by: .referenceData)
    }

    /// JICSAP CHANGE KEY, `80 32 00`: the same in the resident register's and the common application.
    mutating func changeKey(_ command: CommandAPDU) throws(StatusWord) -> [UInt8] {
        guard command.p1 == 0x00 else { throw .wrongParameters }
        return try changePin(command, by: .changeKey)
    }

    private mutating func changePin(_ command: CommandAPDU, by way: PinChange) throws(StatusWord) -> [UInt8] {
        try selectReference(command.p2)
        let (address, kind) = try currentFile()
        guard case .pin(let purpose, let allowed) = kind else { throw .wrongFileStructure }
        guard allowed == way else { throw .conditionsNotSatisfied }
        guard session.verified.contains(address.file) else { throw .securityNotSatisfied }
        guard purpose.accepts(command.data) else { throw command.data.isEmpty ? .wrongLength : .wrongData }
        guard memory.setPin(command.data, at: address) else { throw .wrongData }
        return []
    }

    /// P2 of commands on a key or PIN: 80 = the selected file, 80 | short name = that file, which becomes selected.
    mutating func selectReference(_ p2: UInt8) throws(StatusWord) {
        guard p2 & 0xE0 == 0x80 else { throw .wrongParameters }
        if p2 & 0x1F != 0 { try selectShort(p2 & 0x1F) }
    }
}
