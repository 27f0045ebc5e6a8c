/// The secret factor `a` of one institution: its code for a person is `a·M`.
///
/// One operator holds it whole; two operators hold shares `a1`, `a2` with `a = a1·a2`.
public struct CodeFactor: Sendable, RedactedValue {
    let scalar: Scalar

    init(_ scalar: Scalar) { self.scalar = scalar }

    /// Takes a stored factor: 32 bytes, little-endian, reduced, not zero. Throws `wrongLength` or `invalidScalar`.
    public init(secretBytes: [UInt8]) throws(PersonCodesError) {
        self.scalar = try Scalar(encoding: secretBytes)
    }

    /// The product of two operators' shares, for a test or a merger: while two operators run, nobody computes it.
    public init(joining first: FactorShare, _ second: FactorShare) throws(PersonCodesError) {
        self.scalar = try first.scalar.times(second.scalar)
    }

    /// A new factor from the system's randomness.
    public static func random() throws(PersonCodesError) -> CodeFactor { CodeFactor(try Scalar.random()) }

    /// The factor for the operator's key folder, and for nothing else.
    public var secretBytesForKeyFolder: [UInt8] { scalar.copiedBytes }

    /// The institution's code for a person.
    public func code(of person: PersonPoint) throws(PersonCodesError) -> InstitutionCode {
        InstitutionCode(try person.element.times(scalar))
    }

    /// The shares when there is one operator: everything, and 1.
    public var unsplit: (first: FactorShare, second: FactorShare) { (FactorShare(scalar), .one) }

    /// New shares for two operators whose product is this factor, so that no stored code changes.
    public func split() throws(PersonCodesError) -> (first: FactorShare, second: FactorShare) {
        let second = try Scalar.random()
        return (FactorShare(try scalar.divided(by: second)), FactorShare(second))
    }

    /// The first operator's share when the second's is given, for example derived from the second's master secret.
    public func share(besides other: FactorShare) throws(PersonCodesError) -> FactorShare {
        FactorShare(try scalar.divided(by: other.scalar))
    }
}

/// One operator's share (`a1` or `a2`) of an institution's factor.
public struct FactorShare: Sendable, RedactedValue {
    let scalar: Scalar

    init(_ scalar: Scalar) { self.scalar = scalar }

    /// The share of a second operator that does not exist yet: 1.
    public static let one = FactorShare(Scalar.one)

    /// Takes a stored share: 32 bytes, little-endian, reduced, not zero. Throws `wrongLength` or `invalidScalar`.
    public init(secretBytes: [UInt8]) throws(PersonCodesError) {
        self.scalar = try Scalar(encoding: secretBytes)
    }

    /// A new share from the system's randomness.
    public static func random() throws(PersonCodesError) -> FactorShare { FactorShare(try Scalar.random()) }

    /// The share for the operator's key folder, and for nothing else.
    public var secretBytesForKeyFolder: [UInt8] { scalar.copiedBytes }

    /// The first operator's multiplication when an institution gets its code for a person: `a1·M`.
    public func begin(_ person: PersonPoint) throws(PersonCodesError) -> PartialCode {
        PartialCode(try person.element.times(scalar))
    }

    /// The second operator's multiplication: the institution's code.
    public func finish(_ partial: PartialCode) throws(PersonCodesError) -> InstitutionCode {
        InstitutionCode(try partial.element.times(scalar))
    }
}
