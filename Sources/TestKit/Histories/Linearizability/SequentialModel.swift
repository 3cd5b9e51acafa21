/// What a service does when it is asked one thing at a time: the measure that concurrent histories are held to.
package protocol SequentialModel: Sendable {
    /// What the service remembers.
    associatedtype State: Hashable, Sendable
    /// What it is asked for.
    associatedtype Operation: Sendable
    /// What it says.
    associatedtype Answer: Sendable

    /// What it remembers at first.
    var initial: State { get }

    /// The states that `operation` may leave when it takes effect in `state` and is answered `answer`.
    ///
    /// None if that answer is impossible there. `answer` is `nil` where nobody knows it; then only the states of an
    /// operation that takes effect count, since one that does not is left out. The instant lies in `window`, in
    /// nanoseconds; every instant after it is later, and most models need not look.
    func states(
        after operation: Operation,
        answering answer: Answer?,
        in state: State,
        within window: ClosedRange<UInt64>
    ) -> [State]

    /// Whether `operation` with this answer leaves every state as it is, so that it only tells something.
    ///
    /// The search is right without it, and much faster with it.
    func onlyTells(_ operation: Operation, answering answer: Answer) -> Bool
}
