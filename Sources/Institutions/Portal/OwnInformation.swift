public import Contracts
import Logging
import PortableSQL
public import Values
public import VerifiableLog
import Wire

/// What came of a citizen's request for a record of her own.
public enum OwnInformation: Sendable, Equatable {
    case documents([InformationDocument])
    case notHeld
    case notDisclosed
}

/// An entry of her log with every check of its proof, and the file that lets anybody check it.
public struct CheckedEntry: Sendable {
    /// The entry as the core gave it.
    public let entry: ExchangeEntry
    /// Every check of the proof, by name.
    public let report: ProofReport
    /// The file that anybody can check without us.
    public let bundle: ProofBundle
}

extension PortalService {
    /// The gateways that answer about a kind, the one of the citizen's municipality first.
    public func providers(of kind: InformationKindID, for citizen: SignedInCitizen) -> [InformationProvider] {
        let all = configuration.providers.filter { $0.kinds.contains(kind) }
        let own = all.filter { $0.municipality?.fiveDigits == citizen.municipality }
        return own + all.filter { !own.contains($0) }
    }

    /// Asks a provider for a citizen's own record (自己情報の開示; 番号法附則6条3項), in her name and now.
    ///
    /// - Throws: ``PortalError``.
    public func ownInformation(
        _ kind: InformationKindID, period: InformationPeriod, from provider: InstitutionID, for citizen: SignedInCitizen
    ) async throws -> OwnInformation {
        let question = ExchangeAsker.Question(
            exchange: .random(), provider: provider, kind: kind, period: period, basis: .presence(citizen.presence),
            code: citizen.content.code)
        let now = clock.now()
        try await database.write { try $0.insert(question, at: now) }
        do {
            let permit = try await blaming(.coreUnavailable) { try await asker.permit(for: question, clock: clock) }
            let content = try await blaming(.providerUnavailable) {
                try await asker.content(under: permit, clock: clock)
            }
            try await database.write { try $0.setOutcome("answered", of: question.exchange) }
            return OwnInformation(content)
        } catch let refusal as PortalError {
            logger.notice("own information not given", metadata: ["problem": "\(refusal.rawValue)"])
            try await database.write { try $0.setOutcome(refusal.rawValue, of: question.exchange) }
            throw refusal
        }
    }

    /// Says in the portal's words why a neighbour gave nothing; `absence` is for one that does not answer or fails.
    private func blaming<Value>(_ absence: PortalError, _ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let problem as Problem {
            if problem.code.hasPrefix("presence") { throw PortalError.presenceOver }
            throw problem.status >= 500 ? absence : PortalError.requestRefused
        } catch is ExchangeError {
            throw PortalError.answerRefused
        } catch let error as WireError {
            throw error == .malformedAnswer ? PortalError.answerRefused : absence
        }
    }

    // MARK: - Who asked about me

    /// The citizen's entries, newest first (やりとり履歴).
    ///
    /// - Parameter before: entries recorded before this moment.
    /// - Throws: ``PortalError``.
    public func history(
        of citizen: SignedInCitizen, before: Instant? = nil, limit: Int = 20
    ) async throws -> [ExchangeEntry] {
        try await askingCore {
            try await client.call(
                HistoryContract.list, of: InstitutionID.linkageCore.text,
                ListHistory(presence: citizen.presence, before: before, limit: limit)
            ).entries
        }
    }

    /// One entry with its proof, checked here against the log's key.
    ///
    /// - Throws: ``PortalError``.
    public func check(
        _ exchange: ExchangeID, by asker: InstitutionID, for citizen: SignedInCitizen
    ) async throws -> CheckedEntry {
        let proven = try await askingCore {
            try await client.call(
                HistoryContract.prove, of: InstitutionID.linkageCore.text,
                ProveEntry(presence: citizen.presence, exchange: exchange, asker: asker))
        }
        guard proven.entry.exchange == exchange, proven.entry.asker == asker,
            proven.entry.subject == citizen.content.code, let bundle = try? proven.bundle()
        else { throw PortalError.answerRefused }
        return CheckedEntry(
            entry: proven.entry, report: bundle.verify(with: logKey, origin: logKey.name), bundle: bundle)
    }

    private func askingCore<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let problem as Problem {
            if problem.code.hasPrefix("presence") { throw PortalError.presenceOver }
            throw problem.status == 404 ? PortalError.unknownEntry : PortalError.coreUnavailable
        } catch is WireError {
            throw PortalError.coreUnavailable
        }
    }
}

extension OwnInformation {
    fileprivate init(_ content: ProvisionContent) {
        switch content {
        case .documents(let documents): self = documents.isEmpty ? .notHeld : .documents(documents)
        case .notHeld: self = .notHeld
        case .notDisclosed: self = .notDisclosed
        }
    }
}

extension ProvenEntry {
    /// The proof as a file that checks offline.
    func bundle() throws -> ProofBundle {
        guard let index = Int64(exactly: leafIndex) else { throw ContractError.malformedBytes }
        return try ProofBundle(
            domain: ExchangeEntry.commitmentDomain,
            entry: entry.fields.reduce(EntryEncoder()) { $0.adding($1) }.bytes,
            blinding: Blinding(bytes: blinding.bytes), commitment: Commitment(bytes: commitment.bytes),
            index: LeafIndex(index), path: path.map { try LogHash(bytes: $0.bytes) }, checkpoint: checkpoint)
    }
}
