/// Why a history has no order, shown on its shortest beginning without one; operations are named by their positions.
package struct LinearizabilityFailure: Sendable, Equatable {
    /// The operations that had begun when the shortest beginning without an order ends.
    package let beginning: [Int]
    /// The operation whose answer, as the last of the beginning, admits no order; without that answer there is one.
    package let last: Int
    /// As many of the beginning as could be put in order.
    package let longest: [Int]
    /// The answered operations of the beginning that were left, of which none can come next.
    package let stuck: [Int]
    /// The same in sentences, with the state that the longest order leads to.
    package let explanation: String
}

extension LinearizabilityFailure: CustomStringConvertible {
    /// The explanation.
    package var description: String { explanation }
}
