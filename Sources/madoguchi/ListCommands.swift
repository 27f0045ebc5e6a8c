import ArgumentParser
import CardChip
import CardReader
import Foundation
import Logging
import Nation
import Values

/// `madoguchi resident …`
struct ResidentCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resident", abstract: "Look into the resident registries.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List residents: municipality, name, birth date, relationship, whether a number has come.",
            discussion: "Numbers and codes are not printed.")
        @OptionGroup var folder: FolderArgument
        @OptionGroup var list: ListOptions

        func run() async throws {
            try await explaining {
                let rows = try await NationStatus.residents(of: folder.nation, makeLogger: Terminal.logger(.error))
                try list.show(rows) {
                    [$0.municipality, $0.name, $0.birthDate, $0.relationship, $0.hasNumber ? "number" : "no number"]
                }
            }
        }
    }
}

/// `madoguchi card …`
struct CardCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "Look into the nation's wallet of cards.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List cards: name, serial, certificates, tries left of the 4-digit PIN.")
        @OptionGroup var folder: FolderArgument
        @OptionGroup var list: ListOptions

        struct Row: Encodable {
            let name: String
            let serial: String
            let state: String
        }

        func run() async throws {
            try await explaining {
                _ = try folder.nation.configuration()
                let wallet = folder.nation.wallet
                let rows = try CardStore.names(in: wallet).map { Self.row($0, in: wallet) }
                try list.show(rows) { [$0.name, $0.serial, $0.state] }
            }
        }

        private static func row(_ name: String, in wallet: URL) -> Row {
            do {
                let store = try CardStore.open(folder: wallet, name: name)
                let card = try JPKICard(InMemoryTransport(store))
                let tries = try card.triesLeft(.authentication)
                let state = tries == 0 ? "PIN locked" : "PIN has \(tries) tries"
                return Row(name: name, serial: "\(store.serial)", state: state)
            } catch {
                return Row(name: name, serial: "-", state: "\(error)")
            }
        }
    }
}
