/// Looks for an order of operations that a model can have performed one at a time, and that time allows.
///
/// The search of Wing and Gong, with Lowe's memory of configurations (the operations placed, and the state) that led
/// nowhere. An answer that only tells something is placed as soon as it is true, as it can only get in the way later; but
/// not before an unanswered operation that would then come too late.
struct OrderSearch<Model: SequentialModel> {
    /// What came of it.
    enum Finding {
        /// An order of all answered operations.
        case order([Int])
        /// There is none; the longest part of one, and the state it leads to.
        case none(longest: [Int], state: Model.State)
        /// More configurations than were allowed.
        case givenUp
    }

    private struct Configuration: Hashable {
        var placed: UInt64
        var state: Model.State
    }

    private struct Step {
        let configuration: Configuration
        let order: [Int]
    }

    private let model: Model
    private let operations: [TimedOperation<Model>]
    private let limit: Int
    private let answered: UInt64

    /// A search over at most 64 operations that visits at most `limit` configurations.
    init(_ model: Model, _ operations: [TimedOperation<Model>], limit: Int) {
        (self.model, self.operations, self.limit) = (model, operations, limit)
        answered = operations.indices.reduce(0) { set, position in
            operations[position].answer == nil ? set : set | Self.bit(position)
        }
    }

    /// Searches.
    func run() -> Finding {
        guard operations.count <= UInt64.bitWidth else { return .givenUp }
        var steps = [Step(configuration: Configuration(placed: 0, state: model.initial), order: [])]
        var visited: Set<Configuration> = []
        var best: Step?
        while let step = steps.popLast() {
            let placed = step.configuration.placed
            guard placed & answered != answered else { return .order(step.order) }
            guard visited.insert(step.configuration).inserted else { continue }
            guard visited.count <= limit else { return .givenUp }
            if rank(step) > rank(best) { best = step }
            steps += next(after: step)
        }
        return .none(longest: best?.order ?? [], state: best?.configuration.state ?? model.initial)
    }

    private func rank(_ step: Step?) -> Int {
        step.map { ($0.configuration.placed & answered).nonzeroBitCount } ?? -1
    }

    /// The steps that may come next; the one that seems best last, since it is tried first.
    private func next(after step: Step) -> [Step] {
        let placed = step.configuration.placed
        let end = earliestEnd(without: placed)
        let begin = latestBeginning(in: placed)
        let firstEnd = operations.indices.reduce(end) { first, position in
            placed & Self.bit(position) == 0 ? min(first, operations[position].completed) : first
        }
        var steps: [Step] = []
        for position in operations.indices.reversed() where placed & Self.bit(position) == 0 {
            let operation = operations[position]
            let (earliest, latest) = (max(operation.invoked, begin), min(operation.completed, end))
            guard earliest <= latest else { continue }
            let states = model.states(
                after: operation.operation,
                answering: operation.answer,
                in: step.configuration.state,
                within: earliest...latest
            )
            let taken = states.map { take(position, to: $0, from: step) }
            if states == [step.configuration.state] {
                if operation.answer == nil { continue }  // It is of no use here, and may be later.
                if onlyTells(operation), operation.invoked <= firstEnd { return taken }
            }
            steps += taken
        }
        return steps
    }

    private func onlyTells(_ operation: TimedOperation<Model>) -> Bool {
        operation.answer.map { model.onlyTells(operation.operation, answering: $0) } ?? false
    }

    private func take(_ position: Int, to state: Model.State, from step: Step) -> Step {
        let placed = step.configuration.placed | Self.bit(position)
        return Step(configuration: Configuration(placed: placed, state: state), order: step.order + [position])
    }

    /// When the first answered operation that is not placed ends: what begins later cannot come before it.
    private func earliestEnd(without placed: UInt64) -> UInt64 {
        operations.indices.reduce(.max) { end, position in
            answered & ~placed & Self.bit(position) == 0 ? end : min(end, operations[position].completed)
        }
    }

    /// When the last placed operation began: what ended before cannot come after it.
    private func latestBeginning(in placed: UInt64) -> UInt64 {
        operations.indices.reduce(0) { begin, position in
            placed & Self.bit(position) == 0 ? begin : max(begin, operations[position].invoked)
        }
    }

    private static func bit(_ position: Int) -> UInt64 { 1 << UInt64(position) }
}
