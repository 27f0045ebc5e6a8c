extension Chip {
    /// SELECT, `00 A4`: an application by name (P1=04), a file of it (P1=02).
    mutating func select(_ command: CommandAPDU) throws(StatusWord) -> [UInt8] {
        switch (command.p1, command.p2) {
        case (0x04, 0x0C), (0x04, 0x00): try selectApplication(command.data)
        case (0x02, 0x0C), (0x02, 0x00): try selectFile(command.data)
        case (0x00, 0x00), (0x00, 0x0C): try selectMasterFile(command.data)
        default: throw .wrongParameters
        }
        return []
    }

    private mutating func selectApplication(_ identifier: [UInt8]) throws(StatusWord) {
        if identifier == Application.cardManagerIdentifier {
            session = ChipSession()
        } else if let application = Application.allCases.first(where: { $0.identifier == identifier }) {
            session = ChipSession(application)
        } else {
            throw .fileNotFound
        }
    }

    private mutating func selectFile(_ name: [UInt8]) throws(StatusWord) {
        guard name.count == 2 else { throw .wrongLength }
        let file = FileID(UInt16(name[0]) << 8 | UInt16(name[1]))
        guard let application = session.application, application.canSelect(file) else { throw .fileNotFound }
        session.file = file
    }

    /// There is no way back to the master file: the command is refused at power-on, does nothing inside an application,
    /// and 3F00 is not found.
    private func selectMasterFile(_ name: [UInt8]) throws(StatusWord) {
        guard name.isEmpty else { throw .fileNotFound }
        guard session.application != nil else { throw .wrongParameters }
    }

    /// READ BINARY, `00 B0`: from the selected file with a 15-bit offset, or from the file named in P1 (bit 8 set).
    mutating func readBinary(_ command: CommandAPDU) throws(StatusWord) -> [UInt8] {
        guard let expected = command.expected, command.data.isEmpty else { throw .wrongLength }
        let offset: Int
        if command.p1 & 0x80 != 0 {
            guard command.p1 & 0x60 == 0 else { throw .wrongParameters }
            try selectShort(command.p1 & 0x1F)
            offset = Int(command.p2)
        } else {
            offset = Int(command.p1) << 8 | Int(command.p2)
        }
        let bytes = try currentBytes()
        guard offset < bytes.count else { throw .offsetPastEnd }
        return Array(bytes[offset...].prefix(expected))
    }

    private func currentBytes() throws(StatusWord) -> [UInt8] {
        let (address, kind) = try currentFile()
        guard case .transparent(let rule) = kind else { throw .wrongFileStructure }
        try require(rule)
        guard case .bytes(let bytes)? = memory.files[address] else { return [] }
        return bytes
    }

    /// READ RECORD, `00 B2`: record number in P1; P2 = 04 for the selected file, or short name << 3 | 4.
    mutating func readRecord(_ command: CommandAPDU) throws(StatusWord) -> [UInt8] {
        guard let expected = command.expected, command.data.isEmpty else { throw .wrongLength }
        guard command.p2 & 0x07 == 0x04 else { throw .wrongParameters }
        if command.p2 >> 3 != 0 { try selectShort(command.p2 >> 3) }
        let (address, kind) = try currentFile()
        guard case .records(let rule) = kind else { throw .wrongFileStructure }
        try require(rule)
        guard case .records(let records)? = memory.files[address], records.indices.contains(Int(command.p1) - 1) else {
            throw .recordNotFound
        }
        return Array(records[Int(command.p1) - 1].prefix(expected))
    }

    /// Selects a file of the current application by its 5-bit name (1...30).
    mutating func selectShort(_ name: UInt8) throws(StatusWord) {
        let file = FileID(UInt16(name))
        guard let application = session.application, application.canSelect(file) else { throw .fileNotFound }
        session.file = file
    }

    /// The selected file and its kind; 6986 when none is selected.
    func currentFile() throws(StatusWord) -> (FileAddress, FileKind) {
        guard let application = session.application, let file = session.file, let kind = application.kind(of: file)
        else { throw .noCurrentFile }
        return (FileAddress(application, file), kind)
    }

    /// 6982 unless the rule lets this session read.
    private func require(_ rule: ReadRule) throws(StatusWord) {
        switch rule {
        case .free: return
        case .never: throw .securityNotSatisfied
        case .afterAny(let pins):
            guard !session.verified.isDisjoint(with: pins) else { throw .securityNotSatisfied }
        }
    }
}
