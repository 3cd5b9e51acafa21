/// How often a guard found something in calls of language models.
package struct GuardCount: Sendable, Equatable {
    /// The guard's name.
    package var name: String
    /// What was done: `mask`, `refuse` or `log`.
    package var mode: String
    /// Where: `requests` or `answers`.
    package var direction: String
    /// How often.
    package var count: UInt64

    /// A count.
    package init(name: String, mode: String, direction: String, count: UInt64) {
        self.name = name
        self.mode = mode
        self.direction = direction
        self.count = count
    }
}
