import ConsoleBasics

/// One line of the overview's table of upstreams; the template reads the members by their names.
struct OverviewTarget {
    private let upstreamName: String
    private let url: String
    private let state: String
    private let badge: String
    private let trouble: String?
    private let weight: String
    private let running: String
    private let sent: String
    private let failed: String

    /// The line of `target`, which belongs to the upstream called `name`.
    init(_ target: TargetStatus, of name: String) {
        upstreamName = name
        url = target.url
        state = target.state
        badge = target.healthy ? "good" : "bad"
        trouble = target.lastError
        weight = Wording.number(target.weight)
        running = Wording.number(target.activeRequests)
        sent = Wording.number(target.requests)
        failed = Wording.number(target.failures)
    }
}
