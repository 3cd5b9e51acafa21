/// What was counted in one step of a series.
package struct AnalyticsPoint: Sendable, Equatable {
    /// When the step begins, in milliseconds since 1970 UTC.
    package var time: Int64
    /// The traffic.
    package var traffic = TrafficCounts()
    /// The conflicts by kind.
    package var conflicts: [String: ConflictCounts] = [:]

    /// A step of which nothing was counted yet.
    package init(time: Int64) {
        self.time = time
    }
}
