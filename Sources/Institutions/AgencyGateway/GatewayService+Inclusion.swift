import Contracts
import Logging
import PortableSQL
import Values
import Wire

extension GatewayService {
    /// How many permits one round asks about.
    public static let checksPerRound = 100

    /// Asks the core to prove the leaves of permits seen lately; a leaf that is not there, or not proven within ten
    /// minutes, raises an alarm. To be called every minute or so.
    ///
    /// - Throws: `SQLError`; what the core answers or fails to answer is in the report.
    public func checkInclusions() async throws -> InclusionReport {
        var report = InclusionReport()
        for check in try await database.read({ try $0.openChecks(limit: Self.checksPerRound) }) {
            let finding = await finding(check)
            try await record(finding, check)
            switch finding {
            case .proven: report.verifiedCount += 1
            case .noAnswer: report.waitingCount += 1
            case .fault: report.alarmCount += 1
            }
        }
        return report
    }

    /// Alarms raised so far, newest first, at most `limit`.
    public func inclusionAlarms(limit: Int = 100) async throws -> [InclusionAlarm] {
        try await database.read { try $0.inclusionAlarms(limit: limit) }
    }

    private enum Finding: Sendable {
        case proven, noAnswer
        case fault(InclusionAlarm.Reason)
    }

    private func finding(_ check: InclusionCheck) async -> Finding {
        do {
            let proof = try await client.call(
                HistoryContract.proveLeaf, of: InstitutionID.linkageCore.text,
                ProveLeaf(leafIndex: UInt64(clamping: check.leafIndex)))
            return InclusionDecision.fault(check, proof, by: logVerifier).map { .fault($0) } ?? .proven
        } catch let problem as Problem where problem.status != 503 {
            return .fault(.proofDenied)
        } catch {
            return clock.now() < check.dueAt ? .noAnswer : .fault(.notProvenInTime)
        }
    }

    private func record(_ finding: Finding, _ check: InclusionCheck) async throws {
        let now = clock.now()
        switch finding {
        case .proven: try await database.write { try $0.setVerified(check.exchange, at: now) }
        case .noAnswer: break
        case .fault(let reason):
            logger.critical("leaf not in the exchange log", metadata: ["reason": "\(reason.rawValue)"])
            try await database.write { try $0.raise(reason, of: check.exchange, at: now) }
        }
    }
}
