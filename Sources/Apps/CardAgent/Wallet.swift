import CardChip
import CardReader
import Dispatch
import Foundation
import Logging
import Synchronization

/// A card of the wallet, as pages show it.
struct WalletCard: Sendable, Equatable {
    /// Whether it can log its holder in.
    enum State: Sendable, Equatable {
        /// So many tries of the PIN are left.
        case ready(triesLeft: Int)
        /// The PIN is locked.
        case locked
        /// It holds no 利用者証明用電子証明書.
        case noCertificate
        /// It cannot be used now, for this reason.
        case unavailable(CardError.Code)
    }

    /// The card file's name.
    let name: String
    /// What its holder calls it.
    let label: String
    let state: State
}

/// The folder of card files (カードの置き場所), one conversation with a card at a time.
///
/// A card file is open only while a conversation lasts, so that other programs of the machine can use the card too.
final class Wallet: Sendable {
    /// How many cards are shown.
    static let maximumCards = 100
    /// How many conversations may wait.
    static let maximumWaiting = 64
    /// The longest `wallet.json`, in bytes.
    static let maximumListBytes = 64 * 1024

    private let folder: URL
    private let logger: Logger
    private let queue = DispatchQueue(label: "madoguchi.wallet")
    private let waiting = Mutex(0)

    init(folder: URL, logger: Logger) {
        self.folder = folder
        self.logger = logger
    }

    /// All cards, by name. Throws `walletUnreadable`.
    func cards() async throws(AgentError) -> [WalletCard] {
        guard let names = try? CardStore.names(in: folder) else { throw .walletUnreadable }
        let labels = labels()
        var cards: [WalletCard] = []
        for name in names.prefix(Self.maximumCards) {
            cards.append(WalletCard(name: name, label: labels[name] ?? name, state: await state(of: name)))
        }
        return cards
    }

    /// The card of a name. Throws `walletUnreadable`; nil when there is none.
    func card(_ name: String) async throws(AgentError) -> WalletCard? {
        guard let names = try? CardStore.names(in: folder) else { throw .walletUnreadable }
        guard names.prefix(Self.maximumCards).contains(name) else { return nil }
        return WalletCard(name: name, label: labels()[name] ?? name, state: await state(of: name))
    }

    /// Asks the card; it costs no try.
    private func state(of name: String) async -> WalletCard.State {
        do {
            return try await converse(with: name) { transport in
                let card = try JPKICard(transport)
                guard try card.hasCertificate(.authentication) else { return .noCertificate }
                let tries = try card.triesLeft(.authentication)
                return tries == 0 ? .locked : .ready(triesLeft: tries)
            }
        } catch {
            return .unavailable((error as? CardError)?.code ?? .reader)
        }
    }

    /// Holds a conversation with a card on the wallet's own thread: the card is opened, powered on, used by nobody
    /// else, and closed. Throws what the conversation throws, and `CardError`.
    func converse<Result: Sendable>(
        with name: String, _ conversation: @escaping @Sendable (any CardTransport) throws -> Result
    ) async throws -> Result {
        guard enter() else { throw AgentError.busy }
        defer { leave() }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { [folder] in
                continuation.resume(
                    with: Swift.Result {
                        let store = try CardStore.open(folder: folder, name: name)
                        store.reset()
                        defer { store.reset() }
                        return try conversation(InMemoryTransport(store))
                    })
            }
        }
    }

    private func enter() -> Bool {
        waiting.withLock { count in
            guard count < Self.maximumWaiting else { return false }
            count += 1
            return true
        }
    }

    private func leave() { waiting.withLock { $0 -= 1 } }

    // MARK: Labels

    private struct CardList: Decodable {
        struct Entry: Decodable {
            let name: String
            let label: String
        }
        let cards: [Entry]
    }

    /// The labels of `wallet.json`; none when it is not there or not readable.
    private func labels() -> [String: String] {
        let file = folder.appendingPathComponent("wallet.json", isDirectory: false)
        guard FileManager.default.fileExists(atPath: file.path) else { return [:] }
        guard let data = try? Data(contentsOf: file), data.count <= Self.maximumListBytes,
            let list = try? JSONDecoder().decode(CardList.self, from: data)
        else {
            logger.warning("the wallet's list of labels is not readable")
            return [:]
        }
        return Dictionary(list.cards.map { ($0.name, String($0.label.prefix(60))) }) { first, _ in first }
    }
}
