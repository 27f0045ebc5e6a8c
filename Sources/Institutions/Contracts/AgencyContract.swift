public import Values
public import Wire

public enum AgencyPersonKind {}
/// An agency's own id for a person (統合宛名番号): 128 random bits drawn by its register.
public typealias AgencyPersonID = Identifier<AgencyPersonKind>

/// What an agency's register tells its own gateway.
public enum AgencyContract {
    /// Opens an acquisition for a person of the register.
    public static let openAcquisition = Endpoint<OpenPersonAcquisition, OpenedAcquisition>(
        "agency-gateway/open-acquisition", "Opens the acquisition of a code for one person of this agency.")
    /// Collects the code from the core and keeps it beside the person's id.
    public static let collectCode = Endpoint<CollectPersonCode, Acknowledgement>(
        "agency-gateway/collect-code", "Collects the acquired code from the core.")
    /// Puts a copy (副本) of a record into the gateway, replacing the one of the same person, kind and period.
    public static let storeCopy = Endpoint<StoreCopy, Acknowledgement>(
        "agency-gateway/store-copy", "Stores the copy of one record for answering.")
    /// Sets or lifts the flag that keeps a person's copies from being shown (不開示).
    public static let restrict = Endpoint<RestrictPerson, Acknowledgement>(
        "agency-gateway/restrict", "Sets or lifts the non-disclosure flag of a person.")
    /// Asks another agency for a record of a person of this agency.
    public static let inquire = Endpoint<Inquire, InquiryResult>(
        "agency-gateway/inquire", "Asks another agency under a permission clause.")
}

public struct OpenPersonAcquisition: Codable, Sendable, Equatable {
    public let person: AgencyPersonID
    public init(person: AgencyPersonID) { self.person = person }
}

public struct CollectPersonCode: Codable, Sendable, Equatable {
    public let person: AgencyPersonID
    public let acquisition: AcquisitionID
    public init(person: AgencyPersonID, acquisition: AcquisitionID) {
        self.person = person
        self.acquisition = acquisition
    }
}

public struct StoreCopy: Codable, Sendable, Equatable {
    public let person: AgencyPersonID
    public let document: InformationDocument
    public init(person: AgencyPersonID, document: InformationDocument) {
        self.person = person
        self.document = document
    }
}

/// Whether a person's copies are kept from being shown.
public enum Disclosure: String, Codable, Sendable {
    case disclosed, notDisclosed
}

public struct RestrictPerson: Codable, Sendable, Equatable {
    public let person: AgencyPersonID
    public let disclosure: Disclosure
    public init(person: AgencyPersonID, disclosure: Disclosure) {
        self.person = person
        self.disclosure = disclosure
    }
}

public struct Inquire: Codable, Sendable, Equatable {
    public let person: AgencyPersonID
    public let provider: InstitutionID
    public let kind: InformationKindID
    public let period: InformationPeriod
    public let citation: ClauseCitation
    public init(
        person: AgencyPersonID, provider: InstitutionID, kind: InformationKindID, period: InformationPeriod,
        citation: ClauseCitation
    ) {
        self.person = person
        self.provider = provider
        self.kind = kind
        self.period = period
        self.citation = citation
    }
}

public struct InquiryResult: Codable, Sendable, Equatable {
    public let exchange: ExchangeID
    public let content: ProvisionContent
    public init(exchange: ExchangeID, content: ProvisionContent) {
        self.exchange = exchange
        self.content = content
    }
}
