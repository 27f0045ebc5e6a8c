/// 機関: the name of an institution among the others, `portal` or `resident-registry-` and a municipality code.
///
/// 2 to 40 characters of lower-case ASCII letters, digits and hyphens.
public struct InstitutionID: TextValue {
    /// The name as it stands in messages, keys and addresses.
    public let text: String

    /// The institution of that name. Throws `wrongLength` or `wrongCharacter`; nothing is normalised.
    public init(_ text: String) throws(ValueError) {
        guard (2...40).contains(text.utf8.count) else {
            throw ValueError(.wrongLength, "an institution's name has 2 to 40 characters")
        }
        guard text.utf8.allSatisfy(Self.isAllowed) else {
            throw ValueError(.wrongCharacter, "an institution's name has lower-case letters, digits and hyphens only")
        }
        self.text = text
    }

    /// The institution of a name that stands in the program. A name of another form is the programmer's mistake.
    public init(literal: StaticString) {
        let text = literal.description
        precondition((2...40).contains(text.utf8.count) && text.utf8.allSatisfy(Self.isAllowed))
        self.text = text
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x30...0x39, 0x2D: true
        default: false
        }
    }
}

extension InstitutionID: Comparable {
    public static func < (left: InstitutionID, right: InstitutionID) -> Bool { left.text < right.text }
}
