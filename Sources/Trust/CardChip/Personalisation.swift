/// The two certificates of a card (電子証明書の種別).
public enum CertificateKind: String, CaseIterable, Hashable, Sendable {
    /// 利用者証明用電子証明書: for logging in; holds no name.
    case authentication
    /// 署名用電子証明書: for signing applications; holds the four items.
    case signature

    /// The PIN that opens its key.
    public var pinPurpose: PinPurpose { self == .authentication ? .authentication : .signature }

    /// The file of the private key.
    public var keyFile: FileID { FileID(self == .authentication ? 0x0017 : 0x001A) }
    /// The file of the PIN.
    public var pinFile: FileID { FileID(self == .authentication ? 0x0018 : 0x001B) }
    /// The file of the certificate.
    public var certificateFile: FileID { FileID(self == .authentication ? 0x000A : 0x0001) }
    /// The file of the certificate of the authority that issued it.
    public var authorityFile: FileID { FileID(self == .authentication ? 0x000B : 0x0002) }
}

/// What the card office does with a chip before it is given out (カードの発行). None of it can be done by commands.
extension Chip {
    /// The largest certificate that a file of the card takes, in bytes.
    public static let largestCertificateByteCount = 4096

    /// A chip fresh from the factory: files of the issuer's own, no key, no certificate, no PIN (every PIN is blocked).
    public static func blank(serial: CardSerial) -> Chip {
        var chip = Chip(memory: CardMemory(blank: serial))
        chip.memory.write(.bytes(TokenInformation.bytes(serial: serial)), to: FileAddress(.jpki, 0x0006))
        chip.memory.write(.bytes([UInt8](repeating: 0xFF, count: 16)), to: FileAddress(.jpki, 0x0009))
        chip.noteAvailability()
        return chip
    }

    /// Makes the key pair of a certificate inside the chip; the private key never leaves it.
    ///
    /// - Returns: the public key as X.509 SubjectPublicKeyInfo, DER.
    /// - Throws: `keyExists` while an older pair has not been discarded.
    public mutating func generateKeyPair(for kind: CertificateKind) throws(ChipError) -> [UInt8] {
        guard publicKeyInfo(for: kind) == nil else { throw ChipError(.keyExists) }
        let key = try ChipKey.generate()
        memory.install(key, at: FileAddress(.jpki, kind.keyFile))
        return key.publicKeyInfo
    }

    /// The public key of a pair that the chip has made (SubjectPublicKeyInfo, DER), nil before that.
    public func publicKeyInfo(for kind: CertificateKind) -> [UInt8]? {
        memory.keys[FileAddress(.jpki, kind.keyFile)]?.publicKeyInfo
    }

    /// Forgets a key pair and its certificate, so that a new pair can be made (更新, 失効).
    public mutating func discardKeyPair(for kind: CertificateKind) {
        memory.removeKey(at: FileAddress(.jpki, kind.keyFile))
        memory.removeFile(at: FileAddress(.jpki, kind.certificateFile))
        memory.removeFile(at: FileAddress(.jpki, kind.authorityFile))
        noteAvailability()
    }

    /// Installs a certificate for the chip's own key together with its authority's.
    ///
    /// - Parameters:
    ///   - certificate: DER; it must hold the chip's public key for this kind.
    ///   - authority: DER of the issuing authority's certificate.
    /// - Throws: `noKey`, `otherKey`, `size`.
    public mutating func install(
        certificate: [UInt8], authority: [UInt8], for kind: CertificateKind
    ) throws(ChipError) {
        guard let key = publicKeyInfo(for: kind) else { throw ChipError(.noKey) }
        guard Self.fits(certificate), Self.fits(authority) else { throw ChipError(.size) }
        guard certificate.holds(key) else { throw ChipError(.otherKey) }
        memory.write(.bytes(certificate), to: FileAddress(.jpki, kind.certificateFile))
        memory.write(.bytes(authority), to: FileAddress(.jpki, kind.authorityFile))
        noteAvailability()
    }

    /// Terminals find the end of a certificate by its header, which must be `30 82 hi lo` (256 to 65535 bytes).
    private static func fits(_ certificate: [UInt8]) -> Bool {
        guard (4...largestCertificateByteCount).contains(certificate.count) else { return false }
        let length = Int(certificate[2]) << 8 | Int(certificate[3])
        return certificate[0] == 0x30 && certificate[1] == 0x82 && length == certificate.count - 4
    }

    /// Whether the certificate of this kind is on the card.
    public func hasCertificate(_ kind: CertificateKind) -> Bool {
        memory.files[FileAddress(.jpki, kind.certificateFile)] != nil
    }

    /// Sets a PIN and gives back all its tries: at delivery, or at the counter after it was locked (初期化).
    ///
    /// A PIN that several applications keep is set in all of them. Throws `pinFormat` when it may not be set.
    public mutating func set(_ pin: Pin) throws(ChipError) {
        guard pin.mayBeSet else { throw ChipError(.pinFormat) }
        for (address, counter) in memory.pins where counter.purpose == pin.purpose {
            guard memory.setPin(pin.disclosed, at: address) else { throw ChipError(.pinFormat) }
        }
    }

    /// Tries left of a PIN; 0 when it is locked or was never set.
    public func triesLeft(_ purpose: PinPurpose) -> Int {
        memory.pins.values.filter { $0.purpose == purpose }.map(\.triesLeft).min() ?? 0
    }

    /// File 0008: `8F` for each certificate that is there (署名用, 利用者証明用), then `00`.
    private mutating func noteAvailability() {
        let flags = [CertificateKind.signature, .authentication].map { hasCertificate($0) ? UInt8(0x8F) : 0x00 }
        memory.write(.bytes(flags + [0x00]), to: FileAddress(.jpki, 0x0008))
    }
}

extension [UInt8] {
    /// Whether the other bytes occur in these.
    fileprivate func holds(_ other: [UInt8]) -> Bool {
        guard let first = other.first, count >= other.count else { return false }
        return (0...(count - other.count)).contains { start in
            self[start] == first && self[start..<(start + other.count)].elementsEqual(other)
        }
    }
}

/// File 0006 of the JPKI application: a PKCS#11 CK_TOKEN_INFO in 160 bytes, numbers as 32 bits, high byte first.
///
/// Source: README.md, Sources (JPKI). Manufacturer and model are this project's own.
enum TokenInformation {
    static func bytes(serial: CardSerial) -> [UInt8] {
        text("JPKIAPICCTOKEN2", 32) + text("MADOGUCHI", 32) + text("SOFTWARE CHIP", 16)
            + text(serial.description, 16) + numbers + text("03", 2) + text("01", 2)
            + [UInt8](repeating: 0x39, count: 16)
    }

    /// Flags (RNG, LOGIN_REQUIRED, USER_PIN_INITIALIZED, TOKEN_INITIALIZED), sessions, PIN lengths, memory unknown.
    private static let numbers: [UInt8] = {
        let values: [UInt32] = [0x0000_040D, 1, 0, 1, 0, 16, 6] + [UInt32](repeating: .max, count: 4)
        return values.flatMap { value in withUnsafeBytes(of: value.bigEndian, Array.init) }
    }()

    private static func text(_ text: String, _ length: Int) -> [UInt8] {
        let bytes = Array(text.utf8.prefix(length))
        return bytes + [UInt8](repeating: 0x20, count: length - bytes.count)
    }
}
