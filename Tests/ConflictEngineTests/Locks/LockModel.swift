import ConflictEngine
import HTTPSemantics

/// The rules of locks over a plain list, by the words of RFC 4918, to compare with.
///
/// Paths here are lists of segments, and every question looks at every lock.
struct LockModel {
    private(set) var locks: [HeldLock] = []
    private var fences: [Int64] = []

    static func segments(_ resource: ResourceIdentity) -> [String] {
        var parts = String(decoding: resource.path, as: UTF8.self).split(
            separator: "/",
            omittingEmptySubsequences: false
        )
        if parts.last?.isEmpty == true { parts.removeLast() }
        return [resource.upstream] + parts.dropFirst().map(String.init)
    }

    private static func isWithin(_ inner: [String], _ outer: [String]) -> Bool { inner.starts(with: outer) }

    static func covers(_ lock: HeldLock, _ place: [String]) -> Bool {
        let root = segments(lock.root)
        return root == place || lock.depth == .infinity && isWithin(place, root)
    }

    func live(_ now: Int64) -> [HeldLock] { locks.filter { $0.expiresAt > now } }

    func covering(_ place: [String], _ now: Int64) -> Set<HeldLock> { Set(live(now).filter { Self.covers($0, place) }) }

    /// Which locks stand in the way of a new one: some resource would lie in the scope of both.
    func conflicts(_ wish: LockRequest, _ now: Int64) -> Set<HeldLock> {
        let place = Self.segments(wish.root)
        return Set(
            live(now).filter { lock in
                let overlap =
                    Self.covers(lock, place)
                    || wish.depth == .infinity && Self.isWithin(Self.segments(lock.root), place)
                return overlap && !(lock.scope == .shared && wish.scope == .shared)
            }
        )
    }

    /// Whether the number is fit for a new lock; notes it.
    mutating func granted(_ lock: HeldLock) -> Bool {
        let isHigher = fences.allSatisfy { $0 < lock.fence }
        fences.append(lock.fence)
        locks.removeAll { $0.token == lock.token }
        locks.append(lock)
        return isHigher
    }

    mutating func refreshed(_ lock: HeldLock) {
        locks.removeAll { $0.token == lock.token }
        locks.append(lock)
    }

    mutating func removed(_ gone: [HeldLock]) { locks.removeAll { gone.contains($0) } }

    /// Why a refresh or release must fail; `nil` if it must not.
    func fault(_ token: StateToken, _ place: [String], _ principal: String?, _ now: Int64) -> LockFault? {
        guard let lock = live(now).first(where: { $0.token == token }) else { return .unknownToken }
        guard Self.covers(lock, place) else { return .outOfScope }
        return lock.principal == principal ? nil : .notHolder
    }

    /// Which locks are rooted at a place and below it.
    func tree(_ place: [String]) -> Set<HeldLock> {
        Set(locks.filter { Self.isWithin(Self.segments($0.root), place) })
    }

    /// Which locks stop a write: for every resource touched, all its locks unless one of them is the caller's.
    func blocking(_ write: GuardedWrite, _ caller: LockCaller, _ now: Int64) -> Set<HeldLock> {
        var touched: Set<[String]> = []
        for part in write.parts {
            let place = Self.segments(part.resource)
            if part.effect != .createLocked { touched.insert(place) }
            if [.create, .createLocked, .remove].contains(part.effect), place.count > 1 {
                touched.insert(Array(place.dropLast()))
            }
            guard part.effect == .remove || part.effect == .replace else { continue }
            touched.formUnion(live(now).map { Self.segments($0.root) }.filter { Self.isWithin($0, place) })
        }
        var found: Set<HeldLock> = []
        for place in touched {
            let locks = covering(place, now)
            let isPermitted = locks.contains { $0.principal == caller.principal && caller.tokens.contains($0.token) }
            if !isPermitted { found.formUnion(locks) }
        }
        return found
    }
}
