public import Contracts
public import Values
public import Wire

/// What the number authority (機構) is asked by those who may know the number.
public enum NumberContract {
    /// A registry asks for the number of a resident who has just been entered (番号法7条1項, 8条).
    public static let assign = Endpoint<AssignNumber, AssignedNumber>(
        "number-authority/assign-number", "Assigns the Individual Number of a newly entered resident.")
    /// A registry tells that a resident's items have changed (住民基本台帳法30条の6).
    public static let updateItems = Endpoint<UpdateItems, Acknowledgement>(
        "number-authority/update-items", "Takes over a resident's changed items.")
    /// The card office checks whom it is making a card for (本人確認情報).
    public static let identityRecord = Endpoint<IdentityRecordRequest, IdentityRecord>(
        "number-authority/identity-record", "Gives the identity record under a number.")
    /// The card office tells whose certificate was issued.
    public static let registerCertificate = Endpoint<RegisterCertificate, Acknowledgement>(
        "number-authority/register-certificate", "Learns which resident an authentication certificate belongs to.")
    /// An agency's register sends a person's number under an acquisition (番号法21条の2第2項).
    public static let submitAcquisition = Endpoint<SubmitAcquisition, Acknowledgement>(
        "number-authority/submit-acquisition", "Completes an agency's acquisition for the person under a number.")
}

/// A newly entered resident.
public struct AssignNumber: Codable, Sendable, Equatable {
    /// The resident code that the registry drew or that was brought along.
    public let resident: ResidentCodeField
    /// Where the resident is entered.
    public let municipality: MunicipalityCode
    /// The four items as entered.
    public let items: FourItems

    /// That resident.
    public init(resident: ResidentCodeField, municipality: MunicipalityCode, items: FourItems) {
        self.resident = resident
        self.municipality = municipality
        self.items = items
    }
}

/// The number of a resident.
public struct AssignedNumber: Codable, Sendable, Equatable {
    /// The one that is assigned now, or was before.
    public let number: NumberField

    /// That number.
    public init(number: NumberField) { self.number = number }
}

/// A resident's changed items.
public struct UpdateItems: Codable, Sendable, Equatable {
    /// Whose items they are.
    public let resident: ResidentCodeField
    /// Where the resident is entered now.
    public let municipality: MunicipalityCode
    /// The four items as they are from now on.
    public let items: FourItems

    /// Those items.
    public init(resident: ResidentCodeField, municipality: MunicipalityCode, items: FourItems) {
        self.resident = resident
        self.municipality = municipality
        self.items = items
    }
}

/// A question for an identity record.
public struct IdentityRecordRequest: Codable, Sendable, Equatable {
    /// Whose record is asked for.
    public let number: NumberField

    /// That question.
    public init(number: NumberField) { self.number = number }
}

/// What the authority knows of a person.
public struct IdentityRecord: Codable, Sendable, Equatable {
    /// Where the person is entered.
    public let municipality: MunicipalityCode
    /// The four items as the registry last told them.
    public let items: FourItems

    /// That record.
    public init(municipality: MunicipalityCode, items: FourItems) {
        self.municipality = municipality
        self.items = items
    }
}

/// An issued certificate and whose it is.
public struct RegisterCertificate: Codable, Sendable, Equatable {
    /// Whose certificate it is.
    public let number: NumberField
    /// The certificate for authentication.
    public let certificate: CertificateName
    /// The certificate that this one replaces, if any: it opens nothing from now on.
    public let replaces: CertificateName?

    /// That certificate of that person.
    public init(number: NumberField, certificate: CertificateName, replaces: CertificateName?) {
        self.number = number
        self.certificate = certificate
        self.replaces = replaces
    }
}

/// A person's number under an acquisition.
public struct SubmitAcquisition: Codable, Sendable, Equatable {
    /// The acquisition that the agency's gateway opened.
    public let acquisition: AcquisitionID
    /// Whose code it is about.
    public let number: NumberField

    /// That number under that acquisition.
    public init(acquisition: AcquisitionID, number: NumberField) {
        self.acquisition = acquisition
        self.number = number
    }
}

/// What an agency's register (団体内統合宛名システム) is told by its own municipality.
public enum RegisterContract {
    /// The registry of the same municipality enters a resident.
    public static let enrol = Endpoint<EnrolPerson, Acknowledgement>(
        "agency-register/enrol", "Enters a person under the number, or takes over the person's changed items.")
}

/// A resident for the register.
public struct EnrolPerson: Codable, Sendable, Equatable {
    /// Under which the register knows the person.
    public let number: NumberField
    /// The four items as they are now.
    public let items: FourItems

    /// That resident.
    public init(number: NumberField, items: FourItems) {
        self.number = number
        self.items = items
    }
}
