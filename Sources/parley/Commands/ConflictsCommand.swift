import ArgumentParser
import Glibc
import Server

/// `parley conflicts`: prints the conflict journal, beside a running server or without one.
struct ConflictsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts",
        abstract: "Prints the conflict journal, newest first.",
        discussion: """
            EXAMPLE:
              parley conflicts --since 1h --kind stale-version
              parley conflicts --follow --json
            """
    )

    @Option(help: "The data directory of the server.")
    var data = "./parley-data"
    @Flag(help: "Print the last entries, then new ones as they come, until Ctrl-C.")
    var follow = false
    @Option(help: "How far back: a duration such as 30m, 1h or 7d, or a time such as 2026-01-31T12:00:00Z.")
    var since: String?
    @Option(help: "Only this route: SERVICE/ROUTE, or a route's name.")
    var route: String?
    @Option(help: "Only this kind, such as stale-version.")
    var kind: String?
    @Flag(help: "Print each entry as one line of JSON, as the console's API does.")
    var json = false

    func run() async throws {
        let question = try ConflictQuestion(since: since, route: route, kind: kind, now: JournalReader.now)
        // Being stopped is how following ends well.
        if follow { for number in [SIGINT, SIGTERM] { signal(number) { _ in _exit(0) } } }
        try await JournalReader.run(in: data, question, as: json ? .json : .table, follows: follow)
    }
}
