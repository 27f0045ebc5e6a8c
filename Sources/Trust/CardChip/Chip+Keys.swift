extension Chip {
    /// COMPUTE DIGITAL SIGNATURE, `80 2A`: P1 says what the chip does with the data before it signs.
    ///
    /// 00 pads them as they are; 01 hashes and pads the bare hash; 02 takes a hash, 03 hashes, both with DigestInfo;
    /// 04 takes a hash, 05 hashes, both with PSS. Hash is SHA-256. P2 = 80 (selected key) or 80 | short name.
    mutating func computeSignature(
        _ command: CommandAPDU, using generator: inout some RandomNumberGenerator
    ) throws(StatusWord) -> [UInt8] {
        if command.p2 == 0x00 { return try provePresence(command) }
        guard let scheme = SignatureScheme(rawValue: command.p1) else { throw .wrongParameters }
        try selectReference(command.p2)
        let (address, kind) = try currentFile()
        switch kind {
        case .key(.signature(let pin)):
            guard session.verified.contains(pin) else { throw .securityNotSatisfied }
        case .key: throw .conditionsNotSatisfied
        default: throw .wrongFileStructure
        }
        try requireRoomForSignature(command)
        let block = try scheme.block(for: command.data, using: &generator)
        return try apply(address, to: block)
    }

    /// The same with P1=00 and P2=00 in the applications for text and face: a DigestInfo, signed with the application's
    /// own key and without a PIN, to prove that the card is present (内部認証).
    private func provePresence(_ command: CommandAPDU) throws(StatusWord) -> [UInt8] {
        guard let application = session.application,
            let rule = application.fileRules.first(where: { $0.kind == .key(.presence) }), command.p1 == 0x00
        else { throw .wrongParameters }
        try requireRoomForSignature(command)
        guard (1...SignatureBlock.largestPayloadByteCount).contains(command.data.count) else { throw .wrongLength }
        return try apply(FileAddress(application, rule.file), to: SignatureBlock.pkcs1(command.data))
    }

    /// INTERNAL AUTHENTICATE, `00 88 00 99`: signs the SHA-256 digest of a challenge with the common application's key,
    /// without a PIN. Keys behind a PIN answer 6982, the two keys of text and face 6985.
    mutating func internalAuthenticate(_ command: CommandAPDU) throws(StatusWord) -> [UInt8] {
        guard command.p1 == 0x00 else { throw .wrongParameters }
        try selectReference(command.p2)
        let (address, kind) = try currentFile()
        switch kind {
        case .key(.internalAuthentication): break
        case .key(.signature): throw .securityNotSatisfied
        case .key(.presence), .key(.sessionKey): throw .conditionsNotSatisfied
        default: throw .wrongFileStructure
        }
        guard (1...255).contains(command.data.count) else { throw .wrongLength }
        try requireRoomForSignature(command)
        let digest = SignatureBlock.sha256(command.data)
        return try apply(address, to: SignatureBlock.pkcs1(CardDigestInfo.sha256(digests: digest)))
    }

    /// GET CHALLENGE, `00 84 00 00`: 1 to 256 random bytes.
    func getChallenge(
        _ command: CommandAPDU, using generator: inout some RandomNumberGenerator
    ) throws(StatusWord) -> [UInt8] {
        guard command.p1 == 0, command.p2 == 0 else { throw .wrongParameters }
        guard command.data.isEmpty, let expected = command.expected else { throw .wrongLength }
        guard expected <= 256 else { throw .conditionsNotSatisfied }
        return (0..<expected).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    private func requireRoomForSignature(_ command: CommandAPDU) throws(StatusWord) {
        guard let expected = command.expected, expected >= ChipKey.blockByteCount else { throw .wrongLength }
    }

    private func apply(_ address: FileAddress, to block: [UInt8]?) throws(StatusWord) -> [UInt8] {
        guard let key = memory.keys[address] else { throw .conditionsNotSatisfied }
        guard let block, let signature = try? key.apply(to: block) else { throw .internalFailure }
        return signature
    }
}

/// P1 of COMPUTE DIGITAL SIGNATURE.
enum SignatureScheme: UInt8 {
    case verbatim = 0
    case bareHash = 1
    case givenHash = 2
    case hash = 3
    case givenHashPSS = 4
    case hashPSS = 5

    /// The padded block; 6700 or 6985 when the data do not have the length that the scheme takes.
    func block(
        for data: [UInt8], using generator: inout some RandomNumberGenerator
    ) throws(StatusWord) -> [UInt8]? {
        try requireLength(of: data)
        switch self {
        case .verbatim: return SignatureBlock.pkcs1(data)
        case .bareHash: return SignatureBlock.pkcs1(SignatureBlock.sha256(data))
        case .givenHash: return SignatureBlock.pkcs1(CardDigestInfo.sha256(digests: data))
        case .hash: return SignatureBlock.pkcs1(CardDigestInfo.sha256(digests: SignatureBlock.sha256(data)))
        case .givenHashPSS: return SignatureBlock.pss(digest: data, salt: Self.salt(using: &generator))
        case .hashPSS:
            return SignatureBlock.pss(digest: SignatureBlock.sha256(data), salt: Self.salt(using: &generator))
        }
    }

    private func requireLength(of data: [UInt8]) throws(StatusWord) {
        switch self {
        case .verbatim:
            guard (1...SignatureBlock.largestPayloadByteCount).contains(data.count) else { throw .wrongLength }
        case .givenHash, .givenHashPSS:
            guard data.count == 32 else { throw .conditionsNotSatisfied }
        case .bareHash, .hash, .hashPSS:
            guard (1...255).contains(data.count) else { throw .wrongLength }
        }
    }

    private static func salt(using generator: inout some RandomNumberGenerator) -> [UInt8] {
        (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
