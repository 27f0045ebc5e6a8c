/// One operator's step of a conversion from institution A's code to institution B's: a multiplication by `b/a`.
///
/// The first operator has `b1/a1` and sees A's code, the second has `b2/a2` and sees B's; with one operator the
/// second step multiplies by 1.
public struct CodeConversion: Sendable, RedactedValue {
    private let quotient: Scalar

    /// This operator's step from its share of A to its share of B.
    public init(from source: FactorShare, to target: FactorShare) throws(PersonCodesError) {
        self.quotient = try target.scalar.divided(by: source.scalar)
    }

    /// First operator: A's code becomes a partial code.
    public func begin(_ code: InstitutionCode) throws(PersonCodesError) -> PartialCode {
        PartialCode(try code.element.times(quotient))
    }

    /// Second operator: the partial code becomes B's code.
    public func finish(_ partial: PartialCode) throws(PersonCodesError) -> InstitutionCode {
        InstitutionCode(try partial.element.times(quotient))
    }

    /// First operator, when the second must not see the result either: the partial code, encrypted for its reader.
    public func begin(
        _ code: InstitutionCode, encryptedFor reader: CodeEncryptionPublicKey
    ) throws(PersonCodesError) -> EncryptedPartialCode {
        EncryptedPartialCode(try CodeCiphertext(of: code.element.times(quotient), for: reader))
    }

    /// Second operator: finishes under the encryption and re-randomises, so that the first cannot follow the result.
    public func finish(
        _ partial: EncryptedPartialCode, for reader: CodeEncryptionPublicKey
    ) throws(PersonCodesError) -> EncryptedCode {
        EncryptedCode(try partial.ciphertext.times(quotient).rerandomised(for: reader))
    }
}

extension InstitutionCode {
    /// The code of the same person at another institution, where one operator holds both factors whole.
    public func converted(
        from source: CodeFactor, to target: CodeFactor
    ) throws(PersonCodesError) -> InstitutionCode {
        InstitutionCode(try element.times(target.scalar.divided(by: source.scalar)))
    }
}
