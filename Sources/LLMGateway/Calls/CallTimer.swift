import DataPlane

/// Watches the time of a call: its deadline before the answer begins, silences within a stream after.
final class CallTimer: DeadlineOwner {
    package var deadlineIndex = -1
    // Let go of by stop(), which every call comes to: a weak reference would make each retain of the call a slow one.
    private var call: ModelCall?
    private let loop: ServiceLoop

    /// Watches a call from now on.
    init(_ call: ModelCall) {
        self.call = call
        loop = call.call.loop
        loop.watch(self)
    }

    /// Sets when the call hears of it (ns).
    func set(_ deadline: UInt64) { loop.setDeadline(of: self, deadline) }

    /// Stops watching.
    func stop() {
        loop.unwatch(self)
        call = nil
    }

    package func deadlinePassed(now: UInt64) { call?.timeCame(now) }
}
