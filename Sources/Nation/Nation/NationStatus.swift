import AgencyRegister
import CardOffice
import Contracts
import LinkageCore
public import Logging
import PortableSQL
import ResidentRegistry
import SQLiteDriver
public import Values
import Wire

/// What can be seen of a nation from outside its processes.
public enum NationStatus {
    /// One figure about one institution.
    public struct Row: Encodable, Sendable {
        /// The institution's name.
        public let institution: String
        /// What is counted or told.
        public let subject: String
        /// How much, or what.
        public let value: String
    }

    /// A resident, without number and code.
    public struct ResidentRow: Encodable, Sendable {
        /// Where the resident lives.
        public let municipality: String
        /// 氏名.
        public let name: String
        /// 生年月日.
        public let birthDate: String
        /// 続柄.
        public let relationship: String
        /// Whether the number authority has answered.
        public let hasNumber: Bool
    }

    /// What a check of the exchange log found, in words.
    public struct LogReport: Sendable {
        /// Whether every check passed.
        public let isValid: Bool
        /// What was found, in one line.
        public let text: String
    }

    /// Figures of every institution, and the clock.
    public static func rows(
        of folder: NationFolder, makeLogger: @escaping @Sendable (InstitutionID) -> Logger
    ) async throws -> [Row] {
        try await reading(folder, makeLogger) { nation in
            var rows = [Row(institution: "nation", subject: "time", value: nation.clock.now().japanStandardTime)]
            for name in nation.names { rows += try await Self.rows(of: name, nation) }
            return rows
        }
    }

    private static func rows(of name: InstitutionID, _ nation: NationInstitutions) async throws -> [Row] {
        var rows: [Row] = []
        func add(_ subject: String, _ value: some CustomStringConvertible) {
            rows.append(Row(institution: name.text, subject: subject, value: value.description))
        }
        for (code, registry) in nation.registries
        where name.text.hasSuffix(code.text) && name.text.hasPrefix("resident") {
            add("residents", try await registry.residents().count)
        }
        for (state, count) in try await nation.registers[name]?.linkCounts() ?? [:] {
            add("persons \(state.rawValue)", count)
        }
        if name == .cardOffice {
            for (state, count) in try await nation.cardOffice?.cardCounts() ?? [:] {
                add("cards \(state.rawValue)", count)
            }
        }
        if let relay = nation.relays[name] { add("messages waiting", try await relay.status().waitingCount) }
        return rows
    }

    /// Every resident of the nation.
    public static func residents(
        of folder: NationFolder, makeLogger: @escaping @Sendable (InstitutionID) -> Logger
    ) async throws -> [ResidentRow] {
        try await reading(folder, makeLogger) { nation in
            var rows: [ResidentRow] = []
            for entry in nation.configuration.municipalities {
                for resident in try await nation.registries[entry.code]?.residents() ?? [] {
                    rows.append(
                        ResidentRow(
                            municipality: entry.nameJapanese, name: resident.items.name.full,
                            birthDate: resident.items.birthDate.text, relationship: resident.relationship.rawValue,
                            hasNumber: resident.number != nil))
                }
            }
            return rows
        }
    }

    /// Checks the whole exchange log against its public key.
    public static func verifyLog(
        of folder: NationFolder, makeLogger: @escaping @Sendable (InstitutionID) -> Logger,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> LogReport {
        let key = try folder.logVerifier()
        return try await reading(folder, makeLogger, only: [.linkageCore]) { nation in
            guard let database = nation.databases[.linkageCore] else {
                throw NationError(.missingFile, "the nation has no exchange log")
            }
            let report = try await ExchangeLogAudit.verify(database, by: key) { checked, total in
                if checked % 100_000 == 0, checked > 0 { progress("\(checked) of \(total) checked") }
            }
            guard let fault = report.fault else {
                return LogReport(isValid: true, text: "The log holds: \(report.leafCount) entries, every check passed.")
            }
            return LogReport(
                isValid: false,
                text: "THE LOG DOES NOT HOLD: entry \(fault.index) fails the check \(fault.check.rawValue).")
        }
    }

    private static func reading<Value>(
        _ folder: NationFolder, _ makeLogger: @escaping @Sendable (InstitutionID) -> Logger,
        only: Set<InstitutionID>? = nil, _ work: (NationInstitutions) async throws -> Value
    ) async throws -> Value {
        let nation = try await NationInstitutions.open(
            folder, clock: FileClock(folder), NationOpening(only: only), makeLogger: makeLogger)
        do {
            let value = try await work(nation)
            await nation.close()
            return value
        } catch {
            await nation.close()
            throw error
        }
    }
}
