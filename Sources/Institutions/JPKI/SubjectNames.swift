import Contracts
import PKI
import Values

/// The common names of certificates' subjects, in the forms of the real profiles.
enum SubjectNames {
    /// 14 random letters and digits, the municipality's five digits, `001` and `A`: names nobody.
    static func authentication(municipality: MunicipalityCode) -> String {
        var generator = SystemRandomNumberGenerator()
        let id = (0..<14).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] }
        return String(id) + municipality.fiveDigits + "001A"
    }

    /// 28 digits: the time of issue to the second in Japan and 14 random digits.
    static func signature(at now: Instant) -> String {
        let time = now.japanStandardTime.filter(\.isNumber)
        return time + (0..<14).map { _ in String(Int.random(in: 0...9)) }.joined()
    }

    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
}

extension CertificatePurpose {
    init(_ use: CertificateUse) {
        switch use {
        case .authentication: self = .userAuthentication
        case .signature: self = .digitalSignature
        }
    }
}
