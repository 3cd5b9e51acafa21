import HTTPSemantics

extension LockTable {
    /// The locks that stop a write, each once and at most 100; none if it may go on.
    ///
    /// For every resource that the write touches the caller needs one of the locks that cover it: the exclusive one, or
    /// any one of the shared ones, created by itself and its token submitted (RFC 4918, sections 6.2, 6.4 and 7).
    package func whatBlocks(_ write: GuardedWrite, by caller: LockCaller, now: Int64) -> [HeldLock] {
        guard count > 0 else { return [] }
        var found: [HeldLock] = []
        var seen: Set<StateToken> = []
        for part in write.parts {
            for place in placesTouched(by: part) {
                guard found.count < Self.longestList else { return found }
                let blocking = locksBlocking(place, caller, now: now).filter { seen.insert($0.token).inserted }
                found += blocking.prefix(Self.longestList - found.count)
            }
        }
        return found
    }

    private func placesTouched(by part: GuardedWrite.Part) -> [TreePath] {
        let place = TreePath(part.resource)
        var places: [TreePath] = part.effect.touchesItself ? [place] : []
        if part.effect.touchesCollection, let collection = place.parent { places.append(collection) }
        if part.effect.touchesBelow { places += tree.places(below: place) }
        return places
    }

    private func locksBlocking(_ place: TreePath, _ caller: LockCaller, now: Int64) -> [HeldLock] {
        let covering = locksCovering(place, now: now)
        return covering.contains { $0.permits(caller) } ? [] : covering
    }
}
