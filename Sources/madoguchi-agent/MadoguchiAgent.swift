import ArgumentParser
import CardAgent
import Foundation
import Logging

/// The citizen's card agent as a program.
@main
struct MadoguchiAgent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "madoguchi-agent",
        abstract: "The program beside your browser that logs you in with your card.",
        discussion: """
            It listens on this machine only (127.0.0.1). When a site asks for a login, your browser comes here: you \
            see who asks, choose a card and type its PIN, which goes nowhere else.
            """,
        subcommands: [Serve.self])
}

/// `madoguchi-agent serve DIR`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the cards of a nation's folder until stopped.",
        discussion: """
            DIR holds wallet/NAME.card (the cards), wallet/wallet.json (their labels, optional), \
            public/key-statements.json and public/key-authority.pub (who may ask), clock.json (the nation's time, \
            optional).

            Exit codes: 0 stopped, 64 wrong usage, 65 a file of DIR is not what it should be, 66 DIR or a file of it \
            is missing, 69 the port is taken, 70 anything else.
            """)

    @Argument(help: "The nation's folder.", completion: .directory)
    var dir: String

    @Option(help: "The port on 127.0.0.1 that the nation's sites know.")
    var port: UInt16 = CardAgent.defaultPort

    @Flag(help: "Say more on standard error.")
    var verbose = false

    func validate() throws {
        guard port > 0 else { throw ValidationError("The port is a number from 1 to 65535.") }
    }

    func run() async throws {
        let folder = AgentFolder(URL(fileURLWithPath: dir, isDirectory: true))
        let agent: CardAgent
        do throws(AgentError) { agent = try await open(folder) } catch { throw StartFailure(error, folder).exit() }
        let address = agent.address
        do {
            try await agent.run {
                Output.say("Card agent of \(dir): \(address)/")
                Output.say("Stop it with Control-C.")
            }
        } catch {
            throw StartFailure.whileServing(error, port: port).exit()
        }
    }

    private func open(_ folder: AgentFolder) async throws(AgentError) -> CardAgent {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.wallet.path, isDirectory: &isFolder), isFolder.boolValue
        else { throw .walletUnreadable }
        return CardAgent(
            wallet: folder.wallet, directory: try await folder.directory(), clock: try folder.clock(), port: port,
            logger: Self.logger(verbose))
    }

    private static func logger(_ isVerbose: Bool) -> Logger {
        var logger = Logger(label: "card-agent") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = isVerbose ? .info : .warning
        return logger
    }
}
