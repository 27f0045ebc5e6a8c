import Crypto
import CryptoExtras
import Foundation
import Values

/// A private RSA-2048 key of the chip. It signs, and is never read out by a command.
struct ChipKey: Sendable, Redacting {
    /// Length of the modulus, of a padded block and of a signature.
    static let blockByteCount = 256

    private let key: _RSA.BlindSigning.PrivateKey<SHA384>
    /// PKCS#1 form, for the card image only.
    let pkcs1: [UInt8]
    /// X.509 SubjectPublicKeyInfo, DER.
    let publicKeyInfo: [UInt8]
    /// The modulus, 256 bytes, high byte first.
    let modulus: [UInt8]

    /// A fresh key. The library draws its own randomness.
    static func generate() throws(ChipError) -> ChipKey {
        guard let key = try? _RSA.Signing.PrivateKey(keySize: .bits2048) else { throw ChipError(.cryptography) }
        return try ChipKey(pkcs1: Array(key.derRepresentation))
    }

    /// Reads a key in its PKCS#1 form; throws unless it is an RSA key of 2048 bits.
    init(pkcs1: [UInt8]) throws(ChipError) {
        guard let key = try? _RSA.BlindSigning.PrivateKey<SHA384>(derRepresentation: pkcs1),
            key.keySizeInBits == 2048,
            let primitives = try? key.publicKey.getKeyPrimitives(),
            primitives.modulus.count == Self.blockByteCount, Array(primitives.publicExponent) == [0x01, 0x00, 0x01]
        else { throw ChipError(.cryptography) }
        self.key = key
        self.pkcs1 = pkcs1
        self.publicKeyInfo = Array(key.publicKey.derRepresentation)
        self.modulus = Array(primitives.modulus)
    }

    /// The public key as the card's files write it: `90` exponent, `91` modulus. The exponent is 65537, as the library
    /// makes it and as the files' fixed lengths demand.
    var cardPublicKey: [UInt8] { BER.object(0x90, [0x01, 0x00, 0x01]) + BER.object(0x91, modulus) }

    /// RSASP1 (RFC 8017 §5.2.1) over a block of the length of the modulus.
    ///
    /// The library offers the bare operation only under the name of blind signing, whose signing half is exactly it
    /// (RFC 9474 §4.3).
    func apply(to block: [UInt8]) throws(ChipError) -> [UInt8] {
        guard let signature = try? key.blindSignature(for: block) else { throw ChipError(.cryptography) }
        return Array(signature.rawRepresentation)
    }

    /// RSAES-OAEP with SHA-256 (RFC 8017 §7.1.2); nil when the message does not open.
    func decryptOAEP(_ message: [UInt8]) -> [UInt8]? {
        guard let key = try? _RSA.Encryption.PrivateKey(derRepresentation: pkcs1) else { return nil }
        return (try? key.decrypt(message, padding: .PKCS1_OAEP_SHA256)).map(Array.init)
    }
}
