import Values

/// What survives power-off: files, PINs with their counters, keys.
struct CardMemory: Sendable, Redacting {
    /// The contents of a readable file.
    enum Contents: Hashable, Sendable {
        case bytes([UInt8])
        case records([[UInt8]])
    }

    let serial: CardSerial
    /// Counts every change; a holder compares it to know whether to write.
    private(set) var changeCount: UInt64
    private(set) var files: [FileAddress: Contents]
    private(set) var pins: [FileAddress: PinCounter]
    private(set) var keys: [FileAddress: ChipKey]

    /// A card fresh from the factory: no contents, no PIN set, no key.
    init(blank serial: CardSerial) {
        self.serial = serial
        changeCount = 0
        files = [:]
        keys = [:]
        pins = Self.unsetPins
    }

    /// As an image tells it.
    init(
        serial: CardSerial, changeCount: UInt64, files: [FileAddress: Contents], pins: [FileAddress: PinCounter],
        keys: [FileAddress: ChipKey]
    ) {
        self.serial = serial
        self.changeCount = changeCount
        self.files = files
        self.pins = pins
        self.keys = keys
    }

    /// Every PIN of every application, not set.
    static let unsetPins: [FileAddress: PinCounter] = {
        var pins: [FileAddress: PinCounter] = [:]
        for application in Application.allCases {
            for rule in application.fileRules {
                guard case .pin(let purpose, _) = rule.kind else { continue }
                pins[FileAddress(application, rule.file)] = PinCounter(unset: purpose)
            }
        }
        return pins
    }()

    mutating func write(_ contents: Contents, to address: FileAddress) {
        files[address] = contents
        changeCount &+= 1
    }

    mutating func install(_ key: ChipKey, at address: FileAddress) {
        keys[address] = key
        changeCount &+= 1
    }

    mutating func removeFile(at address: FileAddress) {
        files[address] = nil
        changeCount &+= 1
    }

    mutating func removeKey(at address: FileAddress) {
        keys[address] = nil
        changeCount &+= 1
    }

    /// One try; counts as a change whatever comes of it, so that right and wrong tries are written alike.
    mutating func verify(_ attempt: [UInt8], at address: FileAddress) -> PinCounter.Outcome {
        changeCount &+= 1
        return pins[address]?.verify(attempt) ?? .blocked
    }

    /// False when the file is no PIN or the shape is wrong.
    mutating func setPin(_ new: [UInt8], at address: FileAddress) -> Bool {
        changeCount &+= 1
        return pins[address]?.set(new) ?? false
    }
}
