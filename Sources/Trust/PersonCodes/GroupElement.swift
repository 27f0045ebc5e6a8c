import CSodium

/// An element of ristretto255 that is not the identity, in its only encoding (32 bytes).
///
/// Source: RFC 9496 §4; libsodium `crypto_core_ristretto255`, `crypto_scalarmult_ristretto255`.
struct GroupElement: Hashable, Sendable {
    static let byteCount = 32
    /// The canonical encoding.
    let bytes: [UInt8]

    /// Refuses everything but a canonical encoding of an element other than the identity.
    init(encoding: [UInt8]) throws(PersonCodesError) {
        try Sodium.start()
        guard encoding.count == Self.byteCount else {
            throw PersonCodesError(.wrongLength, "an element has 32 bytes")
        }
        guard !Self.isIdentity(encoding) else {
            throw PersonCodesError(.identityElement, "the identity is nobody's element")
        }
        // libsodium 1.0.18 ignores the highest bit, RFC 9496 §4.3.1 step 1 refuses it: two encodings, two codes.
        guard encoding[Self.byteCount - 1] & 0x80 == 0, crypto_core_ristretto255_is_valid_point(encoding) == 1 else {
            throw PersonCodesError(.invalidElement, "not a canonical ristretto255 encoding")
        }
        self.bytes = encoding
    }

    /// A result of libsodium, which is canonical; only the identity is refused.
    private init(computed: [UInt8]) throws(PersonCodesError) {
        guard !Self.isIdentity(computed) else {
            throw PersonCodesError(.identityElement, "the operation gave the identity")
        }
        self.bytes = computed
    }

    /// The one-way map of 64 uniform bytes to the group (RFC 9496 §4.3.4).
    init(uniformBytes: [UInt8]) throws(PersonCodesError) {
        try Sodium.start()
        guard uniformBytes.count == Int(crypto_core_ristretto255_HASHBYTES) else {
            throw PersonCodesError(.wrongLength, "the map to the group takes 64 bytes")
        }
        var result = Self.blank
        guard crypto_core_ristretto255_from_hash(&result, uniformBytes) == 0 else {
            throw PersonCodesError(.invalidElement, "the map to the group failed")
        }
        try self.init(computed: result)
    }

    /// `scalar` times the generator.
    init(generatorTimes scalar: Scalar) throws(PersonCodesError) {
        var result = Self.blank
        let status = scalar.withBytes { crypto_scalarmult_ristretto255_base(&result, $0) }
        guard status == 0 else { throw PersonCodesError(.identityElement, "the operation gave the identity") }
        try self.init(computed: result)
    }

    /// `scalar` times this element, in constant time.
    func times(_ scalar: Scalar) throws(PersonCodesError) -> GroupElement {
        var result = Self.blank
        let status = scalar.withBytes { crypto_scalarmult_ristretto255(&result, $0, bytes) }
        guard status == 0 else { throw PersonCodesError(.identityElement, "the operation gave the identity") }
        return try GroupElement(computed: result)
    }

    func plus(_ other: GroupElement) throws(PersonCodesError) -> GroupElement {
        var result = Self.blank
        guard crypto_core_ristretto255_add(&result, bytes, other.bytes) == 0 else {
            throw PersonCodesError(.invalidElement, "the sum failed")
        }
        return try GroupElement(computed: result)
    }

    func minus(_ other: GroupElement) throws(PersonCodesError) -> GroupElement {
        var result = Self.blank
        guard crypto_core_ristretto255_sub(&result, bytes, other.bytes) == 0 else {
            throw PersonCodesError(.invalidElement, "the difference failed")
        }
        return try GroupElement(computed: result)
    }

    static func == (left: GroupElement, right: GroupElement) -> Bool { Sodium.equal(left.bytes, right.bytes) }

    private static var blank: [UInt8] { [UInt8](repeating: 0, count: byteCount) }
    private static func isIdentity(_ bytes: [UInt8]) -> Bool { sodium_is_zero(bytes, bytes.count) == 1 }
}
