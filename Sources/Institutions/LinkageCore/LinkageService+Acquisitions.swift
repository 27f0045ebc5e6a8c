public import Contracts
public import InstitutionKeys
import PersonCodes
import PortableSQL
public import Values
import Wire

extension LinkageService {
    /// Opens an acquisition (処理通番の発行) for the calling institution.
    ///
    /// - Throws: ``LinkageError`` when this caller may not acquire a code for this purpose.
    public func openAcquisition(_ request: OpenAcquisition, by caller: InstitutionID) async throws -> OpenedAcquisition
    {
        let login = try AcquisitionDecision.open(request.purpose, by: caller)
        let now = clock.now()
        let record = AcquisitionRecord(
            id: .random(), opener: caller, login: login, expiresAt: now + AcquisitionRecord.lifetime, code: nil,
            presence: nil)
        try await database.write { writer in
            try writer.sweep(before: now)
            try writer.insert(record)
            try writer.countOpened(by: caller, on: now.civilDate)
        }
        return OpenedAcquisition(acquisition: record.id, expires: record.expiresAt)
    }

    /// Takes the person point for an open acquisition and makes the opener's code of it (符号の生成). The point is
    /// forgotten at once.
    ///
    /// - Throws: ``LinkageError`` (`acquisitionGone`) for an acquisition that is unknown, over, or completed for
    ///   another person; `Problem.malformedBody` for bytes that are no point.
    public func completeAcquisition(_ request: CompleteAcquisition) async throws {
        let now = clock.now()
        guard let point = try? request.personPoint() else { throw Problem.malformedBody }
        try await database.write { [operators] writer in
            guard let record = try writer.acquisition(request.acquisition) else {
                throw LinkageError(.acquisitionGone)
            }
            let code = try operators.code(of: point, for: record.opener)
            switch try AcquisitionDecision.complete(record, with: code, at: now) {
            case .store: try writer.setCode(code, of: record.id)
            case .alreadyStored: break
            }
        }
    }

    /// Gives the code to the institution that opened the acquisition, for a login with the presence that it is bound
    /// to. A repeat within the acquisition's ten minutes gets the same; then the row is deleted.
    ///
    /// - Throws: ``LinkageError``: `acquisitionGone`, or `acquisitionNotCompleted` while the point has not come.
    public func collectCode(_ request: CollectCode, by caller: InstitutionID) async throws -> CollectedCode {
        let now = clock.now()
        let collected = try await database.write { writer in
            let record = try writer.acquisition(request.acquisition)
            let plan = try AcquisitionDecision.collect(record, by: caller, presence: .random(), at: now)
            return try Self.carryOut(plan, request.acquisition, writer)
        }
        let token = try await signed(collected.presence)
        return CollectedCode(code: collected.code, presence: token)
    }

    private static func carryOut(
        _ plan: AcquisitionDecision.Collection, _ acquisition: AcquisitionID, _ writer: SQLWriter
    ) throws -> (code: InstitutionCode, presence: Presence?) {
        switch plan {
        case .code(let code): return (code, nil)
        case .codeWithNewPresence(let record):
            try writer.insert(record, of: acquisition)
            return (record.code, record.presence)
        case .codeWithPresence(let code, let id):
            guard let record = try writer.presence(id) else { throw LinkageError(.acquisitionGone) }
            return (code, record.presence)
        }
    }

    private func signed(_ presence: Presence?) async throws -> PresenceToken? {
        guard let presence else { return nil }
        return try await signer.sign(presence)
    }

    /// Ends a presence at logout; ending it again changes nothing.
    ///
    /// - Throws: ``LinkageError`` (`presenceNotOurs`) for a token that the core did not sign.
    public func endPresence(_ token: PresenceToken) async throws {
        guard let presence = await ours(token) else { throw LinkageError(.presenceNotOurs) }
        try await database.write { try $0.endPresence(presence.id) }
    }

    /// The presence in a token that bears the core's signature.
    func ours(_ token: PresenceToken) async -> Presence? {
        try? await keys.verify(token, by: .linkageCore, at: clock.now()).content
    }

    /// The presence in a token, if it is live now.
    func live(_ token: PresenceToken) async throws -> Presence {
        let presence = await ours(token)
        let now = clock.now()
        return try await database.read { reader in
            let record = try presence.flatMap { try reader.presence($0.id) }
            let refusal = PresenceDecision.refusal(presence, record, for: nil, at: now)
            guard refusal == nil, let presence else { throw LinkageError(refusal ?? .presenceNotOurs) }
            return presence
        }
    }
}
