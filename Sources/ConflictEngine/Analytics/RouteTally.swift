/// The traffic of one route within the time looked at.
package struct RouteTally: Sendable, Equatable {
    /// The route.
    package var name: RouteName
    /// All requests answered.
    package var requests: Int
    /// Requests with a method that may change something: all but GET, HEAD, OPTIONS and TRACE.
    package var writes: Int
    /// Writes that were answered with a status below 400.
    package var accepted: Int
    /// Requests answered with a status of 500 or above, conflicts among them.
    package var serverErrors: Int
    /// Its conflicts by kind.
    package var kinds: [KindTally]

    /// The traffic of a route.
    package init(_ name: RouteName, requests: Int, writes: Int, accepted: Int, serverErrors: Int = 0) {
        self.name = name
        self.requests = requests
        self.writes = writes
        self.accepted = accepted
        self.serverErrors = serverErrors
        kinds = []
    }

    /// What was counted of the kind called `kind`.
    package func tally(of kind: ConflictKind) -> KindTally {
        kinds.first { $0.kind == kind.rawValue } ?? KindTally(kind.rawValue, count: 0)
    }
}
