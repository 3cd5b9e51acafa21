package import StoragePorts
import Synchronization

/// Brings the gateway's counters into the store, a few times a minute.
///
/// The server runs ``run()`` beside the journal's writer. A server that is killed loses the counts since the last reading.
package final class TrafficRecorder: Sendable {
    private struct State {
        var meter = TrafficMeter()
        var hasFailed = false
        var forgottenAt: Int64?
    }

    private let gateway: any GatewayObserving
    private let store: any ConflictAnalytics
    private let now: WallClock
    private let interval: Duration
    private let report: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// A recorder of `gateway` into `store`; `report` gets a sentence when storing begins to fail, and when it works again.
    package init(
        of gateway: any GatewayObserving,
        into store: any ConflictAnalytics,
        every interval: Duration = .seconds(10),
        now: @escaping WallClock,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.gateway = gateway
        self.store = store
        self.interval = interval
        self.now = now
        self.report = report
    }

    /// Reads and stores until the task is cancelled, then once more.
    package func run() async {
        while !Task.isCancelled {
            await record()
            try? await Task.sleep(for: interval)  // cut short only by the end
        }
        await record()
    }

    /// Reads the counters and stores what has come; once an hour, forgets what is too old.
    ///
    /// It is not for calls side by side.
    ///
    /// - Returns: Whether all that was counted is stored now; what is not is kept for the next time.
    @discardableResult
    package func record() async -> Bool {
        let snapshot = await gateway.metrics()
        let moment = now()
        let buckets = state.withLock { state in
            state.meter.read(snapshot, at: moment)
            return state.meter.buckets
        }
        do throws(StoreError) {
            if !buckets.isEmpty { try await store.record(buckets) }
            state.withLock { $0.meter.stored() }
            try await forgetSometimes(at: moment)
        } catch {
            return failed(error)
        }
        let hadFailed = state.withLock { state in
            defer { state.hasFailed = false }
            return state.hasFailed
        }
        if hadFailed { report("Traffic counts are stored again.") }
        return true
    }

    private func forgetSometimes(at moment: Int64) async throws(StoreError) {
        let hour = RollupSpan.hour.start(of: moment)
        guard state.withLock({ $0.forgottenAt != hour }) else { return }
        try await store.forget(at: moment)
        state.withLock { $0.forgottenAt = hour }
    }

    private func failed(_ error: StoreError) -> Bool {
        let hadFailed = state.withLock { state in
            defer { state.hasFailed = true }
            return state.hasFailed
        }
        if !hadFailed { report("Traffic counts cannot be stored and wait in memory. \(error.summary)") }
        return false
    }
}
