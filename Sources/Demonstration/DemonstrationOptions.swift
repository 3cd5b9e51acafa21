package import Server

/// What may be chosen about a demonstration.
package struct DemonstrationOptions: Sendable {
    /// Where the gateway listens; `nil` takes the usual port, or a free one if that is taken.
    package var gateway: Endpoint?
    /// Where the console listens; `nil` as for the gateway.
    package var console: Endpoint?
    /// The console's token, if it asks for one.
    package var consoleToken: String?
    /// Whether to check the tour's claims and end.
    package var once = false

    /// The usual ports, and serving until told to stop.
    package init() {}
}
