package import Synchronization

/// Health and load of one target, shared by all loops and kept across reloads.
package final class TargetState: Sendable {
    /// Failures in a row that take a target out.
    private static let failureLimit = 5
    /// How long connections are used once only after the target has spoken out of turn.
    private static let distrust: UInt64 = 60_000_000_000
    /// First time out; grows with each ejection in a row up to ten times this.
    private static let ejection: UInt64 = 10_000_000_000
    /// How long a returning target gets a growing share of its traffic.
    private static let ramp: UInt64 = 10_000_000_000

    /// Exchanges under way.
    package let active = Atomic<Int>(0)
    /// Exchanges begun since the process started.
    package let requests = Atomic<UInt64>(0)
    /// Those that failed.
    package let failed = Atomic<UInt64>(0)
    private let lastFault = Mutex<String?>(nil)
    private let failures = Atomic<Int>(0)
    private let ejections = Atomic<Int>(0)
    private let ejectedUntil = Atomic<UInt64>(0)
    private let probeFailed = Atomic<Bool>(false)
    private let distrustedUntil = Atomic<UInt64>(0)

    /// A healthy target.
    package init() {}

    /// Counts an answer, whatever its status but a gateway failure.
    package func succeeded() {
        if failures.load(ordering: .relaxed) != 0 { failures.store(0, ordering: .relaxed) }
    }

    /// Why the last exchange failed that did, in one sentence.
    package var lastFailure: String? { lastFault.withLock { $0 } }

    /// Counts a failure and keeps its reason; true when it takes the target out.
    package func failed(_ reason: String, now: UInt64) -> Bool {
        failed.wrappingAdd(1, ordering: .relaxed)
        lastFault.withLock { $0 = reason }
        let count = failures.wrappingAdd(1, ordering: .relaxed).newValue
        guard count >= Self.failureLimit, ejectedUntil.load(ordering: .relaxed) <= now else { return false }
        failures.store(0, ordering: .relaxed)
        let times = UInt64(min(10, max(1, ejections.wrappingAdd(1, ordering: .relaxed).newValue)))
        ejectedUntil.store(now &+ Self.ejection &* times, ordering: .relaxed)
        return true
    }

    /// Notes bytes that answer no request; true if the target was trusted until now.
    ///
    /// What comes next on such a connection could be taken for another answer.
    package func spokeOutOfTurn(now: UInt64) -> Bool {
        distrustedUntil.exchange(now &+ Self.distrust, ordering: .relaxed) <= now
    }

    /// Whether a connection may carry another request.
    package func mayReuseConnections(now: UInt64) -> Bool { distrustedUntil.load(ordering: .relaxed) <= now }

    /// What the active check found.
    package func probed(healthy: Bool) {
        probeFailed.store(!healthy, ordering: .relaxed)
        if healthy { failures.store(0, ordering: .relaxed) }
    }

    /// Whether the active check lets traffic through.
    package var isProbedHealthy: Bool { !probeFailed.load(ordering: .relaxed) }

    /// Whether the target takes traffic now; a returning one does with a growing likelihood.
    package func takesTraffic(now: UInt64, chance: UInt64) -> Bool {
        guard !probeFailed.load(ordering: .relaxed) else { return false }
        let until = ejectedUntil.load(ordering: .relaxed)
        if until == 0 { return true }
        guard now >= until else { return false }
        let since = now &- until
        guard since < Self.ramp else {
            ejections.store(0, ordering: .relaxed)
            ejectedUntil.store(0, ordering: .relaxed)
            return true
        }
        return chance % Self.ramp < max(since, Self.ramp / 10)
    }

    /// One word for status pages.
    package func word(now: UInt64) -> String {
        if probeFailed.load(ordering: .relaxed) { return "unhealthy" }
        let until = ejectedUntil.load(ordering: .relaxed)
        if until > now { return "ejected" }
        return until != 0 && now &- until < Self.ramp ? "returning" : "healthy"
    }
}
