public import Values

/// The names under which a nation's central institutions are found. Those of municipalities and bodies end in their
/// code.
extension InstitutionID {
    /// The number authority (番号生成・本人確認情報, 機構).
    public static let numberAuthority = InstitutionID(literal: "number-authority")
    /// The card office (個人番号カードの製造・交付).
    public static let cardOffice = InstitutionID(literal: "card-office")
    /// The public certification service (公的個人認証サービス).
    public static let jpki = InstitutionID(literal: "jpki")
    /// The core of the information provision network (情報提供ネットワークシステム コアシステム).
    public static let linkageCore = InstitutionID(literal: "linkage-core")
    /// The citizen's portal (情報提供等記録開示システム, マイナポータル).
    public static let portal = InstitutionID(literal: "portal")

    /// What the name of every agency's gateway (中間サーバー) begins with.
    public static let agencyGatewayPrefix = "agency-gateway-"
    /// What the name of every agency's register begins with.
    public static let agencyRegisterPrefix = "agency-register-"
    /// What the name of every resident registry begins with.
    public static let residentRegistryPrefix = "resident-registry-"

    /// The resident registry (住民基本台帳) of a municipality.
    public static func residentRegistry(_ municipality: MunicipalityCode) throws(ValueError) -> InstitutionID {
        try InstitutionID(residentRegistryPrefix + municipality.text)
    }
    /// The register of persons (団体内統合宛名システム) of an agency.
    public static func agencyRegister(_ body: AgencyBody) throws(ValueError) -> InstitutionID {
        try InstitutionID(agencyRegisterPrefix + body.text)
    }
    /// The gateway (中間サーバー) of an agency.
    public static func agencyGateway(_ body: AgencyBody) throws(ValueError) -> InstitutionID {
        try InstitutionID(agencyGatewayPrefix + body.text)
    }
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
