import ConsoleBasics
import SQLiteStorage
import StoragePorts

/// What readiness says of the files in the data directory: those whose last use failed limp.
struct ObservedStores {
    /// What writes the conflict journal.
    let journal: JournalWriter
    /// The ledger of idempotency keys.
    let ledger: StoreHealth
    /// Locks and fencing numbers.
    let locks: StoreHealth
    /// What writes the ledger of calls of models.
    let usage: UsageWriter

    /// A part for each.
    var parts: [Readiness.Part] {
        [
            Self.part("journal", journal.health.lastError),
            Self.part("ledger", ledger.fault),
            Self.part("locks", locks.fault),
            Self.part("usage", usage.health.lastError),
        ]
    }

    private static func part(_ name: String, _ fault: StoreError?) -> Readiness.Part {
        Readiness.Part(name, fault == nil ? .ok : .degraded, detail: fault?.summary)
    }
}
