import Crypto

/// One secret of an operator from which its share for every institution follows.
///
/// share = HMAC-SHA-512(secret, "madoguchi-code-factor-v1" ‖ 0x00 ‖ institution id) modulo the group order. The
/// other way, `FactorShare.random()` stored per institution, survives the loss of one share; this way needs one backup.
public struct FactorMaster: Sendable, RedactedValue {
    /// The fewest secret bytes that are accepted.
    public static let minimumByteCount = 32
    /// The most secret bytes that are accepted: one block of SHA-512.
    public static let maximumByteCount = 128
    /// The longest institution id, in UTF-8 bytes.
    public static let maximumInstitutionByteCount = 255

    private static let label = [UInt8]("madoguchi-code-factor-v1".utf8) + [0]
    private let key: SymmetricKey

    /// Takes a stored secret of 32 to 128 bytes. Throws `unacceptableInput` for another length or zeros.
    public init(secretBytes: [UInt8]) throws(PersonCodesError) {
        self.key = try SecretBytes.key(
            secretBytes, Self.minimumByteCount...Self.maximumByteCount, "the master secret has 32 to 128 bytes")
    }

    /// A new secret of 64 bytes from the system's randomness.
    public static func random() throws(PersonCodesError) -> FactorMaster {
        try FactorMaster(secretBytes: Sodium.randomBytes(64))
    }

    /// The secret for the operator's key folder, and for nothing else.
    public var secretBytesForKeyFolder: [UInt8] { SecretBytes.copy(key) }

    /// This operator's share for an institution, the same each time.
    ///
    /// - Parameter institution: the institution's id, 1 to 255 UTF-8 bytes, compared byte by byte.
    public func share(for institution: String) throws(PersonCodesError) -> FactorShare {
        FactorShare(try derive(institution))
    }

    /// The whole factor of an institution where one operator runs alone.
    public func factor(for institution: String) throws(PersonCodesError) -> CodeFactor {
        CodeFactor(try derive(institution))
    }

    private func derive(_ institution: String) throws(PersonCodesError) -> Scalar {
        let id = [UInt8](institution.utf8)
        guard (1...Self.maximumInstitutionByteCount).contains(id.count) else {
            throw PersonCodesError(.unacceptableInput, "an institution id has 1 to 255 bytes")
        }
        var digest = [UInt8](HMAC<SHA512>.authenticationCode(for: Self.label + id, using: key))
        defer { Sodium.wipe(&digest) }
        return try Scalar(uniformBytes: digest)
    }
}
