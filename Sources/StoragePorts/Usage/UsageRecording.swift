/// Takes what calls used from the request path without ever making it wait.
package protocol UsageRecording: Sendable {
    /// Hands over `records` and `windows`; returns at once, from any thread.
    ///
    /// The oldest waiting records are dropped if there is no room, and those that have an objection. Of the windows of one key the last one is kept.
    func append(_ records: [ModelCallRecord], windows: [QuotaWindow])
}
