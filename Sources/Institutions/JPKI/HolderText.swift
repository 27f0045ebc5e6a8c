import PKI
import Values

/// A name or an address as a certificate for signing states it, with the places where another character stands
/// (代替文字使用位置情報).
struct HolderText {
    let text: String
    /// One `0` or `1` for each Unicode scalar of ``text``.
    let substitutions: String

    /// A variation selector cannot be written there: the plain character stands for the variant, and is marked.
    ///
    /// Characters outside the repertoire (JIS levels 1 and 2, 補助漢字) are not replaced yet.
    init(_ original: String) {
        var scalars = String.UnicodeScalarView()
        var marks: [Character] = []
        for scalar in original.unicodeScalars {
            if scalar.properties.isVariationSelector {
                if !marks.isEmpty { marks[marks.count - 1] = "1" }
            } else {
                scalars.append(scalar)
                marks.append("0")
            }
        }
        text = String(scalars)
        substitutions = String(marks)
    }
}

extension HolderAttributes {
    /// The four items in the forms of a certificate.
    init(_ items: FourItems) {
        let name = HolderText(items.name.full)
        let address = HolderText(items.address.text)
        self.init(
            name: name.text, nameSubstitutions: name.substitutions, sex: items.sex.text,
            birthDate: items.birthDate.jpkiBirthDate, address: address.text,
            addressSubstitutions: address.substitutions)
    }
}
