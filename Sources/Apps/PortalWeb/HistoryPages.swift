import Contracts
import HTTPTypes
import Hummingbird
import NIOCore
import Portal
import Values
import VerifiableLog
import Web

/// やりとり履歴: who asked about the citizen, and the proof of each entry.
struct HistoryPages: Sendable {
    let web: PortalWeb
    /// Entries on one page.
    static let pageSize = 20

    func add(to router: some RouterMethods<SignedIn>) {
        router.get(Address.history) { _, context in try await list(context) }
        router.get(RouterPath(Address.entry.pattern)) { _, context in try await detail(context) }
        router.get(RouterPath(Address.proof.pattern)) { _, context in try await download(context) }
    }

    private func list(_ context: SignedIn) async throws -> Response {
        let before = try before(context.page.query)
        return try await context.answering(in: .history, retry: Address.history.path) {
            let entries = try await web.service.history(
                of: context.citizen, before: before, limit: Self.pageSize + 1)
            let shown = entries.prefix(Self.pageSize)
            let view = HistoryView(
                entries: shown.map { ShownEntry($0, name: web.name) }, isContinued: before != nil,
                next: entries.count > Self.pageSize ? shown.last?.recordedAt : nil,
                gaps: RunningNumbers.gaps(in: entries).map(web.name))
            return context.show(view.page, in: .history)
        }
    }

    /// Throws `unknownAddress` for a moment that is none.
    private func before(_ query: FormFields) throws -> Instant? {
        guard let text = query[FieldName.before] else { return nil }
        guard let microseconds = Int64(text) else { throw WebError(.unknownAddress, "before") }
        return Instant(microseconds: microseconds)
    }

    private func detail(_ context: SignedIn) async throws -> Response {
        let name = try Address.entry.name(in: context)
        return try await context.answering(in: .history, retry: Address.entry.path(name)) {
            let checked = try await check(name, context)
            let view = EntryView(
                name: name, entry: ShownEntry(checked.entry, name: web.name), report: checked.report,
                leafIndex: checked.bundle.index.value)
            return context.show(view.page, in: .history)
        }
    }

    private func download(_ context: SignedIn) async throws -> Response {
        let name = try Address.proof.name(in: context)
        return try await context.answering(in: .history, retry: Address.entry.path(name)) {
            let bytes = try await check(name, context).bundle.json()
            return Response(
                status: .ok,
                headers: [
                    .contentType: "application/json",
                    .contentDisposition: "attachment; filename=\"proof-\(name.exchange.text).json\"",
                ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }

    private func check(_ name: EntryName, _ context: SignedIn) async throws -> CheckedEntry {
        let checked = try await web.service.check(name.exchange, by: name.asker, for: context.citizen)
        guard checked.entry.exchange == name.exchange, checked.entry.asker == name.asker else {
            throw PortalError.answerRefused
        }
        return checked
    }
}

/// The numbers that entries bear under each asker's code: one that is missing or stands twice points to a missing or
/// foreign entry.
enum RunningNumbers {
    /// The askers whose numbers among these entries do not follow each other.
    static func gaps(in entries: [ExchangeEntry]) -> [InstitutionID] {
        Dictionary(grouping: entries, by: \.asker).filter { _, entries in
            let numbers = entries.map(\.runningNumber).sorted()
            return zip(numbers, numbers.dropFirst()).contains { $0 + 1 != $1 }
        }.keys.sorted()
    }
}
