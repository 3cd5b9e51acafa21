import ArgumentParser
import Server

/// `parley`: an HTTP gateway that settles conflicts.
@main
struct ParleyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parley",
        abstract: "An HTTP gateway that sees, explains, prevents and resolves write conflicts.",
        discussion: "EXAMPLE:\n  parley demo\n  parley serve --config parley.yaml",
        version: Version.number,
        subcommands: [
            DemoCommand.self, ServeCommand.self, CheckCommand.self, ExplainCommand.self, ConflictsCommand.self,
            RaceCommand.self, DiagnoseCommand.self, LintCommand.self, VersionCommand.self, ReferenceCommand.self,
        ]
    )

    /// Runs the program; wrong usage ends with exit code 2.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            CommandExit.end(with: error, of: self)
        }
    }
}
