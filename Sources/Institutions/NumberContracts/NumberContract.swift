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

public struct AssignNumber: Codable, Sendable, Equatable {
    public let resident: ResidentCodeField
    public let municipality: MunicipalityCode
    public let items: FourItems
    public init(resident: ResidentCodeField, municipality: MunicipalityCode, items: FourItems) {
        self.resident = resident
        self.municipality = municipality
        self.items = items
    }
}

public struct AssignedNumber: Codable, Sendable, Equatable {
    public let number: NumberField
    public init(number: NumberField) { self.number = number }
}

public struct UpdateItems: Codable, Sendable, Equatable {
    public let resident: ResidentCodeField
    public let municipality: MunicipalityCode
    public let items: FourItems
    public init(resident: ResidentCodeField, municipality: MunicipalityCode, items: FourItems) {
        self.resident = resident
        self.municipality = municipality
        self.items = items
    }
}

public struct IdentityRecordRequest: Codable, Sendable, Equatable {
    public let number: NumberField
    public init(number: NumberField) { self.number = number }
}

public struct IdentityRecord: Codable, Sendable, Equatable {
    public let municipality: MunicipalityCode
    public let items: FourItems
    public init(municipality: MunicipalityCode, items: FourItems) {
        self.municipality = municipality
        self.items = items
    }
}

public struct RegisterCertificate: Codable, Sendable, Equatable {
    public let number: NumberField
    public let certificate: CertificateName
    /// The certificate that this one replaces, if any: it opens nothing from now on.
    public let replaces: CertificateName?
    public init(number: NumberField, certificate: CertificateName, replaces: CertificateName?) {
        self.number = number
        self.certificate = certificate
        self.replaces = replaces
    }
}

public struct SubmitAcquisition: Codable, Sendable, Equatable {
    public let acquisition: AcquisitionID
    public let number: NumberField
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

public struct EnrolPerson: Codable, Sendable, Equatable {
    public let number: NumberField
    public let items: FourItems
    public init(number: NumberField, items: FourItems) {
        self.number = number
        self.items = items
    }
}
