/// Why no lock was granted.
package enum LockRefusal: Error, Equatable {
    /// Others are in the way: those at and above the root first, then those below it in order; at most 100. 423.
    case conflicting([HeldLock])
    /// As many locks are held as there may be. 503.
    case tableFull(capacity: Int)
    /// A lock of this token is held or was restored; make another token.
    case tokenInUse
    /// There is no greater fencing number; the highest one given at the start was wrong. 503.
    case noFenceLeft

    /// The refusal and its remedy, for the client.
    package var summary: String {
        switch self {
        case .conflicting(let locks):
            "Another lock is held on \(locks.first?.root.description ?? "the resource"); wait until it is released or "
                + "expires."
        case .tableFull(let capacity): "There are \(capacity) locks, as many as there may be; try again later."
        case .tokenInUse: "The lock token is in use; ask again."
        case .noFenceLeft: "There is no fencing number left; the operator must repair the highest one in the store."
        }
    }
}
