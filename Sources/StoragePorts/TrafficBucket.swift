/// The traffic of one route within one minute, or a part of it.
package struct TrafficBucket: Sendable, Equatable {
    /// When, in milliseconds since 1970 UTC; any moment of the minute.
    package var time: Int64
    /// The service's name.
    package var service: String
    /// The route's name within its service.
    package var route: String
    /// What was counted.
    package var counts: TrafficCounts

    /// Counts of a route at a time.
    package init(at time: Int64, service: String, route: String, _ counts: TrafficCounts) {
        self.time = time
        self.service = service
        self.route = route
        self.counts = counts
    }
}
