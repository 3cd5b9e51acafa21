/// Whether locks and the conditions of the `If` field let a request go on.
package enum LockJudgement: Sendable, Equatable {
    /// Nothing is in the way.
    case proceed
    /// 412: the `If` field is false.
    case preconditionFailed
    /// 423: these locks are in the way, at least one and at most 100.
    case locked([HeldLock])

    /// What to answer; `nil` to go on.
    package var status: Int? {
        switch self {
        case .proceed: nil
        case .preconditionFailed: 412
        case .locked: 423
        }
    }

    /// The paths of the roots of the blocking locks, each once.
    package var blockingRoots: [[UInt8]] {
        guard case .locked(let locks) = self else { return [] }
        var seen: Set<ResourceIdentity> = []
        return locks.map(\.root).filter { seen.insert($0).inserted }.map(\.path)
    }
}
