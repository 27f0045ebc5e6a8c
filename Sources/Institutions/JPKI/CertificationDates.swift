import Foundation
import Values

extension Instant {
    /// The same moment for X.509.
    var date: Date { Date(timeIntervalSince1970: Double(microseconds) / 1_000_000) }
}

/// How long a certificate lives.
enum CertificateLife {
    /// The last day: the fifth birthday after the day of issue, or the card's last day if that is earlier.
    ///
    /// Source: 公的個人認証法施行規則 on 有効期間; profile notAfter is 23:59:59 of that day in Japan.
    static func lastDay(issuedOn day: CivilDate, birthDate: CivilDate, cardExpires: CivilDate) -> CivilDate {
        min(birthDate.birthday(number: 5, after: day), cardExpires)
    }

    /// The age under which no certificate for signing is issued.
    static let signingAge = 15
}
