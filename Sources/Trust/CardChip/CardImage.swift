import Crypto
public import Values

/// The lasting state of a chip as bytes (カードイメージ), for a file or a parcel between institutions.
///
/// It holds the PINs and private keys as the chip does: whoever can read it owns the card. The checksum finds damage
/// and edits by hand; it is no signature.
///
/// Layout, numbers high byte first: `MDGCCARD`, version (2 bytes), length of the payload (4), payload, SHA-256 of
/// everything before it (32). Payload: serial (15), count of changes (8), then files, PINs and keys, each as a count
/// (2) and entries in ascending order of application (1) and file (2):
/// file = kind (1: 0 bytes, 1 records), count of parts (1), parts each length (4) and bytes;
/// PIN = tries left (1), length (1; 0 = not set), characters; key = length (4), PKCS#1 DER.
public struct CardImage: Sendable, Redacting {
    /// The version that this code writes and reads.
    public static let version: UInt16 = 1
    /// The largest image that is read.
    public static let largestByteCount = 1 << 20

    private static let magic = Array("MDGCCARD".utf8)
    private static let headerByteCount = 14
    private static let checksumByteCount = 32

    /// The image.
    public let bytes: [UInt8]

    /// The image of a chip as it is now, without what is lost with the power.
    public init(_ chip: Chip) {
        let payload = CardImageWriter.payload(of: chip.memory)
        let body =
            Self.magic + CardImageWriter.number(UInt64(Self.version), 2)
            + CardImageWriter.number(UInt64(payload.count), 4) + payload
        self.bytes = body + SignatureBlock.sha256(body)
    }

    /// The chip of an image, powered off.
    ///
    /// - Throws: `imageKind`, `imageVersion`, `imageLength`, `imageDamaged`, `imageContents`.
    public static func chip(from bytes: [UInt8]) throws(ChipError) -> Chip {
        guard bytes.starts(with: magic) || magic.starts(with: bytes) else { throw ChipError(.imageKind) }
        guard bytes.count >= headerByteCount + checksumByteCount, bytes.count <= largestByteCount else {
            throw ChipError(.imageLength)
        }
        guard bytes[8...9].elementsEqual(CardImageWriter.number(UInt64(version), 2)) else {
            throw ChipError(.imageVersion)
        }
        let length = bytes[10..<14].reduce(0) { $0 << 8 | Int($1) }
        guard bytes.count == headerByteCount + length + checksumByteCount else { throw ChipError(.imageLength) }
        guard
            SignatureBlock.sha256(Array(bytes.dropLast(checksumByteCount))).elementsEqual(
                bytes.suffix(checksumByteCount))
        else { throw ChipError(.imageDamaged) }
        var reader = CardImageReader(bytes[headerByteCount..<(headerByteCount + length)])
        return Chip(memory: try reader.memory())
    }
}

enum CardImageWriter {
    static func payload(of memory: CardMemory) -> [UInt8] {
        memory.serial.ascii + number(memory.changeCount, 8)
            + section(memory.files, file) + section(memory.pins, pin) + section(memory.keys, key)
    }

    private static func section<Value>(_ values: [FileAddress: Value], _ entry: (Value) -> [UInt8]) -> [UInt8] {
        let sorted = values.sorted { $0.key < $1.key }
        return number(UInt64(sorted.count), 2)
            + sorted.flatMap {
                [$0.key.application.rawValue] + number(UInt64($0.key.file.rawValue), 2) + entry($0.value)
            }
    }

    private static func file(_ contents: CardMemory.Contents) -> [UInt8] {
        switch contents {
        case .bytes(let bytes): [0, 1] + part(bytes)
        case .records(let records): [1, UInt8(truncatingIfNeeded: records.count)] + records.flatMap(part)
        }
    }

    private static func part(_ bytes: [UInt8]) -> [UInt8] { number(UInt64(bytes.count), 4) + bytes }

    private static func pin(_ pin: PinCounter) -> [UInt8] {
        let secret = pin.secret ?? []
        return [UInt8(pin.triesLeft), UInt8(secret.count)] + secret
    }

    private static func key(_ key: ChipKey) -> [UInt8] { part(key.pkcs1) }

    /// A number in so many bytes, high byte first.
    static func number(_ value: UInt64, _ byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (byteCount - 1 - $0))) }
    }
}
