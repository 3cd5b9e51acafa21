import Catalog
package import ConflictEngine
import NIOCore
package import RateLimiting
package import StoragePorts

/// What is exact for the whole process: kept outside the Snapshot, for the life of the process (architecture §6).
package final class SharedState: Sendable {
    /// Who may write to which resource now.
    package let turns = TurnTable()
    /// Resources whose last write had an unknown outcome.
    package let quarantines = QuarantineTable()
    /// Recent representations.
    package let history: VersionHistory
    /// The last version seen per resource.
    package let latest: LatestKnown
    /// Arrival times of limited callers.
    package let limiter = RateLimiter()
    /// Health and load of every target.
    package let health = HealthRegistry()
    /// Makes the services that the gateway answers itself; `nil` where there are none.
    package let mounting: (any ServiceMounting)?
    /// Keeps the keys of requests that must not be carried out twice; `nil` where nothing is served.
    package let ledger: (any IdempotencyLedger)?
    /// What bodies of requests to mounted services may take.
    let serviceBodies: MemoryBudget
    /// Who has locked what; `nil` where nothing is served.
    package let locks: LockKeeper?
    /// Representations that were read a moment ago.
    let representations: RepresentationCache
    /// Values of unique fields whose creation is in flight.
    let uniqueValues = UniqueValues()
    /// The last versions that consumers have seen.
    let readSets = ReadSets()
    /// Keys whose requests are being carried out by this process.
    let runningKeys = RunningKeys()
    /// Takes conflict entries without ever blocking.
    package let journal: any ConflictRecording
    /// Takes access log lines.
    package let accessLog: AccessLog
    /// Numbers for routes' counters that survive reloads.
    package let slots = RouteSlots()
    /// Writes lines for operators.
    package let log: @Sendable (LogLine) -> Void

    /// Shared parts around a journal.
    package init(
        journal: any ConflictRecording,
        accessLog: AccessLog,
        conflictMemory: Int,
        bodyMemory: Int = GatewayOptions().bodyMemory,
        ledger: (any IdempotencyLedger)? = nil,
        locks: LockKeeper? = nil,
        mounting: (any ServiceMounting)? = nil,
        log: @escaping @Sendable (LogLine) -> Void
    ) {
        self.journal = journal
        self.accessLog = accessLog
        self.log = log
        self.ledger = ledger
        self.locks = locks
        self.mounting = mounting
        history = VersionHistory(limit: conflictMemory)
        serviceBodies = MemoryBudget(limit: bodyMemory)
        latest = LatestKnown()
        representations = RepresentationCache(limit: conflictMemory / 4)
    }
}
