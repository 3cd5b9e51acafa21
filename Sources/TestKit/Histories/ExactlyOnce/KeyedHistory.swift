/// Everything that happened under idempotency keys: what callers asked and were told, and what the upstream did.
package struct KeyedHistory: Sendable, Equatable {
    /// The calls, in any order.
    package var calls: [KeyedCall]
    /// The upstream's log, with the requests that had no effect.
    package var executions: [UpstreamExecution]

    /// A history.
    package init(calls: [KeyedCall] = [], executions: [UpstreamExecution] = []) {
        (self.calls, self.executions) = (calls, executions)
    }
}
