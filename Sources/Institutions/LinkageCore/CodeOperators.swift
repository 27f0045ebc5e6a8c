import PersonCodes
import Values

/// The multiplications that make and convert codes (符号の生成・変換), as two operators would make them.
///
/// Today one operator runs alone: the second's share of every factor is 1. Each multiplication already goes through
/// both steps, so that a second operator takes its step over without a stored code changing.
struct CodeOperators: Sendable {
    private let first: FactorMaster

    init(_ first: FactorMaster) { self.first = first }

    /// An institution's code for the person of a point.
    func code(
        of person: PersonPoint, for institution: InstitutionID
    ) throws(PersonCodesError) -> InstitutionCode {
        let partial = try first.share(for: institution.text).begin(person)
        return try secondShare(of: institution).finish(partial)
    }

    /// The same person's code at another institution.
    func convert(
        _ code: InstitutionCode, from source: InstitutionID, to target: InstitutionID
    ) throws(PersonCodesError) -> InstitutionCode {
        let begin = try CodeConversion(from: first.share(for: source.text), to: first.share(for: target.text))
        let finish = try CodeConversion(from: secondShare(of: source), to: secondShare(of: target))
        return try finish.finish(begin.begin(code))
    }

    private func secondShare(of institution: InstitutionID) -> FactorShare { .one }
}
