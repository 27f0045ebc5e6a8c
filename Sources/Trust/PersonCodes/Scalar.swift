import CSodium
import Crypto

/// A secret scalar of ristretto255, between 1 and the group order minus 1 (32 bytes, little-endian).
///
/// The bytes live in a `SymmetricKey`, whose storage is wiped when the last copy goes away.
/// Source: RFC 9496 §4.4; libsodium `crypto_core_ristretto255_scalar_*`.
struct Scalar: Sendable {
    static let byteCount = 32
    private let storage: SymmetricKey

    /// The number 1.
    static let one = Scalar(unchecked: [1] + [UInt8](repeating: 0, count: byteCount - 1))

    /// Refuses zero and what is not reduced modulo the group order.
    init(encoding: [UInt8]) throws(PersonCodesError) {
        try Sodium.start()
        guard encoding.count == Self.byteCount else {
            throw PersonCodesError(.wrongLength, "a scalar has 32 bytes")
        }
        var reduced = Self.reduce(encoding + [UInt8](repeating: 0, count: Self.byteCount))
        defer { Sodium.wipe(&reduced) }
        guard Sodium.equal(reduced, encoding) else {
            throw PersonCodesError(.invalidScalar, "the scalar is not reduced")
        }
        try self.init(reduced: reduced)
    }

    /// 64 uniform bytes modulo the group order. Zero, which chance will not give, is refused.
    init(uniformBytes: [UInt8]) throws(PersonCodesError) {
        try Sodium.start()
        guard uniformBytes.count == 2 * Self.byteCount else {
            throw PersonCodesError(.wrongLength, "a scalar is reduced from 64 bytes")
        }
        var reduced = Self.reduce(uniformBytes)
        defer { Sodium.wipe(&reduced) }
        try self.init(reduced: reduced)
    }

    private init(reduced: [UInt8]) throws(PersonCodesError) {
        guard sodium_is_zero(reduced, reduced.count) == 0 else {
            throw PersonCodesError(.invalidScalar, "the scalar is zero")
        }
        self.init(unchecked: reduced)
    }

    private init(unchecked bytes: [UInt8]) { storage = SymmetricKey(data: bytes) }

    /// A scalar from the system's randomness.
    static func random() throws(PersonCodesError) -> Scalar {
        try Sodium.start()
        var bytes = [UInt8](repeating: 0, count: byteCount)
        defer { Sodium.wipe(&bytes) }
        crypto_core_ristretto255_scalar_random(&bytes)
        return try Scalar(reduced: bytes)
    }

    /// 1 divided by this scalar.
    func inverse() throws(PersonCodesError) -> Scalar {
        var result = [UInt8](repeating: 0, count: Self.byteCount)
        defer { Sodium.wipe(&result) }
        let status = withBytes { crypto_core_ristretto255_scalar_invert(&result, $0) }
        guard status == 0 else { throw PersonCodesError(.invalidScalar, "the scalar has no inverse") }
        return try Scalar(reduced: result)
    }

    func times(_ other: Scalar) throws(PersonCodesError) -> Scalar {
        var result = [UInt8](repeating: 0, count: Self.byteCount)
        defer { Sodium.wipe(&result) }
        withBytes { left in other.withBytes { crypto_core_ristretto255_scalar_mul(&result, left, $0) } }
        return try Scalar(reduced: result)
    }

    func divided(by other: Scalar) throws(PersonCodesError) -> Scalar { try times(other.inverse()) }

    /// Lends a copy of the 32 bytes to a C function and wipes the copy.
    func withBytes<Result>(_ body: ([UInt8]) -> Result) -> Result {
        var copy = copiedBytes
        defer { Sodium.wipe(&copy) }
        return body(copy)
    }

    /// A copy of the bytes, for the key folder.
    var copiedBytes: [UInt8] { storage.withUnsafeBytes { [UInt8]($0) } }

    private static func reduce(_ wide: [UInt8]) -> [UInt8] {
        var wide = wide
        var result = [UInt8](repeating: 0, count: byteCount)
        crypto_core_ristretto255_scalar_reduce(&result, wide)
        Sodium.wipe(&wide)
        return result
    }
}

extension Scalar: Equatable {
    /// `SymmetricKey` compares in constant time.
    static func == (left: Scalar, right: Scalar) -> Bool { left.storage == right.storage }
}
