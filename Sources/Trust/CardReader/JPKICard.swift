public import CardChip
public import Crypto

/// The terminal's side of the 公的個人認証AP: certificates, PINs, signatures.
///
/// Source: README.md, Sources.
public struct JPKICard {
    /// The largest file that is read, in bytes.
    static let largestFileByteCount = 16 * 1024

    private let commands: CardCommands

    /// Selects the application. Throws `otherCard` when the card has none.
    public init(_ transport: any CardTransport) throws(CardError) {
        commands = CardCommands(transport: transport)
        try commands.select(.jpki)
    }

    /// How many tries the certificate's PIN has left; 0 when it is locked. Asking costs none.
    public func triesLeft(_ kind: CertificateKind) throws(CardError) -> Int { try commands.triesLeft(kind.pinFile) }

    /// Whether the card says that it holds this certificate (file 0008). Children have no signing certificate.
    public func hasCertificate(_ kind: CertificateKind) throws(CardError) -> Bool {
        try commands.select(FileID(0x0008))
        let flags = try commands.readAll(limit: 16)
        guard flags.count >= 2 else { throw CardError(.malformedAnswer) }
        return flags[kind == .signature ? 0 : 1] != 0x00
    }

    /// One try of a certificate's PIN. The PIN's purpose must be one of the two certificates'.
    public func verify(_ pin: Pin) throws(CardError) -> PinResult {
        guard let kind = CertificateKind.allCases.first(where: { $0.pinPurpose == pin.purpose }) else {
            throw CardError(.otherCard, "This PIN belongs to another application of the card.")
        }
        return try commands.verify(pin, at: kind.pinFile)
    }

    /// A new PIN in place of the one just verified. Throws `pinNeeded` before that.
    public func change(to pin: Pin) throws(CardError) {
        guard pin.mayBeSet, let kind = CertificateKind.allCases.first(where: { $0.pinPurpose == pin.purpose }) else {
            throw CardError(.refused, "This PIN cannot be set here.")
        }
        try commands.select(kind.pinFile)
        _ = try commands.require(CommandAPDU(cla: 0x00, ins: 0x24, p1: 0x01, p2: 0x80, data: pin.disclosed))
    }

    /// The certificate, DER. The signing certificate needs its PIN first (`pinNeeded`); `noCertificate` when absent.
    public func certificate(_ kind: CertificateKind) throws(CardError) -> [UInt8] {
        try readCertificate(kind.certificateFile)
    }

    /// The certificate of the authority that issued it, DER.
    public func authorityCertificate(_ kind: CertificateKind) throws(CardError) -> [UInt8] {
        try readCertificate(kind.authorityFile)
    }

    /// Reads a file whose first object is a certificate; filler behind it is left on the card.
    private func readCertificate(_ file: FileID) throws(CardError) -> [UInt8] {
        try commands.select(file)
        let head = try commands.read(at: 0, count: 4)
        guard !head.isEmpty, head[0] != 0xFF, head[0] != 0x00 else { throw CardError(.noCertificate) }
        guard head.count == 4, head[0] == 0x30, head[1] == 0x82 else { throw CardError(.malformedAnswer) }
        let length = 4 + (Int(head[2]) << 8 | Int(head[3]))
        guard length <= Self.largestFileByteCount else { throw CardError(.malformedAnswer) }
        let bytes = try commands.readAll(limit: length)
        guard bytes.count == length else { throw CardError(.malformedAnswer) }
        return bytes
    }

    /// Signs a SHA-256 digest: RSASSA-PKCS1-v1_5, 256 bytes. Throws `pinNeeded` unless the PIN was verified.
    public func sign(digest: SHA256Digest, with kind: CertificateKind) throws(CardError) -> [UInt8] {
        try commands.select(kind.keyFile)
        let payload = CardDigestInfo.sha256(digest)
        let signature = try commands.require(
            CommandAPDU(cla: 0x80, ins: 0x2A, p1: 0x00, p2: 0x80, data: payload, expected: 256))
        guard signature.count == 256 else { throw CardError(.malformedAnswer) }
        return signature
    }

    /// Signs the SHA-256 digest of a message, made on this side of the reader.
    public func sign(message: [UInt8], with kind: CertificateKind) throws(CardError) -> [UInt8] {
        try sign(digest: SHA256.hash(data: message), with: kind)
    }
}
