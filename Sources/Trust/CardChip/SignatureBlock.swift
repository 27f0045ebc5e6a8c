public import Crypto

/// Builds the 256-byte block that the private key is applied to.
///
/// Source: RFC 8017 §9.1 (EMSA-PSS) and §9.2 (EMSA-PKCS1-v1_5).
enum SignatureBlock {
    /// What the PKCS#1 v1.5 padding takes at least: 00 01, eight FF, 00.
    static let minimumPaddingByteCount = 11

    /// The longest payload of a PKCS#1 v1.5 block.
    static let largestPayloadByteCount = ChipKey.blockByteCount - minimumPaddingByteCount

    /// 00 01 FF … FF 00 payload. The payload has at most 245 bytes; nil otherwise.
    static func pkcs1(_ payload: [UInt8]) -> [UInt8]? {
        guard payload.count <= largestPayloadByteCount else { return nil }
        let filler = ChipKey.blockByteCount - 3 - payload.count
        return [0x00, 0x01] + [UInt8](repeating: 0xFF, count: filler) + [0x00] + payload
    }

    /// EMSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes, for a modulus of 2048 bits.
    static func pss(digest: [UInt8], salt: [UInt8]) -> [UInt8] {
        let hash = sha256([UInt8](repeating: 0, count: 8) + digest + salt)
        let maskLength = ChipKey.blockByteCount - hash.count - 1
        let filler = [UInt8](repeating: 0, count: maskLength - salt.count - 1)
        var masked = zip(filler + [0x01] + salt, mask(hash, length: maskLength)).map { $0 ^ $1 }
        masked[0] &= 0x7F
        return masked + hash + [0xBC]
    }

    /// MGF1 (RFC 8017 appendix B.2.1) with SHA-256.
    private static func mask(_ seed: [UInt8], length: Int) -> [UInt8] {
        var output: [UInt8] = []
        var counter: UInt32 = 0
        while output.count < length {
            output += sha256(seed + withUnsafeBytes(of: counter.bigEndian, Array.init))
            counter += 1
        }
        return Array(output.prefix(length))
    }

    static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}

/// The DigestInfo that a PKCS#1 v1.5 signature carries.
public enum CardDigestInfo {
    /// DER of `AlgorithmIdentifier { sha256, NULL }`. Source: RFC 8017 §9.2 note 1.
    private static let algorithm: [UInt8] = [
        0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    ]

    /// The DigestInfo of a SHA-256 digest, 51 bytes: what a terminal gives the card to sign with P1 = 00.
    public static func sha256(_ digest: SHA256Digest) -> [UInt8] { sha256(digests: Array(digest)) }

    /// One digest, or several end to end as on the face of the card; at most 96 bytes.
    static func sha256(digests: [UInt8]) -> [UInt8] {
        BER.object(0x30, algorithm + BER.object(0x04, digests))
    }
}
