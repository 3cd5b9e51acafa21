import ConsoleBasics

/// Everything that the metrics are made of, at one moment.
struct Exposition {
    /// The gateway's counters.
    let snapshot: MetricsSnapshot
    /// What the kernel counts of this process.
    let process: ProcessUsage
    /// The version of the program.
    let version: String
}
