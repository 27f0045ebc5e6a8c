public import Values

/// What came of one command.
public struct ChipStep: Hashable, Sendable {
    /// Data and status word, as they go to the terminal.
    public let response: [UInt8]
    /// Whether the chip's lasting state changed. The holder writes it durably BEFORE the response leaves: a wrong PIN
    /// whose counter is not yet on the disk must not be answered.
    public let changed: Bool
}

/// The chip of an Individual Number Card (個人番号カードのICチップ): bytes of a command in, bytes of the answer out.
///
/// A value without I/O or clock. Which application and file are selected and which PINs are verified is lost with the
/// power (`reset()`); files, keys and PIN counters stay, and are written as a ``CardImage``.
///
/// Source: README.md, Sources; where this chip departs from a real card: README.md, "Not as on a real card".
public struct Chip: Sendable, Redacting {
    var memory: CardMemory
    var session = ChipSession()

    /// The answer to reset of the contact interface. Source: README.md, Sources (OpenSC).
    public let atr: [UInt8] = [0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14]

    init(memory: CardMemory) { self.memory = memory }

    /// The card's own serial number.
    public var serial: CardSerial { memory.serial }

    /// Power off and on: nothing is selected, no PIN is verified; counters stay.
    public mutating func reset() { session = ChipSession() }

    /// Answers one command with randomness of the system. See ``process(_:using:)``.
    public mutating func process(_ command: [UInt8]) -> ChipStep {
        var generator = SystemRandomNumberGenerator()
        return process(command, using: &generator)
    }

    /// Answers one command: whatever the bytes, there is an answer of at least two bytes.
    ///
    /// - Parameter generator: for GET CHALLENGE and the salt of PSS signatures.
    public mutating func process(
        _ command: [UInt8], using generator: inout some RandomNumberGenerator
    ) -> ChipStep {
        let before = memory.changeCount
        let response: [UInt8]
        do throws(StatusWord) {
            let parsed = try CommandAPDU(parsing: command)
            response = try execute(parsed, using: &generator) + StatusWord.success.bytes
        } catch {
            response = error.bytes
        }
        return ChipStep(response: response, changed: memory.changeCount != before)
    }

    private mutating func execute(
        _ command: CommandAPDU, using generator: inout some RandomNumberGenerator
    ) throws(StatusWord) -> [UInt8] {
        switch (command.cla, command.ins) {
        case (0x00, 0xA4): try select(command)
        case (0x00, 0xB0): try readBinary(command)
        case (0x00, 0xB2): try readRecord(command)
        case (0x00, 0xCA): try getData(command)
        case (0x00, 0x20): try verify(command)
        case (0x00, 0x24): try changeReferenceData(command)
        case (0x80, 0x32): try changeKey(command)
        case (0x80, 0x2A): try computeSignature(command, using: &generator)
        case (0x00, 0x88): try internalAuthenticate(command)
        case (0x00, 0x84): try getChallenge(command, using: &generator)
        case (0x80, 0xAE): try setSessionKey(command)
        case (0x08, _): try secured(command)
        case (0x0C, _): throw session.secure == nil ? .secureMessagingNotSet : .missingSecureMessaging
        case (0x00, _), (0x80, _): throw .unknownInstruction
        default: throw .unknownClass
        }
    }
}

/// What is lost with the power.
struct ChipSession: Hashable, Sendable {
    /// The selected application; nil at the card manager, the state at power-on.
    var application: Application?
    /// The selected file of it.
    var file: FileID?
    /// The PIN files of it that have been verified.
    var verified: Set<FileID> = []
    /// Secure messaging, while a session key is set.
    var secure: SecureSession?

    /// The state right after SELECT of an application: PINs verified before count no more.
    init(_ application: Application? = nil) { self.application = application }
}
