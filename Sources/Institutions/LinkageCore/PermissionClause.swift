public import Contracts
public import Values

/// A permission clause (番号法19条8号に基づく提供の根拠): who may ask whom for what, in which affair.
///
/// A row of law, not of the program: see `PermissionClauses.swift`.
public struct PermissionClause: Sendable, Equatable {
    /// The id that an asker cites and the citizen sees; never given to another clause.
    public let id: String
    /// Law, ordinance and item, in Japanese.
    public let citation: String
    /// 情報照会者.
    public let askers: [AgencyClass]
    /// 事務, as the law names it.
    public let affair: String
    /// 事務手続.
    public let procedures: [String]
    /// 情報提供者.
    public let providers: [AgencyClass]
    /// 利用特定個人情報, by the numbers of the kinds.
    public let kinds: [InformationKindID]
    /// The first day in force, in Japan.
    public let effectiveFrom: CivilDate
    /// The last day in force, in Japan; nil while no end is set.
    public let effectiveTo: CivilDate?

    /// A row; the permission table in use is given to ``LinkageService``.
    public init(
        id: String, citation: String, askers: [AgencyClass], affair: String, procedures: [String],
        providers: [AgencyClass], kinds: [InformationKindID], effectiveFrom: CivilDate, effectiveTo: CivilDate?
    ) {
        self.id = id
        self.citation = citation
        self.askers = askers
        self.affair = affair
        self.procedures = procedures
        self.providers = providers
        self.kinds = kinds
        self.effectiveFrom = effectiveFrom
        self.effectiveTo = effectiveTo
    }

    func isInForce(on day: CivilDate) -> Bool { effectiveFrom <= day && effectiveTo.map { day <= $0 } ?? true }

    func covers(_ request: PermitRequest, _ citation: ClauseCitation) -> Bool {
        askers.contains { $0.contains(request.asker) } && providers.contains { $0.contains(request.provider) }
            && affair == citation.affair && procedures.contains(citation.procedure) && kinds.contains(request.kind)
    }
}

/// A class of bodies that a clause names.
public enum AgencyClass: Sendable, Hashable {
    /// 市町村長: every body whose name is a municipality's code.
    case municipality
    /// A single body, by the name in ``Contracts/AgencyBody``, for example `pension`.
    case body(String)

    /// Whether the gateway of that name belongs to a body of the class.
    func contains(_ gateway: InstitutionID) -> Bool {
        guard gateway.text.hasPrefix(InstitutionID.agencyGatewayPrefix) else { return false }
        let name = gateway.text.dropFirst(InstitutionID.agencyGatewayPrefix.count)
        return switch self {
        case .municipality: (try? MunicipalityCode(String(name)))?.text == String(name)
        case .body(let body): name == body
        }
    }
}
