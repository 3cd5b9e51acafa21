/// Checks a small concurrent history against a model: whether doing one thing at a time can explain all that was said.
///
/// Independent of the checkers that know what to look for: it knows only the model. The effort grows steeply with the
/// operations that overlap; about 20 are a good size, and 64 are the most. Time is that of real clocks: what ended
/// before another began comes before it.
package struct LinearizabilitySearch<Model: SequentialModel>: Sendable {
    private let model: Model
    private let operations: [TimedOperation<Model>]
    private let limit: Int

    /// A check of `operations`, in any order, that gives up after `limit` configurations.
    package init(_ model: Model, _ operations: [TimedOperation<Model>], limit: Int = 1_000_000) {
        (self.model, self.operations, self.limit) = (model, operations, limit)
    }

    /// Searches for an order; without one, for the shortest beginning that has none.
    package func run() -> LinearizabilityVerdict {
        guard operations.count <= UInt64.bitWidth else {
            return .undecided("There are \(operations.count) operations; take a history of at most 64.")
        }
        switch OrderSearch(model, operations, limit: limit).run() {
        case .order(let order): return .linearizable(order: order)
        case .none: return .notLinearizable(explain())
        case .givenUp: return .undecided("More than \(limit) configurations; take a shorter history or a higher limit.")
        }
    }

    /// The shortest beginning is found by halving, as every beginning of a history that has an order has one too.
    private func explain() -> LinearizabilityFailure {
        let ends = Set(operations.filter { $0.answer != nil }.map(\.completed)).sorted()
        var (low, high) = (0, max(ends.count - 1, 0))
        while low < high {
            let middle = (low + high) / 2
            if isHopeless(until: ends[middle]) { high = middle } else { low = middle + 1 }
        }
        return failure(until: ends.indices.contains(low) ? ends[low] : .max)
    }

    private func isHopeless(until end: UInt64) -> Bool {
        let positions = positions(until: end)
        guard case .none = OrderSearch(model, beginning(positions, until: end), limit: limit).run() else {
            return false
        }
        return true
    }

    private func positions(until end: UInt64) -> [Int] {
        operations.indices.filter { operations[$0].invoked <= end }
    }

    /// The operations as they stood at `end`: what had not ended has no answer yet.
    private func beginning(_ positions: [Int], until end: UInt64) -> [TimedOperation<Model>] {
        positions.map { position in
            let operation = operations[position]
            guard operation.completed > end else { return operation }
            return TimedOperation(
                unanswered: operation.operation,
                invoked: operation.invoked,
                until: operation.completed
            )
        }
    }

    private func failure(until end: UInt64) -> LinearizabilityFailure {
        let positions = positions(until: end)
        let beginning = beginning(positions, until: end)
        var (longest, state): ([Int], Model.State) = ([], model.initial)
        if case .none(let order, let reached) = OrderSearch(model, beginning, limit: limit).run() {
            (longest, state) = (order.map { positions[$0] }, reached)
        }
        let stuck = zip(positions, beginning).filter { $1.answer != nil }.map(\.0).filter { !longest.contains($0) }
        let last =
            stuck.first { operations[$0].completed == end } ?? positions.first { operations[$0].completed == end }
        return LinearizabilityFailure(
            beginning: positions,
            last: last ?? 0,
            longest: longest,
            stuck: stuck,
            explanation: explanation(positions, last ?? 0, longest, stuck, "\(state)")
        )
    }

    private func explanation(
        _ beginning: [Int],
        _ last: Int,
        _ longest: [Int],
        _ stuck: [Int],
        _ state: String
    ) -> String {
        let order = longest.isEmpty ? "nothing" : longest.map { "#\($0)" }.joined(separator: ", ")
        let head = "No order explains the first \(beginning.count) operations since #\(last) was answered."
        let reach = "The longest order is \(order), and leads to \(state); then none of these fits:"
        return ([head, reach] + stuck.map { "  #\($0) \(operations[$0])" }).joined(separator: "\n")
    }
}
