/// What is fixed when the process starts.
package struct Settings: Sendable {
    /// The configuration file.
    package var configurationFile: String
    /// Where data is kept.
    package var dataDirectory: String
    /// Where the gateway listens.
    package var gateway: Endpoint
    /// Where the console listens.
    package var console: Endpoint
    /// Event loops; 0 takes one per processor.
    package var loops: Int
    /// How long listeners stay open after a stop was asked for.
    package var drainDelay: Duration
    /// The console's token, if any.
    package var consoleToken: String?

    /// Settings with the defaults of the contract.
    package init(configurationFile: String) {
        self.configurationFile = configurationFile
        dataDirectory = "./parley-data"
        gateway = Endpoint(host: "127.0.0.1", port: 8080)
        console = Endpoint(host: "127.0.0.1", port: 8081)
        loops = 0
        drainDelay = .zero
    }
}
