public import JPKIValidation
public import PersonCodes
public import Values
public import Wire

/// Phantom of the acquisition number (取得番号, 処理通番; 番号法21条の2): names one person's code being made, and nothing
/// of the person.
public enum AcquisitionKind {}
/// The acquisition number: 128 random bits drawn by the core, used once, good for ten minutes.
public typealias AcquisitionID = Identifier<AcquisitionKind>

/// Getting an institution's code for a person (情報提供用個人識別符号の取得; 番号法21条の2).
///
/// The institution opens an acquisition at the core; the number authority sends the person point under that
/// acquisition; the institution collects its code from the core. The institution never sees the point, the core never
/// the number.
public enum AcquisitionContract {
    /// Opens an acquisition for the calling institution.
    public static let open = Endpoint<OpenAcquisition, OpenedAcquisition>(
        "linkage-core/open-acquisition", "Opens an acquisition of a person's code for the calling institution.")
    /// The number authority brings the person point.
    public static let complete = Endpoint<CompleteAcquisition, Acknowledgement>(
        "linkage-core/complete-acquisition", "Brings the person point for an open acquisition.")
    /// The institution that opened it collects its code, once completed.
    public static let collect = Endpoint<CollectCode, CollectedCode>(
        "linkage-core/collect-code", "Gives the institution the code that was made for it.")
    /// A citizen who has just logged in: her evidence, for the authority to find the person by.
    public static let presentLogin = Endpoint<PresentLogin, Acknowledgement>(
        "number-authority/present-login", "Verifies a login's evidence and completes the portal's acquisition.")
}

/// What an acquisition is for.
public enum AcquisitionPurpose: Codable, Sendable, Equatable {
    /// A code that the institution will keep beside its own person id.
    case agencyCode
    /// A citizen's login: the code comes with a presence bound to this hash of the portal's session.
    case login(session: ContractBytes, purpose: String)
}

/// Asks the core for an acquisition number.
public struct OpenAcquisition: Codable, Sendable, Equatable {
    /// What the code will be used for.
    public let purpose: AcquisitionPurpose

    /// A request for that purpose.
    public init(purpose: AcquisitionPurpose) { self.purpose = purpose }
}

/// The number under which the person point is to be brought.
public struct OpenedAcquisition: Codable, Sendable, Equatable {
    /// Names the acquisition to the number authority.
    public let acquisition: AcquisitionID
    /// From then on the acquisition takes nothing.
    public let expires: Instant

    /// An acquisition that was opened.
    public init(acquisition: AcquisitionID, expires: Instant) {
        self.acquisition = acquisition
        self.expires = expires
    }
}

/// The person point for an acquisition; only the number authority sends it.
public struct CompleteAcquisition: Codable, Sendable, Equatable {
    /// The acquisition that the point completes.
    public let acquisition: AcquisitionID
    private let point: ContractBytes

    /// The point under its acquisition.
    public init(acquisition: AcquisitionID, point: PersonPoint) {
        self.acquisition = acquisition
        self.point = ContractBytes(point.bytes)
    }

    /// - Throws: `PersonCodesError` when the bytes are no element of the group.
    public func personPoint() throws(PersonCodesError) -> PersonPoint { try PersonPoint(bytes: point.bytes) }
}

/// Asks for the code of a completed acquisition.
public struct CollectCode: Codable, Sendable, Equatable {
    /// The acquisition that the caller opened.
    public let acquisition: AcquisitionID

    /// A request for its code.
    public init(acquisition: AcquisitionID) { self.acquisition = acquisition }
}

/// The code that an acquisition has made.
public struct CollectedCode: Codable, Sendable, Equatable {
    /// The calling institution's own code for the person.
    public let code: InstitutionCode
    /// Present when the acquisition was a login.
    public let presence: PresenceToken?

    /// A code, with a presence or without.
    public init(code: InstitutionCode, presence: PresenceToken?) {
        self.code = code
        self.presence = presence
    }
}

/// A login's evidence on its way to the number authority.
public struct PresentLogin: Codable, Sendable, Equatable {
    /// The portal's acquisition that the authority is to complete.
    public let acquisition: AcquisitionID
    /// Signed by the card for the audience `number-authority`.
    public let evidence: LoginEvidence

    /// Evidence under an acquisition.
    public init(acquisition: AcquisitionID, evidence: LoginEvidence) {
        self.acquisition = acquisition
        self.evidence = evidence
    }
}

extension Problem {
    /// The code of the problem that an acquisition is unknown, used or expired: it has to be opened anew.
    public static let acquisitionGoneCode = "acquisition-gone"

    /// The acquisition is unknown, used or expired.
    public static let acquisitionGone = Problem(
        acquisitionGoneCode, status: 410, title: "The acquisition is unknown, used or expired.",
        detail: "Open a new one.")
}
