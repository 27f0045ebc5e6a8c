public import Contracts
import PersonCodes
import PortableSQL
public import Values
import Wire

extension GatewayService {
    /// Opens the acquisition of a person's code at the core (処理通番の取得).
    ///
    /// - Throws: the core's `Problem`, `WireError`.
    public func openAcquisition(for person: AgencyPersonID) async throws -> OpenedAcquisition {
        let opened = try await client.call(
            AcquisitionContract.open, of: InstitutionID.linkageCore.text, OpenAcquisition(purpose: .agencyCode))
        let now = clock.now()
        try await database.write { writer in
            try writer.deleteAcquisitions(before: now)
            try writer.insert(opened, for: person)
        }
        return opened
    }

    /// Collects the code that was made and keeps it beside the person's id; again changes nothing.
    ///
    /// - Throws: ``GatewayError``: `acquisitionGone` for one that was not opened here for this person; `codeDiffers`,
    ///   `codeOfAnother` when two persons of the register are one, or one is two. The core's `Problem`, `WireError`.
    public func collectCode(_ request: CollectPersonCode) async throws {
        let opener = try await database.read { try $0.acquiringPerson(request.acquisition) }
        guard opener == request.person else { throw GatewayError(.acquisitionGone) }
        let collected = try await client.call(
            AcquisitionContract.collect, of: InstitutionID.linkageCore.text,
            CollectCode(acquisition: request.acquisition))
        let code = collected.code
        try await database.write { writer in
            let held = try writer.code(of: request.person)
            let holder = try writer.person(with: code)
            if try CodeDecision.isNew(code, of: request.person, held: held, holder: holder) {
                try writer.insert(code, of: request.person)
            }
        }
    }

    /// Moves newly collected codes, in an order of chance, to where they stay, and forgets acquisitions that are over:
    /// their times would tell in which order codes came; to be done now and then.
    ///
    /// - Returns: how many were moved.
    @discardableResult
    public func mixCodes() async throws -> Int {
        let now = clock.now()
        return try await database.write { writer in
            try writer.deleteAcquisitions(before: now)
            return try writer.mixCodes()
        }
    }

    /// Stores the copy (副本) of a record, replacing the one of the same person, kind and period.
    ///
    /// - Throws: ``GatewayError`` (`copyTooLarge`) above 64 KiB.
    public func storeCopy(_ copy: StoreCopy) async throws {
        let document = try WireJSON.encode(copy.document)
        guard document.count <= Self.copyBytes else { throw GatewayError(.copyTooLarge) }
        try await database.write { writer in
            try writer.store(document, copy.document.kind, copy.document.period, of: copy.person)
        }
    }

    /// The largest copy, in bytes of JSON.
    static let copyBytes = 64 * 1024

    /// Sets or lifts the flag that keeps a person's copies from being shown (不開示).
    public func restrict(_ restriction: RestrictPerson) async throws {
        try await database.write { try $0.set(restriction.disclosure, of: restriction.person) }
    }
}

/// Whether a code may be kept beside a person. Reads nothing but what it is given.
enum CodeDecision {
    /// True when it is to be stored, false when it already stands there.
    static func isNew(
        _ code: InstitutionCode, of person: AgencyPersonID, held: InstitutionCode?, holder: AgencyPersonID?
    ) throws(GatewayError) -> Bool {
        guard holder == nil || holder == person else { throw GatewayError(.codeOfAnother) }
        guard let held else { return true }
        guard held == code else { throw GatewayError(.codeDiffers) }
        return false
    }
}
