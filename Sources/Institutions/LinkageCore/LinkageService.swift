import Contracts
public import InstitutionKeys
public import Logging
public import PersonCodes
public import PortableSQL
public import Values
public import VerifiableLog

/// The core of the information provision network (情報提供ネットワークシステム コアシステム): makes institutions' codes,
/// permits exchanges, and keeps their log. It never sees a number, a name, or what is exchanged.
///
/// It calls nobody: whatever it must know comes with the call.
public struct LinkageService: Sendable {
    let database: Database
    let keys: KeyDirectory
    let signer: TokenSigner
    let operators: CodeOperators
    let log: LogStore
    let logKey: LogKey
    let clauses: [PermissionClause]
    let clock: any NationClock
    let logger: Logger

    /// - Parameters:
    ///   - database: migrated with ``LinkageStore/migrations``; opened with ``databaseLimits``.
    ///   - keys: the core's own keys, stated in the directory under `linkage-core`.
    ///   - factors: the secret from which every institution's factor follows.
    ///   - logKey: signs checkpoints; its name is the log's origin.
    ///   - clauses: the permission table in use.
    /// - Throws: `VerifiableLogError` when the log key's name cannot be an origin.
    public init(
        database: Database, keys: InstitutionKeyPair, directory: KeyDirectory, factors: FactorMaster, logKey: LogKey,
        clauses: [PermissionClause] = PermissionClause.all, clock: any NationClock, logger: Logger
    ) async throws {
        self.database = database
        self.keys = directory
        signer = try await keys.signer()
        operators = CodeOperators(factors)
        log = try LogStore(origin: logKey.verifier.name)
        self.logKey = logKey
        self.clauses = clauses
        self.clock = clock
        self.logger = logger
    }

    /// Limits with which the core's database is opened: a write that cannot be done is given up, after a second
    /// attempt at most, so that an asker learns within 2 s that there is no permit.
    public static var databaseLimits: DatabaseLimits {
        var limits = DatabaseLimits()
        limits.maxRetryMilliseconds = 600
        limits.maxStatementMilliseconds = 1_500
        return limits
    }

    /// Deletes acquisitions, presences and stored permits that are over. Each use case also does so for its own kind.
    public func sweep() async throws {
        let now = clock.now()
        try await database.write { writer in
            try writer.sweep(before: now)
            try writer.deletePermits(before: now)
        }
    }
}
