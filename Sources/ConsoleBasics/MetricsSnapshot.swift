/// All counters of the gateway at one moment.
package struct MetricsSnapshot: Sendable, Equatable {
    /// The counters of each route.
    package var routes: [RouteMetrics]
    /// Conflicts by what they were.
    package var conflicts: [ConflictCount]
    /// Open connections of clients.
    package var clientConnections: Int
    /// Open connections to upstreams.
    package var upstreamConnections: Int
    /// Age of the oldest journal entry that is not written, in seconds.
    package var journalLagSeconds: Double
    /// Journal entries lost since the start.
    package var journalDropped: UInt64
    /// Why the journal cannot be written, if so.
    package var journalDegraded: String?
    /// The counters of each language model.
    package var models: [ModelMetrics]
    /// What guards found.
    package var guards: [GuardCount] = []
    /// Records of the usage ledger lost since the start.
    package var usageDropped: UInt64
    /// Lines of the access log lost since the start.
    package var accessLogDropped: UInt64 = 0

    /// Counters of `routes` and conflicts; the rest starts at nothing.
    package init(
        routes: [RouteMetrics] = [],
        conflicts: [ConflictCount] = [],
        clientConnections: Int = 0,
        upstreamConnections: Int = 0
    ) {
        self.routes = routes
        self.conflicts = conflicts
        self.clientConnections = clientConnections
        self.upstreamConnections = upstreamConnections
        journalLagSeconds = 0
        journalDropped = 0
        models = []
        usageDropped = 0
    }
}
