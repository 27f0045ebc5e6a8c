import ArgumentParser

/// `madoguchi`: makes nations, serves them, and looks into them.
@main
struct Madoguchi: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "madoguchi",
        abstract: "A whole small My Number nation: registry, numbers, cards, certificates, linkage, portal.",
        subcommands: [NationCommands.self, ResidentCommands.self, CardCommands.self, LogCommands.self])
}
