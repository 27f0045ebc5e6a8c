public import Values
public import Wire

/// Phantom of an agency's own person id.
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

/// Asks the gateway for an acquisition.
public struct OpenPersonAcquisition: Codable, Sendable, Equatable {
    /// Whose code is wanted.
    public let person: AgencyPersonID

    /// A request for that person.
    public init(person: AgencyPersonID) { self.person = person }
}

/// Asks the gateway to collect a code.
public struct CollectPersonCode: Codable, Sendable, Equatable {
    /// Whose code it is.
    public let person: AgencyPersonID
    /// The acquisition that the gateway opened for this person.
    public let acquisition: AcquisitionID

    /// A request for that person's acquisition.
    public init(person: AgencyPersonID, acquisition: AcquisitionID) {
        self.person = person
        self.acquisition = acquisition
    }
}

/// A copy for the gateway.
public struct StoreCopy: Codable, Sendable, Equatable {
    /// Whose record it is.
    public let person: AgencyPersonID
    /// The record.
    public let document: InformationDocument

    /// That person's copy.
    public init(person: AgencyPersonID, document: InformationDocument) {
        self.person = person
        self.document = document
    }
}

/// Whether a person's copies are kept from being shown.
public enum Disclosure: String, Codable, Sendable {
    case disclosed, notDisclosed
}

/// A person's flag.
public struct RestrictPerson: Codable, Sendable, Equatable {
    /// Whose copies it is about.
    public let person: AgencyPersonID
    /// What the flag is to say.
    public let disclosure: Disclosure

    /// That person's flag.
    public init(person: AgencyPersonID, disclosure: Disclosure) {
        self.person = person
        self.disclosure = disclosure
    }
}

/// A question to another agency about a person.
public struct Inquire: Codable, Sendable, Equatable {
    /// Whom it is about, by the asking agency's own id.
    public let person: AgencyPersonID
    /// The gateway that is asked.
    public let provider: InstitutionID
    /// Which kind of information.
    public let kind: InformationKindID
    /// For which period.
    public let period: InformationPeriod
    /// Under which clause, for which affair and procedure.
    public let citation: ClauseCitation

    /// That question.
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

/// What another agency answered.
public struct InquiryResult: Codable, Sendable, Equatable {
    /// The asking agency's own name for the exchange.
    public let exchange: ExchangeID
    /// The answer.
    public let content: ProvisionContent

    /// That exchange's answer.
    public init(exchange: ExchangeID, content: ProvisionContent) {
        self.exchange = exchange
        self.content = content
    }
}
