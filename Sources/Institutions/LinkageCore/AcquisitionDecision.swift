import Contracts
import PersonCodes
import Values

/// What may be done with an acquisition. Reads nothing but what it is given.
enum AcquisitionDecision {
    /// Whether `caller` may open one: an agency's gateway for a code that it keeps, the portal for a login.
    static func open(
        _ purpose: AcquisitionPurpose, by caller: InstitutionID
    ) throws(LinkageError) -> LoginBinding? {
        switch purpose {
        case .agencyCode:
            guard caller.text.hasPrefix(InstitutionID.agencyGatewayPrefix) else {
                throw LinkageError(.acquisitionNotAllowed)
            }
            return nil
        case .login(let session, let purpose):
            guard caller == .portal else { throw LinkageError(.acquisitionNotAllowed) }
            guard let binding = LoginBinding(session: session.bytes, purpose: purpose) else {
                throw LinkageError(.sessionMalformed)
            }
            return binding
        }
    }

    /// What a person point does to an acquisition.
    enum Completion: Equatable {
        case store, alreadyStored
    }

    static func complete(
        _ record: AcquisitionRecord?, with code: InstitutionCode, at now: Instant
    ) throws(LinkageError) -> Completion {
        guard let record else { throw LinkageError(.acquisitionGone) }
        guard now < record.expiresAt else { throw LinkageError(.acquisitionGone) }
        guard let stored = record.code else { return .store }
        guard stored == code else { throw LinkageError(.acquisitionGone) }
        return .alreadyStored
    }

    /// What collecting gives.
    enum Collection: Equatable {
        case code(InstitutionCode)
        case codeWithNewPresence(PresenceRecord)
        case codeWithPresence(InstitutionCode, PresenceID)
    }

    static func collect(
        _ record: AcquisitionRecord?, by caller: InstitutionID, presence id: PresenceID, at now: Instant
    ) throws(LinkageError) -> Collection {
        guard let record, record.opener == caller else { throw LinkageError(.acquisitionGone) }
        guard now < record.expiresAt else { throw LinkageError(.acquisitionGone) }
        guard let code = record.code else { throw LinkageError(.acquisitionNotCompleted) }
        guard let login = record.login else { return .code(code) }
        if let presence = record.presence { return .codeWithPresence(code, presence) }
        return .codeWithNewPresence(
            PresenceRecord(
                id: id, code: code, login: login, issuedAt: now, expiresAt: now + Presence.lifetime, isEnded: false))
    }
}

/// Whether a presence is live.
enum PresenceDecision {
    /// Checks a presence that bears our signature (nil when it does not) against its row.
    ///
    /// - Parameter code: the code that the request is about.
    /// - Returns: nil when it is live, else why not.
    static func refusal(
        _ presence: Presence?, _ record: PresenceRecord?, for code: InstitutionCode?, at now: Instant
    ) -> LinkageError.Code? {
        guard let presence else { return .presenceNotOurs }
        guard let record, record.id == presence.id else { return .presenceUnknown }
        guard presence == record.presence, code == nil || code == record.code else { return .presenceOfAnother }
        guard !record.isEnded else { return .presenceEnded }
        guard record.issuedAt <= now + Permit.skew, now < record.expiresAt else { return .presenceExpired }
        return nil
    }
}
