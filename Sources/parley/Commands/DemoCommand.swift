import ArgumentParser
import Demonstration
import Server

/// `parley demo`: shows lost updates with and without the gateway.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Shows lost updates with and without the gateway, and keeps serving.",
        discussion: "EXAMPLE:\n  parley demo\n  parley demo --once"
    )

    @Flag(help: "Check the tour's claims, then end: 0 if all hold, else 1.")
    var once = false
    @Option(help: "Where the gateway listens, HOST:PORT; by default 127.0.0.1:8080, or a free port if that is taken.")
    var gateway: String?
    @Option(help: "Where the console listens, HOST:PORT; by default 127.0.0.1:8081, or a free port if that is taken.")
    var console: String?

    func validate() throws { _ = try options() }

    func run() async throws {
        let code = try await Demonstration(options()).run()
        throw ExitCode(code)
    }

    private func options() throws -> DemonstrationOptions {
        var options = DemonstrationOptions()
        options.once = once
        options.gateway = try gateway.map { try EndpointOption.read($0, "--gateway") }
        options.console = try console.map { try EndpointOption.read($0, "--console") }
        options.consoleToken = FileProbe.environment("PARLEY_CONSOLE_TOKEN")
        return options
    }
}
