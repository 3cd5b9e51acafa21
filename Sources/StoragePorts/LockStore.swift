package import ConflictEngine

/// Keeps locks and fencing numbers over a restart (standards §13).
///
/// Every call is answered once, on any thread, after what it says is on durable storage; calls take effect in the order
/// in which they were made.
package protocol LockStore: Sendable {
    /// What was kept: the locks, expired ones included, and a number that no fencing number ever given out exceeds.
    func load() throws(StoreError) -> (locks: [LockRecord], fenceCeiling: Int64)

    /// Keeps a lock in place of what was kept under its token.
    func keep(_ lock: LockRecord, _ done: @escaping StoreCompletion<Void>)

    /// Forgets the locks of these tokens.
    func forget(_ tokens: [String], _ done: @escaping StoreCompletion<Void>)

    /// From now on fencing numbers up to `ceiling` may be given out; lower ceilings than the one kept change nothing.
    func raiseFences(to ceiling: Int64, _ done: @escaping StoreCompletion<Void>)
}
