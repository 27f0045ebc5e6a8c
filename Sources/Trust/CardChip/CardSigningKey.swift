public import Values

/// 鍵ID: sixteen bytes that name a key of the card scheme.
///
/// Seven digits, `08 05`, three digits, four bytes zero. Keys of the real scheme begin with 5, those of its test cards
/// with 6; take others. Source: README.md, Sources (text).
public struct KeyIdentifier: Hashable, Sendable {
    /// The sixteen bytes.
    public let bytes: [UInt8]

    /// The name of seven digits and a group of three. Throws `keyIdentifierFormat`.
    public init(number: String, group: String = "001") throws(ChipError) {
        guard number.utf8.count == 7, group.utf8.count == 3,
            (number + group).utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw ChipError(.keyIdentifierFormat) }
        bytes = Array(number.utf8) + [0x08, 0x05] + Array(group.utf8) + [0, 0, 0, 0]
    }
}

/// A key by which the issuer vouches for what is on cards (証明者鍵). RSA-2048; it does not show itself.
public struct CardSigningKey: Sendable, Redacting {
    /// Its name.
    public let identifier: KeyIdentifier
    private let key: ChipKey

    /// A fresh key.
    public static func generate(_ identifier: KeyIdentifier) throws(ChipError) -> CardSigningKey {
        CardSigningKey(identifier: identifier, key: try .generate())
    }

    /// A key that was kept, in its PKCS#1 form. Throws `cryptography` unless it is RSA-2048.
    public init(_ identifier: KeyIdentifier, pkcs1: [UInt8]) throws(ChipError) {
        self.init(identifier: identifier, key: try ChipKey(pkcs1: pkcs1))
    }

    private init(identifier: KeyIdentifier, key: ChipKey) {
        self.identifier = identifier
        self.key = key
    }

    /// The private key in its PKCS#1 form, to be kept where keys are kept.
    public var pkcs1: [UInt8] { key.pkcs1 }

    /// The public key, X.509 SubjectPublicKeyInfo, DER.
    public var publicKeyInfo: [UInt8] { key.publicKeyInfo }

    /// The public key as cards write it.
    var cardPublicKey: [UInt8] { key.cardPublicKey }

    /// sha256WithRSAEncryption (PKCS#1 v1.5) over a message.
    func sign(_ message: [UInt8]) throws(ChipError) -> [UInt8] {
        try sign(digests: SignatureBlock.sha256(message))
    }

    /// The same over one or more SHA-256 digests that are signed as one, as in file 0002 of the face application.
    func sign(digests: [UInt8]) throws(ChipError) -> [UInt8] {
        guard let block = SignatureBlock.pkcs1(CardDigestInfo.sha256(digests: digests)) else {
            throw ChipError(.cryptography)
        }
        return try key.apply(to: block)
    }

    /// CV証明書: a card-verifiable certificate by this key for another, `7F21 { 5F4E body, 5F37 signature }`.
    ///
    /// Source: README.md, Sources (text), file 0004.
    public func certificate(for other: CardSigningKey) throws(ChipError) -> [UInt8] {
        let body = identifier.bytes + other.identifier.bytes + other.cardPublicKey
        return BER.object(0x7F21, BER.object(0x5F4E, body) + BER.object(0x5F37, try sign(body)))
    }
}

/// Who vouches for the contents of a card: a key, and the certificate for it that every card carries.
public struct CardInformationIssuer: Sendable {
    /// The key that signs.
    public let key: CardSigningKey
    /// The CV certificate for it; see ``CardSigningKey/certificate(for:)``.
    public let certificate: [UInt8]

    /// The key and its certificate.
    public init(key: CardSigningKey, certificate: [UInt8]) {
        self.key = key
        self.certificate = certificate
    }
}
