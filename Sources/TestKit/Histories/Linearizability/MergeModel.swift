/// One JSON object whose stale writes are merged (conflict standards §11.5): fields that one side changed, and counters.
package struct MergeModel: SequentialModel {
    /// The fields and their values.
    package typealias State = [String: Int]

    /// A request.
    package enum Operation: Sendable, Equatable {
        /// Tells what is there.
        case read
        /// Turns `base`, which the client knows, into `mine`; others' changes since then are kept.
        case merge(base: State, mine: State)
        /// Puts this there, whatever was.
        case replace(State)
    }

    /// What came back.
    package enum Answer: Sendable, Equatable {
        /// A read found this.
        case saw(State)
        /// The write succeeded, and left this, if that was said.
        case done(State?)
        /// 412, with the fields that both changed; `nil` where it says only that the version is not current.
        case refused(overlap: Set<String>?)
        /// Nothing was tried.
        case noEffect
    }

    /// What is there at first.
    package let initial: State
    private let counters: Set<String>
    private let groups: [Set<String>]

    /// An object; `counters` add up, and of each of `groups` only one side may change anything.
    package init(initial: State, counters: Set<String> = [], groups: [Set<String>] = []) {
        (self.initial, self.counters, self.groups) = (initial, counters, groups)
    }

    package func states(
        after operation: Operation,
        answering answer: Answer?,
        in state: State,
        within window: ClosedRange<UInt64>
    ) -> [State] {
        switch (operation, answer) {
        case (_, .noEffect), (.read, nil): return [state]
        case (.read, .saw(let seen)): return seen == state ? [state] : []
        case (.read, _), (_, .saw), (.replace, .refused): return []
        case (.replace(let mine), .done(let shown)): return accept(mine, shown)
        case (.replace(let mine), nil): return [mine]
        case (.merge(let base, let mine), .done(let shown)):
            let merged = merge(base: base, mine: mine, theirs: state)
            return merged.overlap.isEmpty ? accept(merged.result, shown) : []
        case (.merge(let base, let mine), nil):
            let merged = merge(base: base, mine: mine, theirs: state)
            return merged.overlap.isEmpty ? [merged.result] : []
        case (.merge(let base, let mine), .refused(let overlap)):
            guard let overlap else { return base == state ? [] : [state] }
            let real = merge(base: base, mine: mine, theirs: state).overlap
            return !overlap.isEmpty && overlap == real ? [state] : []
        }
    }

    package func onlyTells(_ operation: Operation, answering answer: Answer) -> Bool {
        if case .done = answer { false } else { true }
    }

    private func accept(_ result: State, _ shown: State?) -> [State] {
        shown == nil || shown == result ? [result] : []
    }

    /// The merge of two changes of `base`, and the fields in which they cannot both be kept.
    ///
    /// Counters come first: two clients that both count from 5 to 6 have counted twice.
    package func merge(base: State, mine: State, theirs: State) -> (result: State, overlap: Set<String>) {
        var result: State = [:]
        var overlap: Set<String> = []
        for name in Set(base.keys).union(mine.keys).union(theirs.keys) {
            let (old, own, other) = (base[name], mine[name], theirs[name])
            if counters.contains(name), let old, let own, let other {
                result[name] = other &+ (own &- old)
            } else if own == other || other == old {
                result[name] = own
            } else if own == old {
                result[name] = other
            } else {
                overlap.insert(name)
            }
        }
        return (result, overlap.union(torn(base, mine, theirs)))
    }

    /// Fields of groups that both sides changed, differently: together they may contradict each other.
    private func torn(_ base: State, _ mine: State, _ theirs: State) -> Set<String> {
        groups.reduce(into: []) { torn, group in
            let own = group.filter { mine[$0] != base[$0] }
            let others = group.filter { theirs[$0] != base[$0] }
            guard !own.isEmpty, !others.isEmpty, group.contains(where: { mine[$0] != theirs[$0] }) else { return }
            torn.formUnion(own.union(others))
        }
    }
}
