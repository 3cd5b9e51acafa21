import ArgumentParser
import Glibc
import Server

/// `parley serve`: runs the gateway and the console.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the gateway and the console.",
        discussion: "EXAMPLE:\n  parley serve --config parley.yaml --gateway 127.0.0.1:8080"
    )

    @Option(help: "The configuration file.")
    var config: String?
    @Option(help: "The data directory.")
    var data = "./parley-data"
    @Option(help: "Where the gateway listens, HOST:PORT.")
    var gateway = "127.0.0.1:8080"
    @Option(help: "Where the console listens, HOST:PORT.")
    var console = "127.0.0.1:8081"
    @Option(help: "Event loops; by default one per processor.")
    var loops: Int?
    @Option(help: "How long listeners stay open after a stop was asked for, such as 5s.")
    var drainDelay = "0s"

    func validate() throws {
        if let loops, !(1...256).contains(loops) { throw ValidationError("--loops takes a number from 1 to 256") }
        _ = try settings()
    }

    func run() async throws {
        let settings = try settings()
        if config == nil, !FileProbe.exists(settings.configurationFile) {
            throw StartFault(
                "There is no ./parley.yaml here. Name a configuration with --config FILE, or try: parley demo",
                exitCode: 2
            )
        }
        let code = try await ParleyServer(settings).run()
        throw ExitCode(code)
    }

    private func settings() throws -> Settings {
        var settings = Settings(configurationFile: config ?? "./parley.yaml")
        settings.dataDirectory = data
        settings.gateway = try EndpointOption.read(gateway, "--gateway")
        settings.console = try EndpointOption.read(console, "--console")
        settings.loops = loops ?? 0
        settings.drainDelay = try DurationOption.read(drainDelay, "--drain-delay")
        settings.consoleToken = FileProbe.environment("PARLEY_CONSOLE_TOKEN")
        return settings
    }
}
