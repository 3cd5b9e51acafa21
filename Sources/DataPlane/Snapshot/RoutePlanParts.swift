import Catalog

/// What a route's plan is made of besides the route.
struct RoutePlanParts {
    /// Where the route leads.
    let upstream: UpstreamPlan
    /// The gateway's limit for bodies.
    let bodyLimit: Int?
    /// All consumers, by number.
    let consumers: [Consumer]
}
