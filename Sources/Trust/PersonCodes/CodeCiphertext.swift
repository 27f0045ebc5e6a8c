/// An ElGamal ciphertext in ristretto255: `(r·G, P + r·K)` for the reader's public key `K`. 64 bytes.
///
/// Malleable by design: an operator multiplies the contents and re-randomises without opening it. Who needs to know
/// that nobody else did so must look at the signature of the message around it.
struct CodeCiphertext: Hashable, Sendable {
    static let byteCount = 2 * GroupElement.byteCount
    private let ephemeral: GroupElement
    private let masked: GroupElement

    private init(ephemeral: GroupElement, masked: GroupElement) {
        self.ephemeral = ephemeral
        self.masked = masked
    }

    init(of plain: GroupElement, for reader: CodeEncryptionPublicKey) throws(PersonCodesError) {
        let random = try Scalar.random()
        self.ephemeral = try GroupElement(generatorTimes: random)
        self.masked = try plain.plus(reader.element.times(random))
    }

    init(bytes: [UInt8]) throws(PersonCodesError) {
        guard bytes.count == Self.byteCount else {
            throw PersonCodesError(.wrongLength, "an encrypted code has 64 bytes")
        }
        self.ephemeral = try GroupElement(encoding: [UInt8](bytes.prefix(GroupElement.byteCount)))
        self.masked = try GroupElement(encoding: [UInt8](bytes.suffix(GroupElement.byteCount)))
    }

    var bytes: [UInt8] { ephemeral.bytes + masked.bytes }

    /// A ciphertext of the contents times the scalar.
    func times(_ scalar: Scalar) throws(PersonCodesError) -> CodeCiphertext {
        CodeCiphertext(ephemeral: try ephemeral.times(scalar), masked: try masked.times(scalar))
    }

    /// Another ciphertext of the same contents, which nobody without the reader's key can connect to this one.
    func rerandomised(for reader: CodeEncryptionPublicKey) throws(PersonCodesError) -> CodeCiphertext {
        let random = try Scalar.random()
        return CodeCiphertext(
            ephemeral: try ephemeral.plus(GroupElement(generatorTimes: random)),
            masked: try masked.plus(reader.element.times(random)))
    }

    func opened(with secret: Scalar) throws(PersonCodesError) -> GroupElement {
        try masked.minus(ephemeral.times(secret))
    }
}
