import Contracts
import PersonCodes
import Values

/// An acquisition (取得番号の発行) as its row stands: at most ten minutes old, then deleted.
struct AcquisitionRecord: Sendable, Equatable {
    /// ``AcquisitionDecision`` counts from the opening.
    static let lifetime = Duration.seconds(10 * 60)

    let id: AcquisitionID
    let opener: InstitutionID
    /// Session hash and purpose, where it is a login.
    let login: LoginBinding?
    let expiresAt: Instant
    /// The opener's code, once the person point has come.
    let code: InstitutionCode?
    /// The presence that the first collection made.
    let presence: PresenceID?
}

/// What a login's presence will be bound to.
struct LoginBinding: Sendable, Equatable {
    let session: [UInt8]
    let purpose: String

    /// Nil unless the session has 32 bytes and the purpose 1 to 40 printable ASCII characters.
    init?(session: [UInt8], purpose: String) {
        let isPrintable = purpose.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard session.count == 32, (1...40).contains(purpose.utf8.count), isPrintable else { return nil }
        self.session = session
        self.purpose = purpose
    }
}

/// A presence as its row stands.
struct PresenceRecord: Sendable, Equatable {
    let id: PresenceID
    let code: InstitutionCode
    let login: LoginBinding
    let issuedAt: Instant
    let expiresAt: Instant
    let isEnded: Bool

    /// What the core signs, the same each time.
    var presence: Presence {
        Presence(
            id: id, code: code, session: ContractBytes(login.session), purpose: login.purpose, issuedAt: issuedAt,
            expiresAt: expiresAt)
    }
}
