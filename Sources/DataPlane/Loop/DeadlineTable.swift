/// The deadlines of everything that lives on one loop, scanned a few times a second.
///
/// A table of numbers beats timers: moving a deadline is one store, and a scan of thousands costs microseconds.
final class DeadlineTable {
    /// No deadline.
    static let never = UInt64.max

    private var deadlines: [UInt64] = []
    private var owners: [any DeadlineOwner] = []

    /// Whether nobody is in the table.
    var isEmpty: Bool { owners.isEmpty }

    /// Adds an owner without a deadline yet.
    func add(_ owner: any DeadlineOwner) {
        guard owner.deadlineIndex < 0 else { return }
        owner.deadlineIndex = owners.count
        owners.append(owner)
        deadlines.append(Self.never)
    }

    /// Sets or moves an owner's deadline (ns on the loop's clock).
    @inline(__always)
    func set(_ owner: any DeadlineOwner, _ deadline: UInt64) {
        let index = owner.deadlineIndex
        if index >= 0 { deadlines[index] = deadline }
    }

    /// Sets the deadline of the owner at `index`, for owners that know their place.
    @inline(__always)
    func set(at index: Int, _ deadline: UInt64) {
        if index >= 0 { deadlines[index] = deadline }
    }

    /// Takes an owner out; the last one moves into its place.
    func remove(_ owner: any DeadlineOwner) {
        let index = owner.deadlineIndex
        guard index >= 0, let last = owners.last else { return }
        owner.deadlineIndex = -1
        let final = owners.count - 1
        if index != final {
            owners[index] = last
            deadlines[index] = deadlines[final]
            last.deadlineIndex = index
        }
        owners.removeLast()
        deadlines.removeLast()
    }

    /// Calls everyone whose deadline has passed.
    func fire(now: UInt64) {
        var due: [any DeadlineOwner] = []
        for index in deadlines.indices where deadlines[index] <= now {
            due.append(owners[index])
        }
        for owner in due where owner.deadlineIndex >= 0 && deadlines[owner.deadlineIndex] <= now {
            deadlines[owner.deadlineIndex] = Self.never
            owner.deadlinePassed(now: now)
        }
    }

    /// Everyone in the table, for closing down.
    var everyone: [any DeadlineOwner] { owners }
}
