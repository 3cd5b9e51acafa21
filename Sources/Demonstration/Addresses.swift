import Server

/// Where the running demonstration can be found.
struct Addresses: Sendable {
    /// The gateway.
    let gateway: Endpoint
    /// The console.
    let console: Endpoint
    /// The console's token, if it asks for one.
    let consoleToken: String?
    /// The configuration file.
    let configuration: String
    /// The data directory.
    let data: String
}
