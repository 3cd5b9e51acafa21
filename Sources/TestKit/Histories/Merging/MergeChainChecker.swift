/// Checks that every write was merged onto what the upstream had when it applied it, and that nothing was lost.
///
/// The upstream's log is the truth about order: its lines are replayed through the rules, one after another.
package struct MergeChainChecker {
    private struct Moment {
        let from: UInt64
        let state: MergeModel.State
    }

    private let history: MergeHistory
    private let lines: [String: AppliedWrite]
    private var moments: [Moment]
    private var found: [String] = []

    /// A checker of one history.
    package init(_ history: MergeHistory) {
        self.history = history
        lines = Dictionary(history.applied.map { ($0.nonce, $0) }, uniquingKeysWith: { first, _ in first })
        moments = [Moment(from: 0, state: history.model.initial)]
    }

    /// Everything that is wrong with the history, in sentences.
    package static func complaints(about history: MergeHistory) -> [String] {
        var checker = Self(history)
        checker.replay()
        for step in history.steps { checker.compare(step) }
        return checker.found
    }

    private mutating func replay() {
        let steps = Dictionary(
            history.steps.compactMap { step in step.nonce.map { ($0, step) } },
            uniquingKeysWith: { first, _ in first }
        )
        var seen: Set<String> = []
        for line in history.applied {
            guard let step = steps[line.nonce] else {
                found.append("\(line), and nobody sent it")
                continue
            }
            if !seen.insert(line.nonce).inserted { found.append("\(line), again") }
            apply(step, line)
        }
        guard let last = moments.last?.state, last != history.final else { return }
        found.append("the upstream has \(history.final) in the end, and all writes together make \(last)")
    }

    private mutating func apply(_ step: MergeHistory.Step, _ line: AppliedWrite) {
        guard case .merge(let base, let mine) = step.request, let theirs = moments.last?.state else { return }
        let merged = history.model.merge(base: base, mine: mine, theirs: theirs)
        if !merged.overlap.isEmpty {
            found.append(
                "\(line.nonce) turned \(base) into \(mine) and overwrote \(merged.overlap.sorted()) of \(theirs)"
            )
        }
        if case .done(let shown?)? = step.answer, shown != merged.result {
            found.append("\(line.nonce) was told of \(shown), and made \(merged.result)")
        }
        moments.append(Moment(from: line.at, state: merged.result))
    }

    private mutating func compare(_ step: MergeHistory.Step) {
        let line = step.nonce.flatMap { lines[$0] }
        switch step.answer {
        case .done? where line == nil: found.append("\(step.nonce ?? "") succeeded and was never applied")
        case .refused?, .noEffect?:
            if let line { found.append("\(line), and its sender was told that it was not") }
        default: break
        }
        switch (step.request, step.answer) {
        case (.read, .saw(let state)?) where !during(step).contains(state):
            found.append("a read saw \(state), which was not there from \(step.invoked) to \(step.completed)")
        case (.merge(let base, let mine), .refused(let overlap)?) where !isJustified(step, base, mine, overlap):
            found.append("\(base) → \(mine) was refused for \(overlap ?? []), which was not so then")
        default: break
        }
    }

    private func isJustified(
        _ step: MergeHistory.Step,
        _ base: MergeModel.State,
        _ mine: MergeModel.State,
        _ overlap: Set<String>?
    ) -> Bool {
        during(step).contains { state in
            guard let overlap else { return state != base }
            return history.model.merge(base: base, mine: mine, theirs: state).overlap == overlap
        }
    }

    /// The states that were current at some instant of a step.
    private func during(_ step: MergeHistory.Step) -> [MergeModel.State] {
        let first = max(1, firstMoment(after: step.invoked)) - 1
        return moments[first..<max(first, firstMoment(after: step.completed))].map(\.state)
    }

    /// Found by halving, as logs are long.
    private func firstMoment(after time: UInt64) -> Int {
        var (low, high) = (0, moments.count)
        while low < high {
            let middle = (low + high) / 2
            if moments[middle].from > time { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
