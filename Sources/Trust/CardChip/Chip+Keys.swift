extension Chip {
    /// COMPUTE DIGITAL SIGNATURE, `80 2A`: P1 says what the chip does with the data before it signs.
    ///
    /// 00 pads them as they are; 01 hashes and pads the bare hash; 02 takes a hash, 03 hashes, both with DigestInfo;
    /// 04 takes a hash, 05 hashes, both with PSS. Hash is SHA-256. P2 = 80 (selected key) or 80 | short name.
    mutating func computeSignature(
        _ command: CommandAPDU, using generator: inout some RandomNumberGenerator
    ) throws(StatusWord) -> [UInt8] {
        guard let scheme = SignatureScheme(rawValue: command.p1) else { throw .wrongParameters }
        try selectReference(command.p2)
        let (address, kind) = try currentFile()
        guard case .key(.signature(let pin)) = kind else { throw .wrongFileStructure }
        guard session.verified.contains(pin) else { throw .securityNotSatisfied }
        try requireRoomForSignature(command)
        let block = try scheme.block(for: command.data, using: &generator)
        return try apply(address, to: block)
    }

    /// INTERNAL AUTHENTICATE, `00 88 00 99`: signs a challenge with the card's own key, in the common application only.
    func internalAuthenticate(_ command: CommandAPDU) throws(StatusWord) -> [UInt8] {
        guard session.application == .common else { throw .conditionsNotSatisfied }
        guard command.p1 == 0x00, command.p2 == 0x99 else { throw .wrongParameters }
        guard !command.data.isEmpty else { throw .wrongLength }
        try requireRoomForSignature(command)
        let payload = SignatureBlock.sha256DigestInfoPrefix + SignatureBlock.sha256(command.data)
        return try apply(FileAddress(.common, 0x0019), to: SignatureBlock.pkcs1(payload))
    }

    /// GET CHALLENGE, `00 84 00 00`: 1 to 256 random bytes.
    func getChallenge(
        _ command: CommandAPDU, using generator: inout some RandomNumberGenerator
    ) throws(StatusWord) -> [UInt8] {
        guard command.p1 == 0, command.p2 == 0 else { throw .wrongParameters }
        guard command.data.isEmpty, let expected = command.expected, expected <= 256 else { throw .wrongLength }
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
        case .givenHash: return SignatureBlock.pkcs1(SignatureBlock.sha256DigestInfoPrefix + data)
        case .hash: return SignatureBlock.pkcs1(SignatureBlock.sha256DigestInfoPrefix + SignatureBlock.sha256(data))
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
