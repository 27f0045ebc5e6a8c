import Crypto
import CryptoExtras
package import Foundation
import SwiftASN1
package import X509

/// The two signature algorithms: sha256WithRSAEncryption with NULL parameters, ecdsa-with-SHA256 without.
package enum SignatureAlgorithms {
    package static func der(_ algorithm: CAKey.Algorithm) throws(PKIError) -> [UInt8] {
        switch algorithm {
        case .rsa2048: DEREncoding.sequence(try DEREncoding.identifier(Identifier.sha256WithRSA), DEREncoding.null)
        case .p256: DEREncoding.sequence(try DEREncoding.identifier(Identifier.ecdsaWithSHA256))
        }
    }

    /// The algorithm that an AlgorithmIdentifier names, if it is one of the two, exactly encoded.
    package static func algorithm(_ der: [UInt8]) -> CAKey.Algorithm? {
        CAKey.Algorithm.allCases.first { (try? self.der($0)) == der }
    }
}

/// Reads SubjectPublicKeyInfo and verifies signatures.
package enum PublicKeys {
    /// The key, if it is RSA-2048 with exponent 65537 or P-256; otherwise throws `unsupportedAlgorithm`.
    package static func read(_ der: [UInt8]) throws(PKIError) -> (Certificate.PublicKey, CAKey.Algorithm) {
        _ = try bits(der)  // whole octets only: the parser below would overlook unused bits that happen to be zero
        let key = try reading("not a public key") { try Certificate.PublicKey(derEncoded: der) }
        if P256.Signing.PublicKey(key) != nil { return (key, .p256) }
        guard let rsa = _RSA.Signing.PublicKey(key), rsa.keySizeInBits == 2048,
            let primitives = try? rsa.getKeyPrimitives(), Array(primitives.publicExponent) == [1, 0, 1]
        else { throw PKIError(.unsupportedAlgorithm, "neither RSA-2048 nor P-256") }
        return (key, .rsa2048)
    }

    /// Whether `signature` over `bytes` was made by the key, with the algorithm that fits the key.
    package static func verify(
        _ signature: [UInt8], of bytes: some DataProtocol, algorithm: CAKey.Algorithm, publicKeyDER: [UInt8]
    ) -> Bool {
        guard let (key, kind) = try? read(publicKeyDER), kind == algorithm else { return false }
        let name: Certificate.SignatureAlgorithm = kind == .rsa2048 ? .sha256WithRSAEncryption : .ecdsaWithSHA256
        return key.isValidSignature(signature, for: bytes, signatureAlgorithm: name)
    }

    /// The key encoded again as certificates carry it (RSA with NULL parameters).
    package static func canonical(_ der: [UInt8]) throws(PKIError) -> [UInt8] {
        let key = try reading("not a public key") { try Certificate.PublicKey(derEncoded: der) }
        return try reading("not a public key") {
            var serializer = DER.Serializer()
            try serializer.serialize(key)
            return serializer.serializedBytes
        }
    }

    /// The octets of the key's BIT STRING, which key identifiers and OCSP hash.
    package static func bits(_ der: [UInt8]) throws(PKIError) -> [UInt8] {
        var reader = try DERReader(der)
        _ = try reader.next(0x30)
        return try reader.next(0x03).wholeBits()
    }

    /// Key identifier: SHA-1 of the key's BIT STRING (RFC 5280 §4.2.1.2, method 1). Not a security use of SHA-1.
    package static func identifier(_ der: [UInt8]) throws(PKIError) -> [UInt8] {
        Array(Insecure.SHA1.hash(data: try bits(der)))
    }
}
