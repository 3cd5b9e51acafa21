/// What conflicts are counted by.
package enum SummaryKey: String, Sendable, Equatable, CaseIterable {
    /// Service and route, as `SERVICE/ROUTE`.
    case route
    /// The kind's name.
    case kind
    /// The resource.
    case resource
    /// The consumer's name; entries without one are not counted.
    case consumer
}
