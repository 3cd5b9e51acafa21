import TestKit

/// How a random history is made; everything that chance decides follows from the seed.
struct HistoryPlan: Sendable {
    /// Where chance begins.
    var seed: UInt64
    /// Clients that work at the same time.
    var clients = 16
    /// Resources that they compete for.
    var resources = 4
    /// Writes of all clients together, conditional for the most part.
    var writes: Int
    /// The share of writes whose sender leaves before the answer.
    var disconnects = 0.0
    /// How often the configuration is loaded again, evenly over the run.
    var reloads = 0
    /// How long after an uncertain answer an application is still covered, in milliseconds.
    var settle: UInt64 = 300
    /// The same from the beginning of an operation whose sender left: turn, upstream and `settle`, in milliseconds.
    var patience: UInt64 = 6_000

    /// How long after the end of the run something may still be applied, in milliseconds.
    var straggling: UInt64 = 3_250
    /// Whether the upstream compares versions itself: it cannot be told to create only, and the gateway says nothing about
    /// outcomes.
    var upstreamCompares = false

    /// The plan with every write held to the promise, however late the upstream applies it.
    var exceptingNothing: Self {
        var plan = self
        (plan.settle, plan.patience, plan.straggling) = (1_000_000_000, 1_000_000_000, 2_000)
        return plan
    }

    /// The path of a resource.
    func path(of resource: Int) -> String { "/items/\(seed)-\(resource)" }
}
