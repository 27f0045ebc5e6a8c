public import Values

/// The names under which a nation's central institutions are found. Those of municipalities and bodies end in their code.
extension InstitutionID {
    /// The number authority (番号生成・本人確認情報, 機構).
    public static let numberAuthority = known("number-authority")
    /// The card office (個人番号カードの製造・交付).
    public static let cardOffice = known("card-office")
    /// The public certification service (公的個人認証サービス).
    public static let jpki = known("jpki")
    /// The core of the information provision network (情報提供ネットワークシステム コアシステム).
    public static let linkageCore = known("linkage-core")
    /// The citizen's portal (情報提供等記録開示システム, マイナポータル).
    public static let portal = known("portal")

    /// The resident registry (住民基本台帳) of a municipality.
    public static func residentRegistry(_ municipality: MunicipalityCode) -> InstitutionID {
        known("resident-registry-\(municipality.text)")
    }
    /// The register of persons (団体内統合宛名システム) of an agency; `body` is a municipality's code or a body's name.
    public static func agencyRegister(_ body: AgencyBody) -> InstitutionID { known("agency-register-\(body.text)") }
    /// The gateway (中間サーバー) of an agency.
    public static func agencyGateway(_ body: AgencyBody) -> InstitutionID { known("agency-gateway-\(body.text)") }

    private static func known(_ text: String) -> InstitutionID { InstitutionID(wellKnown: text) }
}

/// An agency that asks and answers on the network (情報照会者・情報提供者): a municipality or another body.
public struct AgencyBody: Hashable, Sendable, Codable {
    /// A six-digit municipality code or a short name such as `pension`: `[a-z0-9-]{2,20}`.
    public let text: String

    /// - Throws: ``ContractError/malformedAgencyBody`` when the text has another form.
    public init(_ text: String) throws(ContractError) {
        let allowed = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        guard allowed, (2...20).contains(text.utf8.count) else { throw .malformedAgencyBody }
        self.text = text
    }

    /// The agency of a municipality.
    public init(_ municipality: MunicipalityCode) { text = municipality.text }

    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// What is wrong with a field of a contract.
public enum ContractError: Error, Equatable, Sendable {
    case malformedAgencyBody, malformedBytes, unknownKind, malformedPeriod
}
