package import HTTPSemantics

/// The rules of write locks alone, without thread or clock (RFC 4918, sections 6 and 7).
///
/// Times are milliseconds since 1970. The table never goes back in time: a moment before the latest one that a change
/// was made at counts as that latest one, so that a lock that has expired stays so when the clock is set back.
/// What has expired is treated as gone at once, and taken out by ``removeExpired(now:)``.
package struct LockTable: Sendable {
    /// How many locks a list of conflicting or blocking locks names at most.
    package static let longestList = 100

    /// How many locks there may be.
    package let capacity: Int
    /// The highest fencing number given out so far; a store must know it before a lock's grant is told to anybody.
    package private(set) var lastFence: Int64
    /// Where locks are rooted.
    private(set) var tree = LockTree()
    private var locks: [StateToken: HeldLock] = [:]
    /// No lock expires before this.
    private var nextExpiry = Int64.max
    private var latest = Int64.min

    /// A table with room for `capacity` locks and some of them already there, as they were when the process ended.
    ///
    /// Restored locks are kept even beyond the capacity, because they were promised; of two with one token the one
    /// with the higher fencing number. New numbers are above `highestFence` and above those of all restored locks.
    package init(capacity: Int = 10_000, restoring locks: [HeldLock] = [], highestFence: Int64 = 0) {
        self.capacity = max(1, capacity)
        lastFence = max(0, highestFence)
        for lock in locks {
            lastFence = max(lastFence, lock.fence)
            if let known = self.locks[lock.token] {
                guard known.fence < lock.fence else { continue }
                remove(known)
            }
            insert(lock)
        }
    }

    /// How many locks there are, expired ones included that have not been taken out.
    package var count: Int { locks.count }

    /// The lock of a token, if it is held.
    package func lock(_ token: StateToken, now: Int64) -> HeldLock? {
        guard let lock = locks[token], lock.isHeld(at: moment(now)) else { return nil }
        return lock
    }

    /// All locks held, the oldest first.
    package func all(now: Int64) -> [HeldLock] {
        locks.values.filter { $0.isHeld(at: moment(now)) }.sorted { $0.fence < $1.fence }
    }

    /// The locks in whose scope a resource lies: those rooted at it, then those of infinite depth above it, the nearest
    /// first.
    package func locksCovering(_ resource: ResourceIdentity, now: Int64) -> [HeldLock] {
        locksCovering(TreePath(resource), now: now)
    }

    /// Whether a lock is rooted at a resource.
    package func isRoot(_ resource: ResourceIdentity, now: Int64) -> Bool {
        tree.tokens(at: TreePath(resource)).contains { lock($0, now: now) != nil }
    }

    /// The locks in whose scope a place lies.
    func locksCovering(_ place: TreePath, now: Int64) -> [HeldLock] {
        let here = tree.tokens(at: place).compactMap { lock($0, now: now) }
        let above = tree.tokensAbove(place).compactMap { lock($0, now: now) }
        return here + above.filter { $0.depth == .infinity }
    }

    /// Grants a lock, with a fencing number greater than any before.
    package mutating func grant(_ request: LockRequest, now: Int64) throws(LockRefusal) -> HeldLock {
        let now = advance(to: now)
        let inTheWay = conflicts(with: request, now: now)
        guard inTheWay.isEmpty else { throw .conflicting(inTheWay) }
        if locks.count >= capacity { removeExpired(now: now) }
        guard locks.count < capacity else { throw .tableFull(capacity: capacity) }
        guard locks[request.token] == nil, request.token != .noLock else { throw .tokenInUse }
        guard lastFence < .max else { throw .noFenceLeft }
        lastFence += 1
        let lock = HeldLock(
            token: request.token,
            root: request.root,
            scope: request.scope,
            depth: request.depth,
            owner: request.owner,
            principal: request.principal,
            grantedAt: now,
            expiresAt: Self.expiry(now, request.duration),
            fence: lastFence
        )
        insert(lock)
        return lock
    }

    /// Gives out a fencing number without a lock; `nil` if there is no greater one.
    package mutating func drawFence() -> Int64? {
        guard lastFence < .max else { return nil }
        lastFence += 1
        return lastFence
    }

    /// Starts the time of a lock anew, for `duration` milliseconds, at least 1.
    ///
    /// `resource` is that of the request: anything in the lock's scope (RFC 4918, section 9.10.2).
    package mutating func refresh(
        _ token: StateToken,
        at resource: ResourceIdentity,
        by principal: String?,
        duration: Int64,
        now: Int64
    ) throws(LockFault) -> HeldLock {
        let now = advance(to: now)
        var lock = try own(token, at: resource, by: principal, now: now)
        lock.expiresAt = Self.expiry(now, duration)
        nextExpiry = min(nextExpiry, lock.expiresAt)
        locks[token] = lock
        return lock
    }

    /// Ends a lock that `principal` created.
    ///
    /// `resource` is that of the request: anything in the lock's scope (RFC 4918, section 9.11).
    package mutating func release(
        _ token: StateToken,
        at resource: ResourceIdentity,
        by principal: String?,
        now: Int64
    ) throws(LockFault) -> HeldLock {
        let now = advance(to: now)
        let lock = try own(token, at: resource, by: principal, now: now)
        remove(lock)
        return lock
    }

    /// Ends a lock whoever created it, for operators; `nil` if it is not held.
    package mutating func forceRelease(_ token: StateToken, now: Int64) -> HeldLock? {
        guard let lock = lock(token, now: advance(to: now)) else { return nil }
        remove(lock)
        return lock
    }

    /// Takes out what has expired, for the store to forget too; costs nothing while nothing has.
    @discardableResult
    package mutating func removeExpired(now: Int64) -> [HeldLock] {
        let now = advance(to: now)
        guard now >= nextExpiry else { return [] }
        let expired = locks.values.filter { !$0.isHeld(at: now) }
        for lock in expired { remove(lock) }
        nextExpiry = locks.values.lazy.map(\.expiresAt).min() ?? .max
        return expired
    }

    /// Takes out the locks rooted at a resource that is gone, and below it: after DELETE, and of the source after MOVE
    /// (RFC 4918, sections 6.1 and 7.7).
    ///
    /// What a MOVE has replaced keeps the locks rooted at the destination itself (`keepingRoot`), and they hold for
    /// what came there.
    /// - Returns: What was taken out, expired ones included.
    @discardableResult
    package mutating func removeTree(_ resource: ResourceIdentity, keepingRoot: Bool = false) -> [HeldLock] {
        let place = TreePath(resource)
        let below = tree.places(below: place).flatMap(tree.tokens)
        let tokens = keepingRoot ? below : tree.tokens(at: place) + below
        let gone = tokens.compactMap { locks[$0] }
        for lock in gone { remove(lock) }
        return gone
    }

    private func moment(_ now: Int64) -> Int64 { max(now, latest) }

    private mutating func advance(to now: Int64) -> Int64 {
        latest = max(now, latest)
        return latest
    }

    private static func expiry(_ now: Int64, _ duration: Int64) -> Int64 {
        let (end, overflow) = now.addingReportingOverflow(max(1, duration))
        return overflow ? .max : end
    }

    private func own(
        _ token: StateToken,
        at resource: ResourceIdentity,
        by principal: String?,
        now: Int64
    ) throws(LockFault) -> HeldLock {
        guard let lock = lock(token, now: now) else { throw .unknownToken }
        let (root, place) = (TreePath(lock.root), TreePath(resource))
        guard root == place || lock.depth == .infinity && root.isAbove(place) else { throw .outOfScope }
        guard lock.principal == principal else { throw .notHolder }
        return lock
    }

    /// What stands in the way of a new lock: nothing that is compatible, or whose scope is elsewhere.
    private func conflicts(with request: LockRequest, now: Int64) -> [HeldLock] {
        let place = TreePath(request.root)
        let covering = locksCovering(place, now: now).filter { !$0.scope.isCompatible(with: request.scope) }
        var found = Array(covering.prefix(Self.longestList))
        guard request.depth == .infinity else { return found }
        for below in tree.places(below: place) {
            for token in tree.tokens(at: below) {
                guard found.count < Self.longestList else { return found }
                guard let lock = lock(token, now: now), !lock.scope.isCompatible(with: request.scope) else { continue }
                found.append(lock)
            }
        }
        return found
    }

    private mutating func insert(_ lock: HeldLock) {
        locks[lock.token] = lock
        tree.insert(lock.token, at: TreePath(lock.root))
        nextExpiry = min(nextExpiry, lock.expiresAt)
    }

    private mutating func remove(_ lock: HeldLock) {
        locks[lock.token] = nil
        tree.remove(lock.token, at: TreePath(lock.root))
    }
}
