import Crypto
import CryptoExtras
import Foundation
import Values

/// The cipher of secure messaging with the text application: AES-128-CBC, with the message counter as the seed of the
/// initial vector. Chip and terminal hold one each and count alike.
///
/// It keeps contents from a listener; it has no checksum, so it does not keep them from being changed.
/// Source: README.md, Sources (text).
package struct SecureSession: Hashable, Sendable, Redacting {
    private static let blockByteCount = 16

    private let key: [UInt8]
    /// The number of the next message, from 1.
    package private(set) var counter: UInt32 = 1

    /// A session under a delivered seed of 32 bytes, of which the first 16 are the key. Nil for another length.
    package init?(seed: [UInt8]) {
        guard seed.count == SessionKeyDelivery.seedByteCount else { return nil }
        key = Array(seed.prefix(Self.blockByteCount))
    }

    /// Goes on to the next message.
    package mutating func advance() { counter &+= 1 }

    /// The ciphertext of this message's data, padded to whole blocks by ISO/IEC 7816-4 (80 00 …).
    package func encrypt(_ data: [UInt8]) -> [UInt8]? {
        let filler = Self.blockByteCount - 1 - data.count % Self.blockByteCount
        let padded = data + [0x80] + [UInt8](repeating: 0, count: filler)
        guard let vector else { return nil }
        return (try? AES._CBC.encrypt(padded, using: SymmetricKey(data: key), iv: vector, noPadding: true)).map(
            Array.init)
    }

    /// The data of this message's ciphertext; nil when it is not whole blocks or the padding is not there, which is how
    /// a wrong key or counter shows.
    package func decrypt(_ ciphertext: [UInt8]) -> [UInt8]? {
        guard !ciphertext.isEmpty, ciphertext.count % Self.blockByteCount == 0, let vector,
            let padded = try? AES._CBC.decrypt(ciphertext, using: SymmetricKey(data: key), iv: vector, noPadding: true),
            let end = padded.lastIndex(where: { $0 != 0 }), padded[end] == 0x80,
            padded.distance(from: end, to: padded.endIndex) <= Self.blockByteCount
        else { return nil }
        return Array(padded[..<end])
    }

    /// The counter in sixteen bytes, encrypted as one block.
    private var vector: AES._CBC.IV? {
        var block = [UInt8](repeating: 0, count: Self.blockByteCount - 4)
        block += withUnsafeBytes(of: counter.bigEndian, Array.init)
        guard (try? AES.permute(&block, key: SymmetricKey(data: key))) != nil else { return nil }
        return try? AES._CBC.IV(ivBytes: block)
    }
}

/// How a terminal hands a session key to the chip: `A0 { 80 seed }` under RSA-OAEP with SHA-256, to file 0006's key.
package enum SessionKeyDelivery {
    /// Bytes of a seed.
    package static let seedByteCount = 32

    /// The message to the chip that holds the private half of this modulus (exponent 65537). Nil when it is no key.
    package static func message(seed: [UInt8], to modulus: [UInt8]) -> [UInt8]? {
        guard let key = try? _RSA.Encryption.PublicKey(n: modulus, e: [0x01, 0x00, 0x01]) else { return nil }
        let object = BER.object(0xA0, BER.object(0x80, seed))
        return (try? key.encrypt(object, padding: .PKCS1_OAEP_SHA256)).map(Array.init)
    }

    /// The seed in an opened message; nil when it does not have that form.
    static func seed(in object: [UInt8]) -> [UInt8]? {
        let head: [UInt8] = [0xA0, 0x22, 0x80, 0x20]
        guard object.count == head.count + seedByteCount, object.starts(with: head) else { return nil }
        return Array(object.dropFirst(head.count))
    }
}
