public import CardChip
public import NumberValues
public import Values

/// The terminal's side of the 券面事項入力補助AP: the number and the four items as text.
///
/// What it reads is what the card says; the issuer's signatures over it are not checked here.
/// Source: README.md, Sources.
public struct InputAssistanceCard {
    private let transport: any CardTransport
    private let commands: CardCommands

    /// Selects the application. Throws `otherCard` when the card has none.
    public init(_ transport: any CardTransport) throws(CardError) {
        self.transport = transport
        commands = CardCommands(transport: transport)
        try commands.select(.inputAssistance)
    }

    private init(plain transport: any CardTransport, secured: CardCommands) {
        self.transport = transport
        commands = secured
    }

    /// The same card with secure messaging: what follows is hidden from who listens between card and reader, though not
    /// protected from who changes it. The PIN must have been verified, and went in the clear (`pinNeeded`).
    ///
    /// - Parameter generator: for the session key; never a predictable one.
    public func secured(
        using generator: inout some RandomNumberGenerator
    ) throws(CardError) -> InputAssistanceCard {
        let keys = try CardObjects.parse(try object(0x00A1, of: FileID(0x0006)))
        let seed = (0..<SessionKeyDelivery.seedByteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator)
        }
        guard let modulus = keys[0x91], let message = SessionKeyDelivery.message(seed: seed, to: modulus),
            let session = SecureSession(seed: seed)
        else { throw CardError(.malformedAnswer) }
        _ = try commands.require(CommandAPDU(cla: 0x80, ins: 0xAE, p1: 0x00, p2: 0x00, data: message))
        let secured = CardCommands(transport: SecureTransport(transport, session))
        return InputAssistanceCard(plain: transport, secured: secured)
    }

    /// How many tries a PIN of this application has left; 0 when it is locked. Asking costs none.
    public func triesLeft(_ purpose: PinPurpose) throws(CardError) -> Int {
        try CardCommands(transport: transport).triesLeft(try Self.file(of: purpose))
    }

    /// One try: the PIN opens both files, 照合番号A the number, 照合番号B the four items.
    public func verify(_ pin: Pin) throws(CardError) -> PinResult {
        try commands.verify(pin, at: try Self.file(of: pin.purpose))
    }

    private static func file(of purpose: PinPurpose) throws(CardError) -> FileID {
        switch purpose {
        case .inputAssistance: FileID(0x0011)
        case .checkNumberA: FileID(0x0014)
        case .checkNumberB: FileID(0x0015)
        default: throw CardError(.otherCard, "This PIN belongs to another application of the card.")
        }
    }

    /// 個人番号. Throws `pinNeeded`, and `malformedAnswer` when its check digit is wrong.
    public func individualNumber() throws(CardError) -> IndividualNumber {
        let digits = try object(0xFF10, of: FileID(0x0001))
        guard let number = try? IndividualNumber(String(decoding: digits, as: UTF8.self)) else {
            throw CardError(.malformedAnswer)
        }
        return number
    }

    /// 基本4情報. Throws `pinNeeded`, and `malformedAnswer` when an item is missing or cannot be one.
    public func fourItems() throws(CardError) -> FourItems {
        let parts = try CardObjects.parse(try object(0xFF20, of: FileID(0x0002)))
        func text(_ tag: UInt16) -> String? { parts[tag].map { String(decoding: $0, as: UTF8.self) } }
        guard let name = text(0xDF22), let address = text(0xDF23), let birthDate = text(0xDF24), let sex = text(0xDF25),
            let items = try? FourItems(
                name: PersonName(full: name), address: Address(text: address, municipality: nil),
                birthDate: CivilDate(compact: birthDate), sex: Sex(sex))
        else { throw CardError(.malformedAnswer) }
        return items
    }

    /// The value of a file's first object, which must have that name.
    private func object(_ tag: UInt16, of file: FileID) throws(CardError) -> [UInt8] {
        try commands.select(file)
        let bytes = try commands.readAll(limit: JPKICard.largestFileByteCount)
        guard let (name, value, _) = try CardObjects.next(bytes[...]), name == tag else {
            throw CardError(.malformedAnswer)
        }
        return Array(value)
    }
}

/// Reads data objects: tag of one or two bytes, length of one to three, value.
enum CardObjects {
    /// The objects by name; filler (00 or FF) ends them. A name that comes twice is refused.
    static func parse(_ bytes: [UInt8]) throws(CardError) -> [UInt16: [UInt8]] {
        var objects: [UInt16: [UInt8]] = [:]
        var rest = bytes[...]
        while let (tag, value, behind) = try next(rest) {
            guard objects.updateValue(Array(value), forKey: tag) == nil else { throw CardError(.malformedAnswer) }
            rest = behind
        }
        return objects
    }

    /// The first object and what stands behind it; nil at the end or at filler.
    static func next(
        _ bytes: ArraySlice<UInt8>
    ) throws(CardError) -> (tag: UInt16, value: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        guard let first = bytes.first, first != 0x00, !(bytes.allSatisfy { $0 == 0xFF }) else { return nil }
        var rest = bytes.dropFirst()
        var tag = UInt16(first)
        if first & 0x1F == 0x1F { tag = tag << 8 | UInt16(try take(&rest)) }
        let length = try length(&rest)
        guard length <= rest.count else { throw CardError(.malformedAnswer) }
        return (tag, rest.prefix(length), rest.dropFirst(length))
    }

    private static func length(_ rest: inout ArraySlice<UInt8>) throws(CardError) -> Int {
        switch try take(&rest) {
        case let short where short < 0x80: return Int(short)
        case 0x81: return Int(try take(&rest))
        case 0x82: return Int(try take(&rest)) << 8 | Int(try take(&rest))
        default: throw CardError(.malformedAnswer)
        }
    }

    private static func take(_ rest: inout ArraySlice<UInt8>) throws(CardError) -> UInt8 {
        guard let byte = rest.popFirst() else { throw CardError(.malformedAnswer) }
        return byte
    }
}
