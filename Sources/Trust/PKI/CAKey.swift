import Crypto
import CryptoExtras
import Foundation
import SwiftASN1
import X509

/// The key pair of a certificate authority, an OCSP responder or an institution.
///
/// It redacts itself and is not `Codable`; storing it encrypted is the work of the composition root.
public struct CAKey: Sendable {
    /// The two kinds of key that are used here, always with SHA-256.
    public enum Algorithm: String, Sendable, Hashable, CaseIterable {
        /// RSA of 2048 bits, RSASSA-PKCS1-v1_5 (both card CAs).
        case rsa2048
        /// ECDSA on P-256 (OCSP responders, institutions).
        case p256
    }

    private enum Backing: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
    }

    private let backing: Backing
    /// The algorithm.
    public let algorithm: Algorithm
    /// The public key as SubjectPublicKeyInfo (DER).
    public let publicKeyDER: [UInt8]

    /// Makes a new key pair. RSA takes 0.1 to 0.2 s.
    public static func generate(_ algorithm: Algorithm) throws(PKIError) -> CAKey {
        switch algorithm {
        case .p256: return CAKey(P256.Signing.PrivateKey())
        case .rsa2048:
            guard let key = try? _RSA.Signing.PrivateKey(keySize: .bits2048) else {
                throw PKIError(.cryptography, "no RSA key could be made")
            }
            return try CAKey(key)
        }
    }

    /// Reads a PKCS#8 PrivateKeyInfo; throws `unsupportedAlgorithm` unless it is RSA-2048 or P-256.
    public init(pkcs8DER: [UInt8]) throws(PKIError) {
        if let key = try? P256.Signing.PrivateKey(derRepresentation: pkcs8DER) {
            self.init(key)
        } else if let key = try? _RSA.Signing.PrivateKey(derRepresentation: pkcs8DER), key.keySizeInBits == 2048 {
            try self.init(key)
        } else {
            throw PKIError(.unsupportedAlgorithm, "not an RSA-2048 or P-256 key")
        }
    }

    private init(_ key: P256.Signing.PrivateKey) {
        backing = .p256(key)
        algorithm = .p256
        publicKeyDER = Array(key.publicKey.derRepresentation)
    }

    private init(_ key: _RSA.Signing.PrivateKey) throws(PKIError) {
        backing = .rsa(key)
        algorithm = .rsa2048
        publicKeyDER = try PublicKeys.canonical(Array(key.publicKey.derRepresentation))
    }

    /// The secret key as PKCS#8 PrivateKeyInfo (DER), for the encrypted key folder only.
    public func exportPKCS8() -> [UInt8] {
        switch backing {
        case .rsa(let key): Array(key.pkcs8DERRepresentation)
        case .p256(let key): Array(key.derRepresentation)
        }
    }

    /// The secret key as PEM (`PRIVATE KEY`), for TLS libraries that read text.
    public func exportPEM() -> String { PEMDocument(type: "PRIVATE KEY", derBytes: exportPKCS8()).pemString }

    /// Signs `bytes` with SHA-256: PKCS#1 v1.5 for RSA, DER-encoded ECDSA for P-256.
    public func sign(_ bytes: [UInt8]) throws(PKIError) -> [UInt8] {
        do {
            switch backing {
            case .rsa(let key):
                let signature = try key.signature(for: SHA256.hash(data: bytes), padding: .insecurePKCS1v1_5)
                return Array(signature.rawRepresentation)
            case .p256(let key): return Array(try key.signature(for: SHA256.hash(data: bytes)).derRepresentation)
            }
        } catch {
            throw PKIError(.cryptography, "the key could not sign")
        }
    }

    /// AlgorithmIdentifier of this key's signatures.
    package func signatureAlgorithmDER() throws(PKIError) -> [UInt8] { try SignatureAlgorithms.der(algorithm) }
}

extension CAKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "CAKey(\(algorithm.rawValue), redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
