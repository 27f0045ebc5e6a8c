import Contracts
import Hummingbird
import Portal
import Values
import Web

/// Every address of the portal. No personal data stands in any: kinds, agencies and exchanges have names of their own.
enum Address {
    static let front = Route("/")
    static let cardHelp = Route("/help/card")

    static let login = Route("/login")
    static let loginRequest = Route("/login/request", LoginRequestName.self)
    static let loginCallback = Route("/login/callback")
    static let loginResume = Route("/login/resume")
    static let logout = Route("/logout")
    static let loggedOut = Route("/logged-out")

    static let me = Route("/me")
    static let information = Route("/information")
    static let field = Route("/information", FieldNumber.self)
    static let kind = Route("/information/kind", KindNumber.self)
    static let kindAsCSV = Route("/information/kind", KindNumber.self, "/csv")

    static let history = Route("/history")
    static let entry = EntryRoute("/history/{asker}/{exchange}")
    static let proof = EntryRoute("/history/{asker}/{exchange}/proof")

    /// The page of a kind for one agency.
    static func kind(_ kind: InformationKind, of agency: InstitutionID) -> String {
        Address.kind.path(KindNumber(kind)) + "?\(FieldName.agency)=\(agency.text)"
    }

    /// The entries recorded before a moment.
    static func history(before: Instant) -> String { "\(history.path)?\(FieldName.before)=\(before.microseconds)" }
}

/// The names of fields in forms and queries.
enum FieldName {
    static let agency = "agency"
    static let period = "period"
    static let before = "before"
    static let handle = "h"
}

/// 自己情報番号 in an address: `3-4`.
struct KindNumber: LosslessStringConvertible, Sendable {
    let kind: InformationKind
    var description: String { kind.number }

    init(_ kind: InformationKind) { self.kind = kind }

    init?(_ description: String) {
        guard let kind = InformationKind.of(description) else { return nil }
        self.kind = kind
    }
}

/// 分野 in an address: `1` to `7`.
struct FieldNumber: LosslessStringConvertible, Sendable {
    let field: InformationField
    var description: String { String(field.rawValue) }

    init(_ field: InformationField) { self.field = field }

    init?(_ description: String) {
        guard let field = InformationField.allCases.first(where: { String($0.rawValue) == description }) else {
            return nil
        }
        self.field = field
    }
}

/// The reference of a login in an address.
struct LoginRequestName: LosslessStringConvertible, Sendable {
    let reference: LoginReference
    var description: String { reference.text }

    init?(_ description: String) {
        guard let reference = try? LoginReference(description) else { return nil }
        self.reference = reference
    }
}

/// An entry of the log in an address: who asked, and that asker's name for the exchange.
struct EntryName: Sendable, Equatable {
    let asker: InstitutionID
    let exchange: ExchangeID
}

/// An address with two parts that vary; prints and matches like a `Route`.
struct EntryRoute: Sendable {
    let pattern: String

    init(_ pattern: StaticString) { self.pattern = pattern.description }

    func path(_ name: EntryName) -> String {
        pattern.replacing("{asker}", with: name.asker.text).replacing("{exchange}", with: name.exchange.text)
    }

    /// Throws `unknownAddress` when a part does not parse.
    func name(in context: some RequestContext) throws(WebError) -> EntryName {
        guard let asker = context.parameters.get("asker").flatMap({ try? InstitutionID($0) }),
            let exchange = context.parameters.get("exchange").flatMap({ try? ExchangeID($0) })
        else { throw WebError(.unknownAddress, "entry") }
        return EntryName(asker: asker, exchange: exchange)
    }
}
